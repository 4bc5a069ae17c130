/**
 * Methods for A x = b and A' x = b, one file each: prepare once, solve for several right-hand sides
 * at once; and preconditioners, one file each. Methods know A by its products, and vectors by inner
 * products and linear combinations.
 */
package org.tacit.linsolve;
