package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Refuses a constant feature without a penalty beside an intercept: both do the same, so that the
 * solution would not be unique. Costs a pass only when a penalty is zero in double precision.
 */
final class ConstantColumns {
  private ConstantColumns() {}

  static void refuse(Workspace workspace) {
    boolean isAnyFree = Arrays.stream(workspace.theta().toArray()).anyMatch(t -> Math.exp(t) == 0);
    if (!workspace.model().hasIntercept() || !isAnyFree) {
      return;
    }
    List<Integer> constant = find(workspace);
    if (!constant.isEmpty()) {
      String column = workspace.data().featureNames().get(constant.get(0));
      throw new ConfigException(
          "Invalid theta: column "
              + column
              + " is constant, has no penalty (exp(theta) = 0) and stands beside an"
              + " intercept (drop the column with data.features, raise its theta above -700, or set model.intercept = false)");
    }
  }

  /** Features whose mean square equals their squared mean, and whose own penalty is zero. */
  private static List<Integer> find(Workspace workspace) {
    Rows rows = new Rows(PenalisedModel.TRAIN, workspace.data().train().schema());
    Var ones = rows.label().times(0).plus(1);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("mean", rows.features().transpose().matmul(ones).divide(rows.count()).node());
    outputs.put("square", rows.features().square().meanRows().transpose().node());
    var moments = workspace.passes().in("check").evaluate(Program.of(outputs), Map.of());
    List<Integer> constant = new ArrayList<>();
    for (int j = 0; j < workspace.model().features(); j++) {
      double mean = moments.get("mean").at(j);
      double square = moments.get("square").at(j);
      boolean isConstant = Math.abs(square - mean * mean) <= 1e-14 * square && mean != 0;
      if (isConstant && workspace.model().penaltyOf(j, workspace.theta()) == 0) {
        constant.add(j);
      }
    }
    return constant;
  }
}
