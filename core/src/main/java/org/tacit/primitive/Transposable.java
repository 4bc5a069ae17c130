package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/** A primitive that is linear in some of its inputs, and can be turned round in each of them. */
public interface Transposable extends Differentiable {
  /** Whether the output is linear in input {@code i} when the others are held fixed. */
  boolean linearIn(int i);

  /**
   * The transpose in input {@code i}: the cotangent of that input, of its shape, for a cotangent of
   * the output. Called only where {@link #linearIn} holds.
   */
  Var transpose(int i, List<Var> inputs, Var cotangent);

  /**
   * What a term of input {@code i} is in the output, for the diagonal of a linear program of which
   * this is a part; empty where that is not known, and the diagonal is then estimated.
   */
  default Optional<DiagonalTerm> diagonal(
      int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return Optional.empty();
  }
}
