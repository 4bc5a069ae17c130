/**
 * Linear operators known by their products, the structure they promise, and the Jacobians of
 * programs as operators.
 */
package org.tacit.operator;
