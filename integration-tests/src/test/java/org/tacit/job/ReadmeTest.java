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
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
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
    // README
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

  @Test
  void theExampleRuns() {
    Table train = table(1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1);
    Table held = table(0.8, 0.1, -0.7, -0.2, 0.5, 0.3, 0.1, -1);
    Matrix gradient = hypergradient(train, held, Matrix.column(-2, -1), 2);
    assertThat(gradient.rows()).isEqualTo(2);
    assertThat(gradient.norm()).isGreaterThan(1e-4);
  }

  @Test
  void theExampleIsTheReadmes() throws IOException {
    String source =
        Files.readString(
            References.root()
                .resolve("integration-tests/src/test/java/org/tacit/job/ReadmeTest.java"));
    List<String> code = between(source, "    // README\n", "    // end\n");
    List<String> shown =
        between(Files.readString(References.root().resolve("README.md")), "```java\n", "}\n```");
    assertThat(shown).isEqualTo(code);
  }

  private static List<String> between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from)).lines().toList();
  }
}
