package org.tacit.job;

import java.util.Map;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * What to tell of numbers that overflowed on the way: the feature of the largest values and the
 * largest log penalty, since one of them is nearly always the reason. One pass, made only then.
 */
final class OverflowReport {
  /** 2^-498: squares neither overflow nor, from 1e-12 up, lose all their digits. */
  private static final double SMALL = 0x1p-498;

  private OverflowReport() {}

  /** The error with its likely reason. */
  static ConfigException of(Workspace workspace, NotANumberException overflow) {
    Matrix theta = workspace.theta();
    int most = 0;
    for (int k = 0; k < theta.rows(); k++) {
      most = theta.at(k) > theta.at(most) ? k : most;
    }
    return new ConfigException(
        overflow.getMessage()
            + ". The largest features are those of "
            + largestFeature(workspace)
            + "; the largest theta is "
            + theta.at(most)
            + ", of "
            + workspace.model().penaltyName(most, workspace.data().featureNames())
            + " (bring the features near 1 by data.scale or at their source, or lower theta)",
        overflow);
  }

  private static String largestFeature(Workspace workspace) {
    Rows rows = new Rows(PenalisedModel.TRAIN, workspace.data().train().schema());
    Var small = rows.features().times(SMALL).square().meanRows().transpose();
    Matrix squares =
        workspace
            .passes()
            .in("check")
            .evaluate(Program.of("squares", small.node()), Map.of())
            .get("squares");
    int largest = 0;
    for (int j = 0; j < squares.rows(); j++) {
      largest = squares.at(j) > squares.at(largest) ? j : largest;
    }
    return String.format(
        java.util.Locale.ROOT,
        "column %s, %.3g in the root mean square",
        workspace.data().featureNames().get(largest),
        Math.sqrt(squares.at(largest)) / SMALL);
  }
}
