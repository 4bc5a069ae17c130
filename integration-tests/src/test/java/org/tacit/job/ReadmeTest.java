package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.fixtures.References;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Auto;
import org.tacit.matrix.Block;
import org.tacit.matrix.DenseColumn;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.solver.Newton;
import org.tacit.solver.NewtonPolished;
import org.tacit.solver.Stopping;

/** The README's example compiles, runs and is what the README shows. */
class ReadmeTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 2, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static Table table(double... features) {
    double[] labels = {1, -1, 1, -1};
    return InProcessTable.of(
        SCHEMA, new Block(4, new DenseColumn(4, 2, features), new DenseColumn(4, 1, labels)));
  }

  private static Matrix hypergradient(Table trainTable, Table heldTable, Matrix theta, int p) {
    // spotless:off
    // README: ten lines
Rows train = new Rows("train", trainTable.schema());
Rows held = new Rows("held", heldTable.schema());
Condition model = Stationarity.ofStronglyConvex(Parameters.vector(p), Parameters.vector(p), (w, t) ->
    train.features().matmul(w).times(train.label()).negate().softplus().meanRows()
        .plus(t.exp().times(w.square()).sum().times(0.5)));
ImplicitFunction inner = ImplicitFunction.of(model, NewtonPolished.of(), Auto.of(1e-10), Stopping.relative(1e-10, 500));
Var loss = held.features().matmul(model.x()).times(held.label()).negate().softplus().meanRows();
BilevelProblem problem = BilevelProblem.of(inner, loss);
Passes passes = Passes.over(Map.of("train", trainTable, "held", heldTable));
try (ImplicitSolution solution = inner.solve(passes, theta)) {
  Matrix hypergradient = problem.hypergradient(passes, solution).gradient();
    // end
  return hypergradient;
}
    // spotless:on
  }

  private static Matrix ownCondition(Table table, Matrix theta, int p) {
    // spotless:off
    // README: own condition
Rows rows = new Rows("train", table.schema());
Condition robust = Root.of(Parameters.vector(p), Parameters.vector(2), (x, t) -> {
  Var scale = t.slice(Side.ROWS, 0, 1).exp();
  Var penalty = t.slice(Side.ROWS, 1, 2).exp();
  Var pull = rows.features().matmul(x).minus(rows.label()).divide(scale).tanh();
  return rows.features().transpose().matmul(pull).divide(rows.count()).plus(penalty.times(x));
});
ImplicitFunction estimate = ImplicitFunction.of(robust, Newton.of(), Auto.of(1e-10), Stopping.relative(1e-10, 100));
try (ImplicitSolution solution = estimate.solve(Passes.over("train", table), theta)) {
  Matrix sensitivity = solution.jacobian().orThrow();
    // end
  return sensitivity;
}
    // spotless:on
  }

  @Test
  void theExampleRuns() {
    Table train = table(1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1);
    Table held = table(0.8, 0.1, -0.7, -0.2, 0.5, 0.3, 0.1, -1);
    Matrix gradient = hypergradient(train, held, Matrix.column(-2, -1), 2);
    assertThat(gradient.rows()).isEqualTo(2);
    assertThat(gradient.norm()).isGreaterThan(1e-4);
  }

  @Test
  void theOwnConditionIsDifferentiated() {
    Table table = table(1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1);
    Matrix jacobian = ownCondition(table, Matrix.column(0.2, -1), 2);
    double h = 1e-5;
    Matrix difference = estimate(table, 0.2 + h).minus(estimate(table, 0.2 - h)).times(1 / (2 * h));
    assertThat(difference.norm()).isGreaterThan(1e-2);
    assertThat(jacobian.columnAt(0).minus(difference).norm()).isLessThan(1e-6 * difference.norm());
  }

  /** The root of the same equation, by steps of a fixed length written out. */
  private static Matrix estimate(Table table, double logScale) {
    double[] features = {1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1};
    double[] labels = {1, -1, 1, -1};
    double[] x = new double[2];
    for (int step = 0; step < 2000; step++) {
      double[] f = {Math.exp(-1) * x[0], Math.exp(-1) * x[1]};
      for (int i = 0; i < table.rowCount(); i++) {
        double margin = features[2 * i] * x[0] + features[2 * i + 1] * x[1] - labels[i];
        double pull = Math.tanh(margin / Math.exp(logScale)) / 4;
        f[0] += features[2 * i] * pull;
        f[1] += features[2 * i + 1] * pull;
      }
      x[0] -= 0.5 * f[0];
      x[1] -= 0.5 * f[1];
    }
    return Matrix.column(x);
  }

  @Test
  void theExamplesAreTheReadmes() throws IOException {
    String source =
        Files.readString(
            References.root()
                .resolve("integration-tests/src/test/java/org/tacit/job/ReadmeTest.java"));
    String readme = Files.readString(References.root().resolve("README.md"));
    for (String name : List.of("ten lines", "own condition")) {
      List<String> code = between(source, "    // README: " + name + "\n", "    // end\n");
      String first = code.get(0);
      List<String> shown = between(readme, "```java\n" + first + "\n", "}\n```");
      assertThat(shown).as(name).isEqualTo(code.subList(1, code.size()));
    }
  }

  private static List<String> between(String text, String start, String end) {
    assertThat(text).contains(start);
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from)).lines().toList();
  }
}
