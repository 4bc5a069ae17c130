package org.tacit.optimality;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** A condition as it is written: F in the symbols x and theta, and what is known of it. */
record Written(Matrix start, Parameters<?> layout, Structure structure, Var residual, Kind kind)
    implements Condition {
  Written {
    if (!residual.shape().equals(Shape.of(start.rows(), 1))) {
      throw new IllegalArgumentException(
          "Invalid condition: F is %s (must be %s x 1, one equation for each unknown)"
              .formatted(residual.shape(), start.rows()));
    }
  }

  /** Of n unknowns from zero on, and q parameters; nothing is promised of A. */
  Written(int n, int q, Var residual, Kind kind) {
    this(Matrix.zeros(n, 1), Parameters.vector(q), Structure.GENERAL, residual, kind);
  }

  static Var x(int n) {
    return Var.input("x", Shape.of(n, 1));
  }

  static Var theta(int q) {
    return Var.input("theta", Shape.of(q, 1));
  }

  /** What a user's program is in the symbols. */
  static <X, T, Y> Y of(Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Y> program) {
    return program.apply(x.unpack(x(x.size())), theta.unpack(theta(theta.size())));
  }

  /** {@code condition} at {@code theta}, a program of an input "theta" of this layout. */
  static Condition reparametrised(Condition condition, Parameters<?> layout, Var theta) {
    if (!theta.shape().equals(condition.theta().shape())) {
      throw new IllegalArgumentException(
          "Invalid parameter map: it gives %s (must be %s)"
              .formatted(theta.shape(), condition.theta().shape()));
    }
    return new Written(
        condition.start(),
        layout,
        condition.structure(),
        Substitution.in(condition.residual(), Map.of(condition.theta(), theta)),
        condition.kind().at(condition.theta(), theta));
  }

  /**
   * {@code condition} on programs written another way, with automatic steps of what they are then.
   */
  static Condition rewritten(Condition condition, UnaryOperator<Var> how) {
    Map<Var, Var> steps = new HashMap<>();
    for (Node node : Program.ancestors(List.of(condition.residual().node()))) {
      if (node.operation() instanceof AutomaticStep) {
        Var gradient = how.apply(condition.kind().descended().orElseThrow());
        steps.put(Var.of(node), AutomaticStep.of(gradient, condition.x(), condition.theta()));
      }
    }
    UnaryOperator<Var> all = value -> how.apply(Substitution.in(value, steps));
    return new Written(
        condition.start(),
        condition.layout(),
        condition.structure(),
        all.apply(condition.residual()),
        condition.kind().rewritten(all));
  }

  @Override
  public int unknowns() {
    return start.rows();
  }
}
