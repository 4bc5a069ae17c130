package org.tacit.job;

import java.util.stream.IntStream;
import org.tacit.config.ConfigException;
import org.tacit.model.ColumnMoments;
import org.tacit.model.PenalisedModel;

/**
 * Refuses a constant feature without a penalty beside an intercept: both do the same, so that the
 * solution would not be unique.
 */
final class ConstantColumns {
  private ConstantColumns() {}

  static void refuse(Workspace workspace) {
    ColumnMoments moments = workspace.moments();
    PenalisedModel model = workspace.model();
    if (!model.hasIntercept()) {
      return;
    }
    IntStream.range(0, model.features())
        .filter(j -> moments.isConstant(j) && model.penaltyOf(j, workspace.theta()) == 0)
        .findFirst()
        .ifPresent(
            j -> {
              throw new ConfigException(
                  "Invalid theta: column "
                      + workspace.data().featureNames().get(j)
                      + " is constant, has no penalty (exp(theta) = 0) and stands beside an"
                      + " intercept (drop the column with data.features, raise its theta above -700, or set model.intercept = false)");
            });
  }
}
