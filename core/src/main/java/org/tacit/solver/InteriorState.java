package org.tacit.solver;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * A point of {@link InteriorPoint}: x = [z; nu; lam] with lam > 0, slacks s > 0, and F(x), whose
 * last part divided by lam is G.
 */
record InteriorState(Matrix x, Matrix slacks, Problem.Evaluated evaluated) {
  /** A direction in x, with its part in lam, and in s. */
  record Direction(Matrix x, Matrix multipliers, Matrix slacks) {}

  /** A point with s_i = slack(G_i). */
  static InteriorState withSlacks(
      Matrix x, Problem.Evaluated evaluated, int inequalities, DoubleUnaryOperator slack) {
    InteriorState unset = new InteriorState(x, Matrix.zeros(inequalities, 1), evaluated);
    return new InteriorState(x, unset.g().map(slack), evaluated);
  }

  Matrix residual() {
    return evaluated.residual();
  }

  int inequalities() {
    return slacks.rows();
  }

  /** The number of unknowns that are not in lam. */
  int free() {
    return x.rows() - slacks.rows();
  }

  Matrix multipliers() {
    return last(x);
  }

  /** G, from lam o G. */
  Matrix g() {
    return last(residual()).with(multipliers(), (product, lam) -> product / lam);
  }

  /** The last elements of a vector, one for each inequality. */
  Matrix last(Matrix vector) {
    return vector.rows(free(), x.rows());
  }

  /** lam o s. */
  Matrix products() {
    return multipliers().with(slacks, (lam, s) -> lam * s);
  }

  /** The mean of lam_i s_i. */
  double mu() {
    return inequalities() == 0 ? 0 : multipliers().dot(slacks) / inequalities();
  }

  double muAfter(Direction direction, double length) {
    Matrix lam = multipliers().plus(length, direction.multipliers());
    return lam.dot(slacks.plus(length, direction.slacks())) / inequalities();
  }

  double largestG() {
    return Arrays.stream(g().toArray()).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /** How far this is from a solution: |F|, or the largest G where that is more. */
  double violation() {
    return Math.max(residual().norm(), largestG());
  }

  /** The norm of [grad L; H; G + s; lam o s - target]. */
  double merit(double target) {
    double smooth = residual().rows(0, free()).norm();
    double centring = products().map(product -> product - target).norm();
    return Math.hypot(Math.hypot(smooth, g().plus(slacks).norm()), centring);
  }

  /** The longest step that keeps lam and s at least 0; infinite where every one does. */
  double largestStep(Direction direction) {
    return Math.min(
        longest(multipliers(), direction.multipliers()), longest(slacks, direction.slacks()));
  }

  private static double longest(Matrix from, Matrix along) {
    return IntStream.range(0, from.rows())
        .filter(i -> along.at(i) < 0)
        .mapToDouble(i -> -from.at(i) / along.at(i))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
