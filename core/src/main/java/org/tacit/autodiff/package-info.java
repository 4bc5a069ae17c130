/**
 * Derivatives of programs as programs: jvp, transpose, gradient, and the split of a program by what
 * varies.
 */
package org.tacit.autodiff;
