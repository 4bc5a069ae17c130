package org.tacit.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/** The programs of a subject on the rows that a fold keeps and holds out, one for all folds. */
final class FoldModel {
  private static final String TANGENT = "tangent of theta";

  private final ReadyCondition kept;
  private final Program alongTheta;
  private final Program losses;
  private final List<String> lossNames;

  private FoldModel(ReadyCondition kept, Program alongTheta, Program losses, List<String> names) {
    this.kept = kept;
    this.alongTheta = alongTheta;
    this.losses = losses;
    this.lossNames = names;
  }

  static FoldModel of(Subject subject, FoldedRows rows) {
    Condition condition = subject.condition().rewritten(rows.kept());
    Var tangent = Var.input(TANGENT, condition.theta().shape());
    Var along = Jvp.of(condition.residual(), condition.theta(), tangent);
    Map<String, Node> losses = new LinkedHashMap<>();
    subject.losses().forEach((name, loss) -> losses.put(name, rows.heldOut().apply(loss).node()));
    return new FoldModel(
        ReadyCondition.of(condition),
        Program.of("along", along.node()),
        Program.of(losses),
        List.copyOf(losses.keySet()));
  }

  ReadyCondition kept() {
    return kept;
  }

  Condition condition() {
    return kept.condition();
  }

  /** F on the rows that the fold of the passes keeps. */
  Problem problem(Passes passes, Matrix theta) {
    return kept.at(passes, theta);
  }

  /** B v, unknowns x 1. No pass where theta touches no row. */
  Matrix alongTheta(Passes passes, Matrix theta, Matrix x, Matrix v) {
    return passes.evaluate(alongTheta, Map.of("x", x, "theta", theta, TANGENT, v)).get("along");
  }

  /** The losses on the rows that the fold of the passes holds out. One pass. */
  List<Double> losses(Passes passes, Matrix theta, Matrix x) {
    Map<String, Matrix> values = passes.evaluate(losses, Map.of("x", x, "theta", theta));
    return lossNames.stream().map(name -> values.get(name).value()).toList();
  }
}
