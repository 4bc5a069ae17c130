/**
 * Proximal maps of penalties, differentiable in the point, the step and the penalty's parameters,
 * one file a penalty.
 */
package org.tacit.prox;
