package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.spark.AreaUnderCurve;

/**
 * What solutions are measured by on the rows of a part: the outer loss; the share of rows told
 * right, where labels are signs or classes, and of two classes the area under the curve; the root
 * of the mean square error, where they are real. One pass a solution, and for the area one more,
 * which keeps the scores.
 */
record Measures(
    Workspace workspace,
    String part,
    Program program,
    Optional<Program> scores,
    List<String> undefined) {
  static final String LOSS = "loss";
  static final String ACCURACY = "accuracy";
  static final String AREA = "auc";
  static final String ERROR = "rmse";

  private static final String SCORE = "measured score";
  private static final String SIDE = "measured side";

  static Measures on(Workspace workspace, String part) {
    Model model = workspace.model();
    Map<String, Node> outputs = new LinkedHashMap<>();
    List<String> undefined = judged(workspace, part, outputs);
    switch (workspace.settings().labels()) {
      case BINARY -> outputs.put(ACCURACY, model.mean(part, (rows, s) -> isSign(rows, s)).node());
      case CLASSES -> outputs.put(ACCURACY, model.mean(part, (rows, s) -> isClass(rows, s)).node());
      case REAL ->
          outputs.put(
              ERROR, model.mean(part, (rows, s) -> s.minus(rows.label()).square()).sqrt().node());
      case NON_NEGATIVE, POSITIVE -> {}
    }
    return new Measures(workspace, part, Program.of(outputs), scores(workspace, part), undefined);
  }

  /**
   * The outer loss and what stands beside it; their names where the part has not what they need.
   */
  private static List<String> judged(Workspace workspace, String part, Map<String, Node> outputs) {
    Model model = workspace.model();
    OuterLoss loss = workspace.settings().outer().loss();
    Rows rows = new Rows(part, model.schema());
    Map<String, Node> judged = new LinkedHashMap<>();
    judged.put(LOSS, model.outer(loss, part).node());
    loss.beside(rows, model.predicted(rows)).forEach((name, of) -> judged.put(name, of.node()));
    if (!new OuterRows(workspace).missing(part).isEmpty()) {
      return List.copyOf(judged.keySet());
    }
    outputs.putAll(judged);
    return List.of();
  }

  /** The score that speaks for the positive class, and the weight with the label's sign. */
  private static Optional<Program> scores(Workspace workspace, String part) {
    Model model = workspace.model();
    Rows rows = new Rows(part, model.schema());
    Var score = model.scores(rows);
    Var label = rows.label();
    switch (workspace.settings().labels()) {
      case BINARY -> {}
      case CLASSES -> {
        if (model.layout().outputs() != 2) {
          return Optional.empty();
        }
        score = score.slice(Side.COLS, 1, 2).minus(score.slice(Side.COLS, 0, 1));
        label = label.times(2).minus(1);
      }
      case REAL, NON_NEGATIVE, POSITIVE -> {
        return Optional.empty();
      }
    }
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put(SCORE, score.node());
    outputs.put(SIDE, (rows.schema().has(Rows.WEIGHT) ? label.times(rows.weight()) : label).node());
    return Optional.of(Program.of(outputs));
  }

  private static Var isSign(Rows rows, Var scores) {
    return scores.times(rows.label()).greaterThan(Var.constant(0));
  }

  /** Whether the label's score is the largest. */
  private static Var isClass(Rows rows, Var scores) {
    return ofLabel(rows, scores).greaterOrEqual(scores.maxCols());
  }

  /** The score of the label's class. */
  static Var ofLabel(Rows rows, Var scores) {
    double[] numbers = new double[scores.shape().width()];
    Arrays.setAll(numbers, k -> k);
    Var isLabel = rows.label().equalTo(Var.constant(Matrix.of(1, numbers.length, numbers)));
    return isLabel.times(scores).sumCols();
  }

  List<String> names() {
    List<String> names = new ArrayList<>(undefined);
    names.addAll(program.outputNames());
    scores.ifPresent(two -> names.add(AREA));
    return names;
  }

  /** The measures of the unknowns x; an infinite loss alone where numbers overflow on the way. */
  Map<String, Double> at(Matrix x) {
    try {
      return measured(x);
    } catch (NotANumberException overflow) {
      return Map.of(LOSS, Double.POSITIVE_INFINITY);
    }
  }

  private Map<String, Double> measured(Matrix x) {
    Map<String, Double> values = new LinkedHashMap<>();
    undefined.forEach(name -> values.put(name, Double.NaN));
    Passes passes = workspace.passes().in("measures");
    passes
        .evaluate(program, Map.of("x", x))
        .forEach((name, value) -> values.put(name, value.value()));
    scores.ifPresent(
        two -> {
          Map<String, RowValues> kept = passes.keep(two, Map.of("x", x));
          try (RowValues score = kept.get(SCORE);
              RowValues side = kept.get(SIDE)) {
            values.put(AREA, AreaUnderCurve.of(passes.table(part), score, side));
          }
        });
    return values;
  }
}
