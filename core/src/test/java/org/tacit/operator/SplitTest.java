package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

class SplitTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 4, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private final Rows rows = new Rows("t", SCHEMA);
  private final Var w = Var.input("w", Shape.of(4, 1));
  private final Var theta = Var.input("theta", Shape.of(4, 1));
  private final Var v = Var.input("v", Shape.of(4, 1));
  private final Matrix data = Matrix.of(50, 5, new Random(6).doubles(250, -1, 1).toArray());
  private final Map<String, Matrix> inputs =
      Map.of(
          "w", Matrix.column(1, -1, 0.5, 0.2),
          "theta", Matrix.column(0.1, 0.2, 0.3, 0.4),
          "v", Matrix.column(-1, 2, 3, -4));

  private Passes passes() {
    return Passes.over("t", TableFactory.inProcess(20).of(SCHEMA, data, 2));
  }

  private Var objective() {
    Var losses = rows.features().matmul(w).times(rows.label()).softplus();
    return losses.meanRows().plus(theta.exp().times(w.square()).sum().times(0.5));
  }

  private Var hessianProduct() {
    return Jvp.of(Vjp.gradient(objective(), w), w, v);
  }

  /** The split outputs where the kept values are computed first, with only v given afterwards. */
  private Matrix byParts(Passes passes, Split split) {
    Map<String, Node> sharded = new LinkedHashMap<>();
    Map<String, Node> replicated = new LinkedHashMap<>();
    split
        .kept()
        .forEach(
            (name, value) ->
                (value.shape().isSharded() ? sharded : replicated).put(name, value.node()));
    Map<String, Matrix> kept = new HashMap<>(passes.evaluate(Program.of(replicated), inputs));
    kept.put("v", inputs.get("v"));
    Passes there = sharded.isEmpty() ? passes : keeping(passes, Program.of(sharded));
    return there.in("rest").evaluate(Program.of("y", split.varying().get(0).node()), kept).get("y");
  }

  private Passes keeping(Passes passes, Program rowValues) {
    Passes there = passes;
    for (var kept : passes.keep(rowValues, inputs).entrySet()) {
      there = there.with(kept.getKey(), kept.getValue());
    }
    return there;
  }

  @Test
  void theRestReadsKeptValuesOnly() {
    Split split = Split.of(List.of(hessianProduct()), List.of(v));
    Passes passes = passes();
    Matrix due = passes.evaluate(Program.of("y", hessianProduct().node()), inputs).get("y");
    Matrix parts = byParts(passes, split);
    assertThat(parts.minus(due).norm()).isLessThanOrEqualTo(1e-13 * due.norm());
    assertThat(due.norm()).isPositive();
    assertThat(passes.ledger().of("rest")).isEqualTo(1);
  }

  /** The slopes of the losses and the penalty's weights; not the margins, and no second number. */
  @Test
  void aLinearModelKeepsOneNumberARow() {
    Split split = Split.of(List.of(hessianProduct()), List.of(v));
    assertThat(split.kept().values().stream().filter(kept -> kept.shape().isSharded()))
        .singleElement()
        .extracting(Var::shape)
        .isEqualTo(Shape.rowsOf("t", 1));
  }

  @Test
  void outputsThatDoNotVaryAreKeptWhole() {
    Split split = Split.of(List.of(objective(), v.sum()), List.of(v));
    assertThat(split.kept()).containsValue(objective());
    assertThat(split.varying().get(0).node().inputs()).isEmpty();
    assertThat(split.varying().get(1)).isEqualTo(v.sum());
  }

  /** Values kept for one program stand beside those kept for another. */
  @Test
  void splitsMayBeKeptUponSplits() {
    Var first = Jvp.of(Vjp.gradient(objective(), w), w, v);
    Var second = rows.features().square().matmul(v).times(rows.features().matmul(w).sin()).sum();
    Split one = Split.of(List.of(first), List.of(v));
    Split two = Split.of(List.of(second), List.of(v));
    assertThat(one.kept().keySet()).doesNotContainAnyElementsOf(two.kept().keySet());
    Passes passes = passes();
    Map<String, Node> sharded = new LinkedHashMap<>();
    one.kept()
        .forEach(
            (name, value) -> {
              if (value.shape().isSharded()) {
                sharded.put(name, value.node());
              }
            });
    Passes wider = keeping(passes, Program.of(sharded));
    Matrix due = passes.evaluate(Program.of("y", second.node()), inputs).get("y");
    assertThat(byParts(wider, two).value())
        .isCloseTo(due.value(), org.assertj.core.data.Percentage.withPercentage(1e-11));
  }

  @Test
  void fixedFactorsAreGathered() {
    Var a = Var.input("a", Shape.of(4, 1));
    Var b = Var.input("b", Shape.of(1, 1));
    Var y = a.times(b.times(v).negate()).plus(theta.times(v));
    Split split = Split.of(List.of(y), List.of(v));
    assertThat(split.kept()).hasSize(1);
    Map<String, Matrix> more = new HashMap<>(inputs);
    more.put("a", Matrix.column(1, 2, 3, 4));
    more.put("b", Matrix.scalar(-3));
    Passes none = Passes.over(Map.of());
    Var only = split.kept().values().iterator().next();
    Matrix factor = none.evaluate(Program.of("k", only.node()), more).get("k");
    Matrix due = none.evaluate(Program.of("y", y.node()), more).get("y");
    assertThat(factor.with(inputs.get("v"), (f, e) -> f * e).minus(due).norm()).isLessThan(1e-14);
  }
}
