package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.program.Primitive;
import org.tacit.program.Shape;

/**
 * A primitive with a derivative rule. A smooth one writes its jvp; a linear one writes its
 * transpose instead, and its jvp follows ({@link Linear}, {@link Bilinear}). Nothing else about
 * derivatives is written anywhere.
 */
public interface Differentiable extends Primitive {
  /**
   * The tangent of {@code output} = this({@code inputs}) along {@code tangents}, one for each input
   * and of its shape. The result is linear in the tangents and written with primitives that are
   * {@link Transposable} in them. A tangent may be a symbolic zero ({@link Var#isZero}); products
   * with it vanish by themselves.
   */
  Var jvp(List<Var> inputs, Var output, List<Var> tangents);

  /**
   * A number that may stand for elements of input {@code i} that nobody asks for: value and
   * derivatives are numbers there. Empty where they are at every number but by overflow.
   */
  default OptionalDouble safe(int i) {
    return OptionalDouble.empty();
  }

  /** A simpler equal of this primitive applied to {@code inputs}, when there is one. */
  default Optional<Var> simplify(List<Var> inputs) {
    return Optional.empty();
  }

  /** A zero, when these inputs make the output one whatever the rest is. */
  default Optional<Var> simplifyZero(List<Var> inputs) {
    return Optional.empty();
  }

  /** A zero of the shape that these inputs give. */
  default Var zero(List<Var> inputs) {
    return Var.zero(shapeOf(inputs));
  }

  /** The shape of this on these inputs. */
  default Shape shapeOf(List<Var> inputs) {
    return shape(inputs.stream().map(Var::shape).toList());
  }
}
