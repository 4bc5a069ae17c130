package org.tacit.sweep;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Restriction;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** The programs of a subject on the rows that a fold keeps and holds out, one for all folds. */
final class FoldModel {
  private static final String DIRECTION = "direction";
  private static final String TANGENT = "tangent of theta";
  private static final String RESIDUAL = "residual";
  private static final String LOSS = "loss of ";

  private final ReadyCondition kept;
  private final Program alongTheta;
  private final Program withoutRows;
  private final Program residual;
  private final Program losses;
  private final Program withLosses;
  private final List<String> lossNames;

  private FoldModel(
      ReadyCondition kept, Program alongTheta, Program withoutRows, Map<String, Node> losses) {
    this.kept = kept;
    this.alongTheta = alongTheta;
    this.withoutRows = withoutRows;
    Map<String, Node> f = Map.of(RESIDUAL, kept.condition().residual().node());
    Map<String, Node> named = new LinkedHashMap<>();
    losses.forEach((name, loss) -> named.put(LOSS + name, loss));
    this.residual = Program.of(f);
    this.losses = Program.of(named);
    this.lossNames = List.copyOf(named.keySet());
    named.putAll(f);
    this.withLosses = Program.of(named);
  }

  static FoldModel of(Subject subject, FoldedRows rows) {
    Condition condition = subject.condition().rewritten(rows.kept());
    Var tangent = Var.input(TANGENT, condition.theta().shape());
    Var along = Jvp.of(smooth(condition), condition.theta(), tangent);
    Map<String, Node> losses = new LinkedHashMap<>();
    subject.losses().forEach((name, loss) -> losses.put(name, rows.heldOut().apply(loss).node()));
    return new FoldModel(
        ReadyCondition.of(condition),
        Program.of("along", along.node()),
        withoutRows(subject, rows),
        losses);
  }

  /** F, of a composite objective the gradient of its smooth part. */
  private static Var smooth(Condition condition) {
    return condition.as(Composite.class).map(Composite::gradient).orElse(condition.residual());
  }

  /** The same, and its derivative along x, with zeros in the place of sums over rows. */
  private static Program withoutRows(Subject subject, FoldedRows rows) {
    Restriction kept = rows.kept();
    var none = new Restriction(kept.table(), Var.zero(kept.mask().shape()), kept.total());
    Var f = none.apply(smooth(subject.condition()));
    Var x = subject.condition().x();
    Var direction = Var.input(DIRECTION, x.shape());
    return Program.of(Map.of(RESIDUAL, f.node(), "product", Jvp.of(f, x, direction).node()));
  }

  /**
   * Whether what theta does to F does not depend on rows: F(x, theta) = R(x) + G(x, theta), G being
   * F without rows.
   */
  boolean isThetaApart() {
    return kept.isThetaApart() && !readsRows(withoutRows);
  }

  private static boolean readsRows(Program program) {
    return program.nodes().stream().anyMatch(node -> node.shape().isSharded());
  }

  /** G and dG/dx v. No pass, where theta is apart. */
  WithoutRows withoutRows(Passes passes, Matrix theta, Matrix x, Matrix v) {
    Map<String, Matrix> values =
        passes.evaluate(withoutRows, Map.of("x", x, "theta", theta, DIRECTION, v));
    return new WithoutRows(values.get(RESIDUAL), values.get("product"));
  }

  /** What {@link #withoutRows} gives. */
  record WithoutRows(Matrix residual, Matrix product) {}

  ReadyCondition kept() {
    return kept;
  }

  Condition condition() {
    return kept.condition();
  }

  /** F on the rows that the fold of the passes keeps. */
  Problem problem(Passes passes, Matrix theta, AnchoredStep step) {
    return kept.at(passes, theta, step);
  }

  /**
   * B v, unknowns x 1, of a composite objective that of its smooth part. No pass where theta
   * touches no row.
   */
  Matrix alongTheta(Passes passes, Matrix theta, Matrix x, Matrix v) {
    return passes.evaluate(alongTheta, Map.of("x", x, "theta", theta, TANGENT, v)).get("along");
  }

  /** The losses on the rows that the fold of the passes holds out. One pass. */
  List<Double> losses(Passes passes, Matrix theta, Matrix x) {
    return losses(passes.evaluate(losses, Map.of("x", x, "theta", theta)));
  }

  private List<Double> losses(Map<String, Matrix> values) {
    return lossNames.stream().map(name -> values.get(name).value()).toList();
  }

  /** F alone on the rows that the fold of the passes keeps. One pass. */
  Matrix residual(Passes passes, Matrix theta, Matrix x) {
    return passes.evaluate(residual, Map.of("x", x, "theta", theta)).get(RESIDUAL);
  }

  /**
   * F on the rows that each of several folds keeps, at one x: what does not depend on the fold is
   * there once.
   *
   * @param bound what passes of each fold bind
   */
  Program residuals(List<Map<String, Matrix>> bound) {
    Map<String, Node> all = new LinkedHashMap<>();
    for (Map<String, Matrix> fold : bound) {
      Map<Var, Var> values = new HashMap<>();
      fold.forEach((name, value) -> values.put(Var.input(name, Shape.SCALAR), Var.constant(value)));
      Var f = Substitution.in(kept.condition().residual(), values);
      all.put(RESIDUAL + " " + all.size(), f.node());
    }
    return Program.of(all);
  }

  /** What such a program says, fold after fold. One pass. */
  static List<Seen> seen(Passes passes, Program residuals, Matrix theta, Matrix x) {
    Map<String, Matrix> values = passes.evaluate(residuals, Map.of("x", x, "theta", theta));
    return IntStream.range(0, values.size())
        .mapToObj(k -> new Seen(Optional.of(values.get(RESIDUAL + " " + k)), Optional.empty()))
        .toList();
  }

  /** The same and the losses, in the same pass. */
  WithLosses withLosses(Passes passes, Matrix theta, Matrix x) {
    Map<String, Matrix> values = passes.evaluate(withLosses, Map.of("x", x, "theta", theta));
    return new WithLosses(values.get(RESIDUAL), losses(values));
  }

  /** What {@link #withLosses} gives. */
  record WithLosses(Matrix residual, List<Double> losses) {}

  /** F, the losses or both for several instances of what passes of folds bind. One pass. */
  List<Seen> seen(Passes passes, LockstepFits.Kind kind, List<Map<String, Matrix>> instances) {
    Program asked =
        switch (kind) {
          case RESIDUAL -> residual;
          case LOSSES -> losses;
          case BOTH -> withLosses;
        };
    return passes.evaluate(asked, instances).stream().map(values -> seen(kind, values)).toList();
  }

  private Seen seen(LockstepFits.Kind kind, Map<String, Matrix> values) {
    boolean isScored = kind != LockstepFits.Kind.RESIDUAL;
    return new Seen(
        Optional.ofNullable(values.get(RESIDUAL)),
        isScored ? Optional.of(losses(values)) : Optional.empty());
  }

  /** What {@link #seen} gives of an instance. */
  record Seen(Optional<Matrix> residual, Optional<List<Double>> losses) {}
}
