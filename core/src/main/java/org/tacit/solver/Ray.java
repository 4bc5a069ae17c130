package org.tacit.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * The objective f along a direction d from a point x, with its slope there: phi(t) = f(x + t d),
 * phi'(t) = grad f(x + t d)'d. A trial is one pass, and so are several at once.
 *
 * @param reference what values are compared with: phi(0), or more where a search may climb
 * @param slope phi'(0), negative on a direction of descent
 */
record Ray(Iterates iterates, Matrix direction, double reference, double slope) {
  /** Values that differ by this part are equal but for the rounding of sums. */
  private static final double LEVEL = 1e-10;

  private static final double ROUNDING = 1e-13;

  Ray(Iterates iterates, Matrix direction, double reference) {
    this(iterates, direction, reference, iterates.here().residual().dot(direction));
  }

  /** A point of the ray. */
  record Trial(double t, Matrix x, Problem.Evaluated there, double value, double slope) {}

  /** A trial; empty where the objective is not finite, or no pass is left. */
  Optional<Trial> at(double t) {
    return at(new double[] {t}).get(0);
  }

  /** Several trials in one pass. */
  List<Optional<Trial>> at(double... lengths) {
    List<Matrix> points =
        Arrays.stream(lengths).mapToObj(t -> iterates.x().plus(t, direction)).toList();
    List<Optional<Problem.Evaluated>> there = iterates.evaluateAll(points);
    return IntStream.range(0, lengths.length)
        .mapToObj(k -> there.get(k).map(e -> trial(lengths[k], points.get(k), e)))
        .toList();
  }

  private Trial trial(double t, Matrix x, Problem.Evaluated there) {
    return new Trial(t, x, there, there.value().orElseThrow(), there.residual().dot(direction));
  }

  /**
   * Sufficient decrease, phi(t) &lt;= reference + delta t phi'(0); or, where values are equal but
   * for rounding, what it means for a quadratic: phi'(t) &lt;= (2 delta - 1) phi'(0). Source: Hager
   * and Zhang 2005, (4.1).
   */
  boolean isDescent(Trial trial, double delta) {
    boolean isLower = trial.value() <= reference + delta * trial.t() * slope;
    boolean isLevel =
        isNotHigher(trial) && reference - trial.value() <= LEVEL * Math.abs(reference);
    return isLower || (isLevel && trial.slope() <= (2 * delta - 1) * slope);
  }

  /** Whether a trial's value is the reference's or less, but for rounding. */
  boolean isNotHigher(Trial trial) {
    return trial.value() <= reference + ROUNDING * Math.abs(reference);
  }
}
