package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A primitive that works element by element; an axis of length 1 stretches to the length of the
 * others'.
 */
interface Elementwise extends Differentiable, Kernel {
  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.stream().reduce(Shape::broadcast).orElseThrow();
  }

  /** The value that {@code x} stretches, when x is a {@link Broadcast}. */
  static Optional<Var> source(Var x) {
    return x.node().operation() instanceof Broadcast
        ? Optional.of(Var.of(x.node().inputs().get(0)))
        : Optional.empty();
  }

  /**
   * The primitive on what its inputs stretch, since it stretches by itself; stretched afterwards
   * when no input has the full shape any more.
   */
  @Override
  default Optional<Var> simplify(List<Var> inputs) {
    if (inputs.stream().noneMatch(x -> source(x).isPresent())) {
      return Optional.empty();
    }
    List<Var> sources = inputs.stream().map(x -> source(x).orElse(x)).toList();
    return Optional.of(Var.apply(this, sources).broadcastTo(shapeOf(inputs)));
  }

  /** What a term of an input is in the output that the input stretches to. */
  static Optional<DiagonalTerm> stretched(DiagonalTerm term, Shape input, Shape output) {
    return input.equals(output) ? Optional.of(term) : term.stretched(output);
  }

  /**
   * Whether groups of columns line up: grouped inputs as wide as the output, shared ones a single
   * column.
   */
  @Override
  default boolean widens(List<Shape> inputs, boolean[] grouped) {
    int width = shape(inputs).width();
    return IntStream.range(0, grouped.length)
        .allMatch(i -> inputs.get(i).width() == (grouped[i] ? width : 1));
  }
}
