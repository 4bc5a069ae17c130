package org.tacit.loss;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;

/**
 * The value of a maximum, max_p f(p, theta), from its maximiser p(theta), differentiated as it is
 * known to be: d max = d2 f(p, theta), as if p did not move. The second derivative moves p again,
 * so that derivatives of every order are those of the maximum. Inputs: f at the held maximiser, the
 * held maximiser, the maximiser. Source: Danskin, The theory of max-min, 1967.
 */
record Envelope() implements Differentiable, Kernel {
  /**
   * f at {@code maximiser}; parameters that f holds as values of the program are differentiated
   * too.
   */
  static Var of(Var maximiser, UnaryOperator<Var> f) {
    Var held = maximiser.held();
    return Var.apply(new Envelope(), List.of(f.apply(held), held, maximiser));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return Substitution.in(tangents.get(0), Map.of(inputs.get(1), inputs.get(2)));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
  }
}
