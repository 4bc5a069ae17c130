package org.tacit.optimality;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;

/**
 * A condition at one theta on bound tables, as an inner solver sees it: F(x) = 0 in x alone, x
 * being size x 1.
 */
public interface Problem {
  /** The number of unknowns. */
  int size();

  /** The residual F(x), and the objective where F is the gradient of one. One pass. */
  Evaluated evaluate(Matrix x);

  /** The same at several points: one pass on tables, one point after the other elsewhere. */
  default List<Evaluated> evaluateAll(List<Matrix> points) {
    return points.stream().map(this::evaluate).toList();
  }

  /**
   * The Jacobian dF at x. One pass to prepare at most, then one for each product; closed after use.
   */
  ClosableOperator jacobian(Matrix x);

  /**
   * The Jacobian dF at x with all its elements, where one pass computes them; empty otherwise. Its
   * arithmetic is that of as many products as there are unknowns.
   */
  default Optional<DenseOperator> wholeJacobian(Matrix x) {
    return Optional.empty();
  }

  /**
   * Whether F is known to be affine in x, as the gradient of a quadratic objective is: one exact
   * Newton step solves it.
   */
  default boolean isAffine() {
    return false;
  }

  /** Whether the driver holds its Jacobians: products with them take no passes. */
  default boolean isHeld() {
    return false;
  }

  /** What products with its Jacobian cost, the composite's those with its Hessian. */
  default Cost cost() {
    return Cost.ofFunction(size());
  }

  /**
   * The problem on batches of the rows. Where the objective is a mean over rows plus terms without
   * rows, theirs are its objective on average, but for unequal batches. This problem alone where
   * rows cannot be divided.
   */
  default List<Problem> batches(int count, long seed) {
    return List.of(this);
  }

  /** What it is besides an equation; nothing unless said. */
  default Kind kind() {
    return new Equation();
  }

  /** The same, where it is of this kind. */
  default <K extends Kind> Optional<K> as(Class<K> kind) {
    return Optional.of(kind()).filter(kind::isInstance).map(kind::cast);
  }

  /** What a problem is besides an equation: methods are chosen by it. */
  sealed interface Kind permits Equation, Squares, CompositeProblem, MirrorProblem, Constraints {}

  /**
   * How the unknowns [z; nu; lam] of KKT equations are divided.
   *
   * @param equalities the length of nu
   * @param inequalities the length of lam
   * @param isQuadratic whether the objective is known to be quadratic and the constraints affine in
   *     z
   */
  record Constraints(int equalities, int inequalities, boolean isQuadratic) implements Kind {
    public Constraints {
      if (equalities < 0 || inequalities < 0) {
        throw new IllegalArgumentException(
            "Invalid constraints: %s equalities, %s inequalities (must be >= 0)"
                .formatted(equalities, inequalities));
      }
    }
  }

  /** F is any, or the gradient of an objective, which evaluations tell. */
  record Equation() implements Kind {}

  /**
   * The objective is 1/2 |r|^2.
   *
   * @param products J'J at x, symmetric, J being the Jacobian of r; costs what {@link #jacobian}
   *     does
   */
  record Squares(Function<Matrix, ClosableOperator> products) implements Kind {}

  /** What is known at a point; {@code value} is empty where F is not a gradient. */
  record Evaluated(OptionalDouble value, Matrix residual) {}

  /**
   * What is known at x of a problem with a smooth objective f and more than that.
   *
   * @param smooth f(x)
   * @param gradient grad f(x)
   * @param residual F(x)
   * @param step the condition's eta, the smallest where blocks have their own
   */
  record Point(Matrix x, double smooth, Matrix gradient, Matrix residual, double step) {
    /** A map may make a number of an infinite gradient: the residual is none there. */
    public Point {
      boolean isFinite = Double.isFinite(smooth) && gradient.isFinite();
      residual = isFinite ? residual : residual.map(v -> Double.NaN);
    }

    Evaluated evaluated() {
      return new Evaluated(OptionalDouble.empty(), residual);
    }
  }
}
