/**
 * Methods for A x = b and A' x = b, one file each: prepare once, solve for several right-hand sides
 * at once.
 */
package org.tacit.linsolve;
