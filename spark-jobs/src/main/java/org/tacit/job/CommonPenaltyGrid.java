package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;

/**
 * What tuning one common penalty by grid search reaches: the comparison that users of a
 * cross-validator know.
 */
final class CommonPenaltyGrid {
  private final Workspace workspace;
  private final OuterSettings.Grid grid;

  CommonPenaltyGrid(Workspace workspace, OuterSettings.Grid grid) {
    this.workspace = workspace;
    this.grid = grid;
  }

  /**
   * Solves every point, each started at the last, from the largest penalty down; the best
   * validation loss and all of them.
   */
  Map<String, Object> run() {
    var problem =
        BilevelProblem.of(
            workspace.inner(),
            workspace
                .model()
                .outer(workspace.settings().outer().loss(), PenalisedModel.VALIDATION));
    long before = workspace.passes().ledger().total();
    Matrix start = Matrix.zeros(workspace.model().inner().unknowns(), 1);
    List<Map<String, Double>> points = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    double bestTheta = Double.NaN;
    for (int k = grid.points() - 1; k >= 0; k--) {
      double theta = grid.from() + (grid.to() - grid.from()) * k / (grid.points() - 1);
      Matrix common = Matrix.filled(workspace.model().penalties(), 1, theta);
      try (ImplicitSolution solution = workspace.solve(common, start)) {
        double value = problem.outerValue(workspace.passes(), solution).value();
        points.add(Map.of("theta", theta, "outerValue", value));
        start = solution.x();
        if (value < best) {
          best = value;
          bestTheta = theta;
        }
      }
    }
    long passes = workspace.passes().ledger().total() - before;
    Console.say(
        "grid of %d common penalties: best validation loss %.10f at theta %.4f, %d passes",
        grid.points(), best, bestTheta, passes);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bestOuterValue", best);
    result.put("bestTheta", bestTheta);
    result.put("passes", passes);
    result.put("points", points);
    return result;
  }
}
