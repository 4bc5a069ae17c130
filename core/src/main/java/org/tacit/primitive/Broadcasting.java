package org.tacit.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/**
 * What all elementwise primitives share: stretched inputs, and when instances may be evaluated side
 * by side.
 */
final class Broadcasting {
  private Broadcasting() {}

  /** The value that {@code x} stretches, when x is a {@link Broadcast}. */
  static Optional<Var> source(Var x) {
    return x.node().operation() instanceof Broadcast
        ? Optional.of(Var.of(x.node().inputs().get(0)))
        : Optional.empty();
  }

  /**
   * The primitive on what its inputs stretch, since elementwise primitives stretch by themselves;
   * stretched afterwards when no input has the full shape any more.
   */
  static Optional<Var> unstretched(Differentiable primitive, List<Var> inputs) {
    if (inputs.stream().noneMatch(x -> source(x).isPresent())) {
      return Optional.empty();
    }
    Shape full = primitive.shape(inputs.stream().map(Var::shape).toList());
    List<Var> sources = new ArrayList<>();
    inputs.forEach(x -> sources.add(source(x).orElse(x)));
    return Optional.of(Var.apply(primitive, sources).broadcastTo(full));
  }

  /** What a term of an input is in the output that the input stretches to. */
  static Optional<DiagonalTerm> stretched(DiagonalTerm term, Shape input, Shape output) {
    return input.equals(output) ? Optional.of(term) : term.stretched(output);
  }

  /**
   * Whether groups of columns line up: grouped inputs as wide as the output, shared ones a single
   * column.
   */
  static boolean widens(Shape output, List<Shape> inputs, boolean[] grouped) {
    for (int i = 0; i < grouped.length; i++) {
      int needed = grouped[i] ? output.width() : 1;
      if (inputs.get(i).width() != needed) {
        return false;
      }
    }
    return true;
  }
}
