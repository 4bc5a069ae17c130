package org.tacit.primitive;

import java.util.List;

/** A primitive that is linear in some of its inputs, and can be turned round in each of them. */
public interface Transposable extends Differentiable {
  /** Whether the output is linear in input {@code i} when the others are held fixed. */
  boolean linearIn(int i);

  /**
   * The transpose in input {@code i}: the cotangent of that input, of its shape, for a cotangent of
   * the output. Called only where {@link #linearIn} holds.
   */
  Var transpose(int i, List<Var> inputs, Var cotangent);
}
