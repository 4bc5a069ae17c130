package org.tacit.implicit;

import org.tacit.primitive.Differentiable;

/** A primitive that evaluates a program of its own, whose kinks are not seen from outside. */
interface Nested extends Differentiable {
  /** Whether that program has kinks. */
  boolean hasKinks();
}
