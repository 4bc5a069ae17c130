package org.tacit.primitive;

/** A primitive that evaluates a program of its own, whose kinks are not seen from outside. */
public interface Nested extends Differentiable {
  /** Whether that program has kinks. */
  boolean hasKinks();
}
