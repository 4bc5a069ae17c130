/**
 * Derivatives of programs as programs.
 *
 * <ul>
 *   <li>{@link org.tacit.autodiff.Jvp}, {@link org.tacit.autodiff.Vjp}: forward and reverse; {@link
 *       org.tacit.autodiff.Transposed}: a linear program turned round.
 *   <li>{@link org.tacit.autodiff.Substitution}: a program with values replaced; {@link
 *       org.tacit.autodiff.Restriction}: on a part of the rows.
 * </ul>
 */
package org.tacit.autodiff;
