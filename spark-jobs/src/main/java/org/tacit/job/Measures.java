package org.tacit.job;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * What solutions are measured by on the rows of a part: the outer loss; the share of rows told
 * right, where labels are signs or classes; the root of the mean square error, where they are real.
 * One pass a solution.
 */
final class Measures {
  static final String LOSS = "loss";
  static final String ACCURACY = "accuracy";
  static final String ERROR = "rmse";

  private final Workspace workspace;
  private final Program program;

  private Measures(Workspace workspace, Program program) {
    this.workspace = workspace;
    this.program = program;
  }

  static Measures on(Workspace workspace, String part) {
    PenalisedModel model = workspace.model();
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put(LOSS, model.outer(workspace.settings().outer().loss(), part).node());
    switch (workspace.settings().labels()) {
      case BINARY -> outputs.put(ACCURACY, model.mean(part, (rows, s) -> isSign(rows, s)).node());
      case CLASSES ->
          outputs.put(
              ACCURACY, model.mean(part, (rows, s) -> isClass(rows, s, model.outputs())).node());
      case REAL ->
          outputs.put(
              ERROR, model.mean(part, (rows, s) -> s.minus(rows.label()).square()).sqrt().node());
      case NON_NEGATIVE, POSITIVE -> {}
    }
    return new Measures(workspace, Program.of(outputs));
  }

  private static Var isSign(Rows rows, Var scores) {
    return scores.times(rows.label()).greaterThan(Var.constant(0));
  }

  /** Whether the label's score is the largest. */
  private static Var isClass(Rows rows, Var scores, int classes) {
    double[] numbers = new double[classes];
    Arrays.setAll(numbers, k -> k);
    Var isLabel = rows.label().equalTo(Var.constant(Matrix.of(1, classes, numbers)));
    return isLabel.times(scores).sumCols().greaterOrEqual(scores.maxCols());
  }

  List<String> names() {
    return List.copyOf(program.outputNames());
  }

  /** The measures of the unknowns x. */
  Map<String, Double> at(Matrix x) {
    Map<String, Double> values = new LinkedHashMap<>();
    workspace
        .passes()
        .in("measures")
        .evaluate(program, Map.of("x", x))
        .forEach((name, value) -> values.put(name, value.value()));
    return values;
  }
}
