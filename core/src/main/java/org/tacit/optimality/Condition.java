package org.tacit.optimality;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * An optimality condition F(x, theta) = 0, written once as a program on whole tables. Everything
 * else, that is the products with A = d1F and B = d2F that implicit differentiation needs, is
 * derived from it.
 *
 * <p>Sign: A dx + B dtheta = 0, everywhere. Source: Blondel et al., arXiv 2105.15183, section 2.1.
 */
public interface Condition {
  /** The length of x. */
  int unknowns();

  /** Where solvers start unless told: zero, or an inner point of a domain that zero is not in. */
  default Matrix start() {
    return Matrix.zeros(unknowns(), 1);
  }

  /** The length of theta. */
  int parameters();

  /** How theta is a structure of named values; a plain vector unless said. */
  default Parameters<?> layout() {
    return Parameters.vector(parameters());
  }

  /** F, unknowns x 1, in terms of {@link #x} and {@link #theta}. */
  Var residual();

  /** The objective that F is the gradient of in x, where it is one. */
  default Optional<Var> objective() {
    return Optional.empty();
  }

  /** The parts of the objective, where the condition is a proximal-gradient fixed point. */
  default Optional<Composite> composite() {
    return Optional.empty();
  }

  /**
   * J'J v, n x 1, for a symbol v, where the objective is 1/2 |r|^2 and J the Jacobian of r; with
   * weights where it is one of {@link LeastSquares} under robust losses.
   */
  default Optional<Var> gaussNewton(Var v) {
    return Optional.empty();
  }

  /**
   * max(lam_i, -G_i) of each inequality, where the condition has inequalities whose multipliers it
   * knows: zero where the solution map has a kink.
   */
  default Optional<Var> complementarity() {
    return Optional.empty();
  }

  /** The parts of the fixed point, where the condition is one of mirror descent. */
  default Optional<Mirror> mirror() {
    return Optional.empty();
  }

  /** How the unknowns are divided, where the condition is that of KKT. */
  default Optional<Constraints> constraints() {
    return Optional.empty();
  }

  /** What is promised of A near the solution; nothing unless said. */
  default Structure structure() {
    return Structure.GENERAL;
  }

  /** The symbol for the unknowns in {@link #residual}. */
  default Var x() {
    return Var.input("x", Shape.of(unknowns(), 1));
  }

  /** The symbol for the parameters in {@link #residual}. */
  default Var theta() {
    return Var.input("theta", Shape.of(parameters(), 1));
  }

  /** F at other values of a larger program. */
  default Var residual(Var xValue, Var thetaValue) {
    return Substitution.in(residual(), Map.of(x(), xValue, theta(), thetaValue));
  }

  /**
   * This condition in other parameters, of which theta is a program: B becomes B dg, and A stays.
   * So a problem in a user's units is solved in a standard form. Source: arXiv 2105.15183, section
   * 2.1, "pre-processing".
   */
  default <T> Condition reparametrised(Parameters<T> parameters, Function<T, Var> g) {
    Var symbol = Var.input("theta", Shape.of(parameters.size(), 1));
    return Reparametrised.of(this, parameters, g.apply(parameters.unpack(symbol)));
  }
}
