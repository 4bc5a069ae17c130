/**
 * The primitives, one file each with its one derivative rule, and the algebra that users and
 * derivative rules are written in.
 *
 * <ul>
 *   <li>{@link org.tacit.primitive.Var}: a value of a program; {@link org.tacit.primitive.Side}:
 *       the side that slices, pads and concatenations work along.
 *   <li>{@link org.tacit.primitive.Rows}: a table as a program sees it; {@link
 *       org.tacit.primitive.Parameters}: a flat vector as a structure of named values.
 *   <li>For a primitive of one's own: {@link org.tacit.primitive.Differentiable}, and of the linear
 *       ones {@link org.tacit.primitive.Transposable}, {@link org.tacit.primitive.Linear}, {@link
 *       org.tacit.primitive.Bilinear}, with {@link org.tacit.primitive.DiagonalTerm} for an exact
 *       diagonal; with kinks {@link org.tacit.primitive.Kinked}, {@link
 *       org.tacit.primitive.LocallyConstant}, {@link org.tacit.primitive.Steady}, and the {@link
 *       org.tacit.primitive.Kinked.Margins} they write.
 *   <li>{@link org.tacit.primitive.Form}: what a value was written as, for rewritings; {@link
 *       org.tacit.primitive.Signs}: the same value with its signs where they cost least; {@link
 *       org.tacit.primitive.Masked}: a product with a mask.
 *   <li>{@link org.tacit.primitive.InvalidKeyException}: a key that is no row of what it looks up.
 * </ul>
 */
package org.tacit.primitive;
