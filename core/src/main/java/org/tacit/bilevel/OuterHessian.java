package org.tacit.bilevel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The second derivatives of theta -> L(x*(theta), theta).
 *
 * <p>With the adjoint u held fixed, l(x, theta) = L + u'F has the value of L wherever F = 0, and d1
 * l = 0 at the solution. So the second derivative of x* drops out:
 *
 * <pre>
 *   H = (J; I)' d2l (J; I),    J = dx*, n x q
 * </pre>
 *
 * <p>Cost: J, that is one product with B and q linear systems that share their passes, and one pass
 * over each table that L and F read, for all q directions together. Source: Nocedal and Wright,
 * Numerical Optimization, section 12.5, the reduced Hessian.
 */
record OuterHessian(Program products) {
  private static final String ADJOINT = "adjoint";
  private static final String ALONG_X = "direction of x";
  private static final String ALONG_THETA = "direction of theta";

  /**
   * What there is at a point.
   *
   * @param hessian H, q x q, symmetric
   * @param jacobian J, n x q
   */
  record Value(Matrix hessian, Matrix jacobian) {
    private boolean isFinite() {
      return hessian.isFinite() && jacobian.isFinite();
    }
  }

  static OuterHessian of(Condition condition, Var objective) {
    Var x = condition.x();
    Var theta = condition.theta();
    Var u = Var.input(ADJOINT, condition.residual().shape());
    Var lagrangian = objective.plus(u.dot(condition.residual()));
    List<Var> gradient = Vjp.gradient(lagrangian, List.of(x, theta));
    Map<Var, Var> along = new LinkedHashMap<>();
    along.put(x, Var.input(ALONG_X, x.shape()));
    along.put(theta, Var.input(ALONG_THETA, theta.shape()));
    List<Var> changes = Jvp.of(gradient, along);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("x", changes.get(0).node());
    outputs.put("theta", changes.get(1).node());
    return new OuterHessian(Program.of(outputs));
  }

  /** At a solution with its adjoint; empty where it is not finite. */
  Optional<Value> at(ImplicitSolution solution, Matrix adjoint) {
    Matrix identity = Matrix.identity(solution.theta().rows());
    Derivative dx = solution.jvp(identity);
    Matrix jacobian = dx.value();
    Map<String, Matrix> moved =
        solution
            .passes()
            .in("outer Hessian")
            .columns(
                products,
                Map.of("x", solution.x(), "theta", solution.theta(), ADJOINT, adjoint),
                Map.of(ALONG_X, jacobian, ALONG_THETA, identity));
    Matrix h = jacobian.transpose().times(moved.get("x")).plus(moved.get("theta"));
    return Optional.of(new Value(h.plus(h.transpose()).times(0.5), jacobian))
        .filter(Value::isFinite);
  }
}
