package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link RootFinder#bisection}. */
record Bisection(double low, double high) implements Solver {
  private static final int TOGETHER = 15;

  public Bisection {
    if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "Invalid bracket: [" + low + ", " + high + "] (must be finite, low < high)");
    }
  }

  @Override
  public String name() {
    return "bisection";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    if (problem.size() != 1) {
      throw new IllegalArgumentException(
          "Invalid unknowns: " + problem.size() + " (bisection solves for 1)");
    }
    boolean isInside = start.value() >= low && start.value() <= high;
    Matrix from = isInside ? start : Matrix.scalar(low / 2 + high / 2);
    Iterates iterates = new Iterates(problem, from, stopping);
    End end = iterates.goesOn() ? narrow(iterates) : End.of(Outcome.STALLED);
    iterates.backToBest();
    Solution solution = iterates.solution(name(), end.outcome);
    return solution.outcome() == end.outcome
        ? end.reason.map(solution::because).orElse(solution)
        : solution;
  }

  /** How it ended, and what is wrong with the bracket where that is why. */
  private record End(Outcome outcome, Optional<String> reason) {
    static End of(Outcome outcome) {
      return new End(outcome, Optional.empty());
    }
  }

  private End wrong(Outcome outcome, String objection) {
    return new End(
        outcome, Optional.of("the bracket is [" + low + ", " + high + "]: " + objection));
  }

  private End narrow(Iterates iterates) {
    List<Matrix> ends = List.of(Matrix.scalar(low), Matrix.scalar(high));
    List<Optional<Problem.Evaluated>> atEnds = evaluated(iterates, ends);
    for (int k = 0; k < ends.size(); k++) {
      if (atEnds.get(k).isEmpty()) {
        String at = "F is not finite at " + ends.get(k).value();
        return wrong(Outcome.NOT_FINITE, at + ", move that end to where it is");
      }
    }
    double signAtLow = sign(atEnds.get(0));
    if (signAtLow * sign(atEnds.get(1)) > 0) {
      return wrong(
          Outcome.SINGULAR, "F has one sign at both ends, move one to where it has the other");
    }
    double a = low;
    double b = high;
    while (iterates.goesOn()) {
      List<Matrix> points = new ArrayList<>();
      for (int k = 1; k <= TOGETHER; k++) {
        double part = (double) k / (TOGETHER + 1);
        double x = (1 - part) * a + part * b;
        if (x > a && x < b && (points.isEmpty() || x > points.get(points.size() - 1).value())) {
          points.add(Matrix.scalar(x));
        }
      }
      if (points.isEmpty()) {
        return End.of(Outcome.STALLED);
      }
      List<Optional<Problem.Evaluated>> there = evaluated(iterates, points);
      int first = 0;
      while (first < points.size() && sign(there.get(first)) == signAtLow) {
        first++;
      }
      for (int k = 0; k < points.size(); k++) {
        if (there.get(k).isEmpty()) {
          String at = "F is not finite at " + points.get(k).value();
          return wrong(Outcome.NOT_FINITE, at + ", leave that out of it");
        }
      }
      a = first == 0 ? a : points.get(first - 1).value();
      b = first == points.size() ? b : points.get(first).value();
    }
    return End.of(Outcome.STALLED);
  }

  private static double sign(Optional<Problem.Evaluated> at) {
    return at.map(evaluated -> Math.signum(evaluated.residual().value())).orElse(0.0);
  }

  /** One iteration, which ends at the point of the smallest residual. */
  private static List<Optional<Problem.Evaluated>> evaluated(
      Iterates iterates, List<Matrix> points) {
    List<Optional<Problem.Evaluated>> there = iterates.evaluateAll(points);
    int best = -1;
    double norm = Double.POSITIVE_INFINITY;
    for (int k = 0; k < points.size(); k++) {
      double here = there.get(k).map(at -> at.residual().norm()).orElse(norm);
      best = here < norm ? k : best;
      norm = Math.min(norm, here);
    }
    if (best < 0) {
      iterates.stay();
    } else {
      iterates.moveTo(points.get(best), there.get(best).orElseThrow(), norm);
    }
    return there;
  }
}
