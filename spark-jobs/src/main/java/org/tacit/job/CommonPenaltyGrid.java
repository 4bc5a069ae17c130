package org.tacit.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.result.Decimal;

/**
 * What tuning one common penalty by grid search reaches: the comparison that users of a
 * cross-validator know.
 */
final class CommonPenaltyGrid {
  private final Workspace workspace;
  private final OuterSettings.Grid grid;
  private Matrix start;

  CommonPenaltyGrid(Workspace workspace, OuterSettings.Grid grid) {
    this.workspace = workspace;
    this.grid = grid;
    this.start = Matrix.zeros(workspace.model().inner().unknowns(), 1);
  }

  /**
   * A point of the grid; one whose solve did not converge has no value and is not ranked.
   *
   * @param x the unknowns, where the solve converged
   */
  record Point(double theta, OptionalDouble outerValue, Outcome outcome, Optional<Matrix> x) {}

  /** All points, from the largest penalty down, and the best of those that converged. */
  record Found(OuterSettings.Grid grid, List<Point> points, Optional<Point> best, long passes) {
    Found {
      points = List.copyOf(points);
    }

    /** What the grid cannot tell. */
    List<String> warnings() {
      List<String> warnings = new ArrayList<>();
      long unfinished = points.stream().filter(point -> point.outerValue().isEmpty()).count();
      if (unfinished > 0) {
        warnings.add(
            "%s of %s points of the grid are not ranked, since their solves did not converge"
                .formatted(unfinished, points.size()));
      }
      best.filter(point -> point.theta() == grid.from() || point.theta() == grid.to())
          .ifPresent(
              point ->
                  warnings.add(
                      String.format(
                          Locale.ROOT,
                          "the grid's best common penalty is at its edge, theta = %.4f: the minimum"
                              + " may lie beyond (widen outer.grid)",
                          point.theta())));
      return warnings;
    }
  }

  /** Solves every point, each started at the last, from the largest penalty down. */
  Found run() {
    workspace.begin(StageCounts.GRID, grid.points());
    BilevelProblem problem = workspace.outer();
    long before = workspace.passes().ledger().total();
    List<Point> points = new ArrayList<>();
    Console.say("%9s  %16s  %8s", "grid", "validation loss", "passes");
    for (int k = grid.points() - 1; k >= 0; k--) {
      Point point =
          solved(problem, grid.from() + (grid.to() - grid.from()) * k / (grid.points() - 1));
      points.add(point);
      Console.say(
          "%9.4f  %16s  %8d",
          point.theta(),
          point.outerValue().isPresent()
              ? Decimal.of(point.outerValue().getAsDouble(), 10)
              : point.outcome().label(),
          workspace.passes().ledger().total() - before);
    }
    Optional<Point> best =
        points.stream()
            .filter(point -> point.outerValue().isPresent())
            .min(Comparator.comparingDouble(point -> point.outerValue().getAsDouble()));
    long passes = workspace.passes().ledger().total() - before;
    Console.say(
        "grid of %d common penalties: %s, %d passes",
        grid.points(),
        best.map(CommonPenaltyGrid::described).orElse("no point was solved to its tolerance"),
        passes);
    return new Found(grid, points, best, passes);
  }

  private static String described(Point best) {
    return String.format(
        Locale.ROOT,
        "best validation loss %s at theta %.4f",
        Decimal.of(best.outerValue().orElseThrow(), 10),
        best.theta());
  }

  private Point solved(BilevelProblem problem, double theta) {
    Matrix common = workspace.model().theta(List.of(theta));
    try (ImplicitSolution solution = workspace.solve(common, start)) {
      Outcome outcome = solution.inner().outcome();
      if (!outcome.isConverged()) {
        start = solution.x().isFinite() ? solution.x() : start;
        return unranked(theta, outcome);
      }
      start = solution.x();
      double value = problem.outerValue(workspace.passes(), solution).value();
      return Double.isFinite(value)
          ? new Point(theta, OptionalDouble.of(value), outcome, Optional.of(solution.x()))
          : unranked(theta, Outcome.NOT_FINITE);
    } catch (NotANumberException overflow) {
      return unranked(theta, Outcome.NOT_FINITE);
    }
  }

  private static Point unranked(double theta, Outcome outcome) {
    return new Point(theta, OptionalDouble.empty(), outcome, Optional.empty());
  }
}
