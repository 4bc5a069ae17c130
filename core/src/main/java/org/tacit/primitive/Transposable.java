package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.program.Shape;

/** A primitive that is linear in some of its inputs, and can be turned round in each of them. */
public interface Transposable extends Differentiable {
  /** Whether the output is linear in input {@code i} when the others are held fixed. */
  default boolean linearIn(int i) {
    return true;
  }

  /**
   * The transpose in input {@code i}: the cotangent of that input, of its shape, for a cotangent of
   * the output. Called only where {@link #linearIn} holds.
   */
  Var transpose(int i, List<Var> inputs, Var cotangent);

  /** A linear map of zeros is zero. */
  @Override
  default Optional<Var> simplifyZero(List<Var> inputs) {
    return IntStream.range(0, inputs.size()).allMatch(i -> !linearIn(i) || inputs.get(i).isZero())
        ? Optional.of(zero(inputs))
        : Optional.empty();
  }

  /**
   * What a term of input {@code i} is in the output, for the diagonal of a linear program of which
   * this is a part; empty where that is not known, and the diagonal is then estimated.
   */
  default Optional<DiagonalTerm> diagonal(
      int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return Optional.empty();
  }
}
