package org.tacit.solver;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * The objective of a problem whose F is not its gradient: f of mirror descent, and f + g of a
 * composite problem where g can be read off its proximal map, as an {@link AbsolutePenalty}, or as
 * the indicator of a set, whose map is one projection for every step.
 */
interface Objective {
  /** At a point that was evaluated just before, and so takes no pass. */
  OptionalDouble at(Matrix x);

  /** That of a problem; none where it is not known. No pass. */
  static Objective of(Problem problem) {
    Optional<MirrorProblem> mirror = problem.as(MirrorProblem.class);
    Optional<CompositeProblem> composite = problem.as(CompositeProblem.class);
    return mirror
        .<Objective>map(parts -> x -> OptionalDouble.of(parts.at(x).smooth()))
        .or(() -> composite.map(Objective::of))
        .orElse(x -> OptionalDouble.empty());
  }

  private static Objective of(CompositeProblem problem) {
    Optional<AbsolutePenalty> penalty = AbsolutePenalty.known(problem);
    boolean isOfSet = penalty.isEmpty() && isProjection(problem);
    return x -> {
      if (!problem.knows(x) || (penalty.isEmpty() && !isOfSet)) {
        return OptionalDouble.empty();
      }
      double g = penalty.map(known -> known.value(x)).orElseGet(() -> indicator(problem, x));
      return OptionalDouble.of(problem.at(x).smooth() + g);
    };
  }

  private static double indicator(CompositeProblem problem, Matrix x) {
    double beyond = problem.prox(x, 1).minus(x).maxAbs();
    return beyond <= 1e-9 * Math.max(1, x.maxAbs()) ? 0 : Double.POSITIVE_INFINITY;
  }

  private static boolean isProjection(CompositeProblem problem) {
    int n = problem.size();
    Random random = new Random(37);
    try {
      for (double spread : new double[] {1e-3, 1, 1e3}) {
        Matrix point = Matrix.adopting(n, 1, random.doubles(n, -spread, spread).toArray());
        Matrix there = problem.prox(point, 1);
        Matrix missed = problem.prox(point, 3).minus(there);
        Matrix moved = problem.prox(there, 1).minus(there);
        double rounding = 1e-9 * Math.max(spread, there.maxAbs());
        if (!(Math.max(missed.maxAbs(), moved.maxAbs()) <= rounding)) {
          return false;
        }
      }
      return true;
    } catch (NotANumberException overflow) {
      return false;
    }
  }
}
