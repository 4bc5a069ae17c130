/**
 * The primitives, one file each with its one derivative rule, and {@link org.tacit.primitive.Var},
 * the algebra that users and derivative rules are written in.
 */
package org.tacit.primitive;
