package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.tacit.breeze.QuasiNewton;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.ProximalMap;
import org.tacit.pass.NotANumberException;

/**
 * g = sum_j a_j |x_j| + b_j / 2 x_j^2, a lasso or an elastic net, read off its proximal map
 *
 * <pre>
 *   prox_{step g}(x)_j = sign(x_j) max(|x_j| - step a_j, 0) / (1 + step b_j)
 * </pre>
 *
 * at points just beyond its thresholds. Held against the map at seeded random points of both signs
 * and on both sides of each threshold, with two steps.
 *
 * @param weights a, n x 1, >= 0
 * @param squares b, n x 1, >= 0
 */
record AbsolutePenalty(Matrix weights, Matrix squares) {
  private static final double FARTHEST = 1e150;

  /** Weights below are zero. */
  private static final double NEAREST = 1e-30;

  private static final double APART = 8;
  private static final double ROUNDING = 1e-11;

  /** The penalty of a problem. No pass. */
  static AbsolutePenalty of(String method, CompositeProblem problem) {
    return known(problem).orElseThrow(() -> unknown(method));
  }

  /** The penalty of a problem, where it is one. No pass. */
  static Optional<AbsolutePenalty> known(CompositeProblem problem) {
    // No soft thresholding overflows.
    return NotANumberException.orNothing(
        () -> Optional.of(read(problem)).filter(penalty -> penalty.holdsFor(problem)));
  }

  private static IllegalArgumentException unknown(String method) {
    return new IllegalArgumentException(
        "Invalid proximal map for "
            + method
            + ": no soft thresholding (must be that of a lasso or an elastic net; proximal newton"
            + " takes any)");
  }

  private static AbsolutePenalty read(CompositeProblem problem) {
    Matrix point = beyondThresholds(problem);
    Matrix there = problem.prox(point, 1);
    Matrix slope =
        problem
            .prox(point.times(2), 1)
            .minus(there)
            .with(point, (change, p) -> change / p)
            .map(m -> m > 0 && m < 1 - ROUNDING ? m : 1);
    Matrix kept = there.with(slope, (v, m) -> v / m);
    return new AbsolutePenalty(
        point.minus(kept).with(point, (a, p) -> a > ROUNDING * p ? a : 0),
        slope.map(m -> 1 / m - 1));
  }

  /** Points p > 0 that the map does not make zero, while it does p / 8. */
  private static Matrix beyondThresholds(CompositeProblem problem) {
    Matrix point = Matrix.filled(problem.size(), 1, 1);
    Matrix next = moved(problem, point, 1);
    while (!next.equals(point)) {
      point = next;
      next = moved(problem, point, 1);
    }
    next = moved(problem, point, 1 / APART);
    while (!next.equals(point)) {
      point = next;
      next = moved(problem, point, 1 / APART);
    }
    return point;
  }

  /** Outwards where the map is zero at the point; inwards where it is not at that part of it. */
  private static Matrix moved(CompositeProblem problem, Matrix point, double part) {
    Matrix there = problem.prox(point.times(part), 1);
    return part < 1
        ? point.with(there, (p, v) -> v != 0 && p > NEAREST ? p / APART : p)
        : point.with(there, (p, v) -> v == 0 && p < FARTHEST ? p * APART : p);
  }

  private boolean holdsFor(CompositeProblem problem) {
    Random random = new Random(29);
    int n = weights.rows();
    for (double spread : new double[] {1e-3, 1, 1e3}) {
      for (double step : new double[] {0.5, 3}) {
        Matrix moves = Matrix.adopting(n, 1, random.doubles(n, -2, 2).toArray());
        Matrix point = moves.with(weights, (m, a) -> m * (step * a + (a == 0 ? spread : 0)));
        point = spread == 1 ? point : point.plus(spread, moves);
        Matrix missed = problem.prox(point, step).minus(proximal(point, step));
        if (!(missed.maxAbs() <= ROUNDING * Math.max(point.maxAbs(), weights.maxAbs()))) {
          return false;
        }
      }
    }
    return true;
  }

  /** That of the members of a set. */
  AbsolutePenalty on(WorkingSet set) {
    return new AbsolutePenalty(set.restrict(weights), set.restrict(squares));
  }

  /** g. */
  double value(Matrix x) {
    Matrix squared = x.with(x, (v, w) -> v * w);
    return weights.dot(x.map(Math::abs)) + 0.5 * squares.dot(squared);
  }

  /** Of one element. */
  double proximal(int i, double x, double step) {
    double kept = Math.max(0, Math.abs(x) - step * weights.at(i));
    return Math.signum(x) * kept / (1 + step * squares.at(i));
  }

  Matrix proximal(Matrix point, double step) {
    return point
        .with(weights, (x, a) -> Math.signum(x) * Math.max(0, Math.abs(x) - step * a))
        .with(squares, (x, b) -> x / (1 + step * b));
  }

  /** OWL-QN steps, with {@code memory} pairs of steps or as many as usual. */
  SemismoothPolish.FirstOrder descent(OptionalInt memory) {
    return (problem, iterates, enough, atMost) -> {
      Matrix x = iterates.x();
      SmoothPart smooth = new SmoothPart(problem.problem(), iterates, squares);
      return smooth.follow(
          QuasiNewton.orthantwise(smooth, new QuasiNewton.Start(x, memory), weights),
          enough,
          atMost);
    };
  }

  /** The proximal map of an {@link AbsolutePenalty} in closed form. */
  record SoftThresholding(AbsolutePenalty penalty, Structure curvature) implements ProximalMap {
    @Override
    public int size() {
      return penalty.weights().rows();
    }

    @Override
    public Matrix prox(Matrix point, double step) {
      return penalty.proximal(point, step);
    }

    @Override
    public Matrix proxAlong(Matrix point, double step, Matrix directions) {
      Matrix slopes =
          point
              .with(penalty.weights(), (x, a) -> Math.abs(x) > step * a ? 1 : 0)
              .with(penalty.squares(), (moves, b) -> moves * (1 / (1 + step * b)));
      return Matrix.tabulate(
          directions.rows(), directions.cols(), (i, j) -> directions.at(i, j) * slopes.at(i));
    }

    @Override
    public List<Integer> blocks() {
      return Collections.nCopies(size(), 1);
    }
  }
}
