/**
 * Straight-line programs on matrices: nodes, shapes with placement, and the interface a primitive
 * implements.
 */
package org.tacit.program;
