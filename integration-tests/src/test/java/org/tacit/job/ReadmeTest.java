package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.breeze.Factorisation;
import org.tacit.fixtures.References;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.ExplicitFunction;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;

/** The README's example compiles, runs and is what the README shows. */
class ReadmeTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 2, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static Table table(double... features) {
    double[] labels = {1, -1, 1, -1};
    return InProcessTable.of(
        SCHEMA, new Block(4, Column.dense(4, 2, features), Column.dense(4, 1, labels)));
  }

  private static Matrix hypergradient(Table trainTable, Table heldTable, Matrix theta, int p) {
    // spotless:off
    // README: ten lines
Rows train = new Rows("train", trainTable.schema());
Rows held = new Rows("held", heldTable.schema());
Condition model = Stationarity.ofStronglyConvex(Parameters.vector(p), Parameters.vector(p), (w, t) ->
    train.features().matmul(w).times(train.label()).negate().softplus().meanRows()
        .plus(t.exp().times(w.square()).sum().times(0.5)));
ImplicitFunction inner = ImplicitFunction.of(model);
Var loss = held.features().matmul(model.x()).times(held.label()).negate().softplus().meanRows();
Passes passes = Passes.over(Map.of("train", trainTable, "held", heldTable));
try (ImplicitSolution solution = inner.solve(passes, theta)) {
  Matrix hypergradient = BilevelProblem.of(inner, loss).hypergradient(solution).gradient();
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
  Var scale = t.at(0).exp();
  Var penalty = t.at(1).exp();
  Var pull = rows.features().matmul(x).minus(rows.label()).divide(scale).tanh();
  return rows.features().transpose().matmul(pull).divide(rows.count()).plus(penalty.times(x));
});
try (ImplicitSolution solution = ImplicitFunction.of(robust).solve(Passes.over("train", table), theta)) {
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

  /**
   * On the support of 0.6 and 0.5 each element moves with half of itself less half of the other.
   */
  @Test
  void theProjectionHasItsJacobian() {
    assertClose(
        projection(Matrix.column(0.6, 0.5, -1)),
        Matrix.of(3, 3, 0.5, -0.5, 0, -0.5, 0.5, 0, 0, 0, 0));
  }

  private static Matrix projection(Matrix x) {
    // spotless:off
    // README: projection
Matrix jacobian = ExplicitFunction.of(v -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)).of(v)).jacobian(x);
    // end
    // spotless:on
    return jacobian;
  }

  private static final Matrix X = Matrix.of(4, 2, 1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1);
  private static final Matrix Y = Matrix.column(1, -1, 2, 0.5);

  @Test
  void theRidgeHasItsSensitivity() {
    Matrix l2 = Matrix.scalar(0.7);
    double h = 1e-5;
    Matrix difference = ridgeAt(0.7 + h, Y).minus(ridgeAt(0.7 - h, Y)).times(0.5 / h);
    assertThat(ridge(X, Y, l2).minus(difference).norm()).isLessThan(1e-8 * difference.norm());
  }

  private static Matrix ridge(Matrix x, Matrix y, Matrix l2) {
    // spotless:off
    // README: ridge
int p = x.cols();
Condition ridge = Stationarity.ofStronglyConvex(Parameters.vector(p), Parameters.vector(1), (w, t) ->
    Var.constant(x).matmul(w).minus(Var.constant(y)).square().sum()
        .plus(t.times(w.square().sum())).times(0.5));
ImplicitFunction solver = ImplicitFunction.of(ridge, (start, t) ->
    Factorisation.lu(x.transpose().times(x).plus(t.value(), Matrix.identity(p))).solve(x.transpose().times(y)));
Matrix jacobian = solver.solve(l2).jacobian().orThrow();
    // end
    // spotless:on
    return jacobian;
  }

  /** w = (X'X + l2 I)^-1 X'y, by Cramer's rule. */
  private static Matrix ridgeAt(double l2, Matrix y) {
    Matrix a = X.transpose().times(X).plus(l2, Matrix.identity(2));
    Matrix b = X.transpose().times(y);
    double det = a.at(0, 0) * a.at(1, 1) - a.at(0, 1) * a.at(1, 0);
    return Matrix.column(
        (a.at(1, 1) * b.at(0) - a.at(0, 1) * b.at(1)) / det,
        (a.at(0, 0) * b.at(1) - a.at(1, 0) * b.at(0)) / det);
  }

  @Test
  void bothArgumentsHaveTheirDerivatives() {
    double h = 1e-5;
    Map<String, Matrix> found = arguments(X, Map.of("l2", Matrix.scalar(0.7), "y", Y));
    Matrix alongL2 = ridgeAt(0.7 + h, Y).minus(ridgeAt(0.7 - h, Y)).times(0.5 / h);
    assertThat(found.get("l2").minus(alongL2).norm()).isLessThan(1e-8 * alongL2.norm());
    for (int i = 0; i < Y.rows(); i++) {
      Matrix moved = Matrix.identity(4).columnAt(i).times(h);
      Matrix along = ridgeAt(0.7, Y.plus(moved)).minus(ridgeAt(0.7, Y.minus(moved))).times(0.5 / h);
      assertThat(along.norm()).isGreaterThan(1e-2);
      assertThat(found.get("y").columnAt(i).minus(along).norm()).isLessThan(1e-8 * along.norm());
    }
  }

  // spotless:off
  // README: two arguments
record Theta(Var l2, Var y) {}

Map<String, Matrix> arguments(Matrix x, Map<String, Matrix> theta) {
  Parameters<Theta> parts = Parameters.of(Theta.class, Shape.SCALAR, Shape.of(x.rows(), 1));
  Condition ridge = Stationarity.ofStronglyConvex(Parameters.vector(x.cols()), parts, (w, t) ->
      Var.constant(x).matmul(w).minus(t.y()).square().sum().plus(t.l2().times(w.square().sum())).times(0.5));
  ImplicitSolution solution = ImplicitFunction.of(ridge).solve(theta);
  return Map.of("l2", solution.jacobian("l2").orThrow(), "y", solution.jacobian("y").orThrow());
  // end
}
  // spotless:on

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(expected.norm()).isGreaterThan(1e-2);
    assertThat(actual.minus(expected).norm()).isLessThan(1e-12 * expected.norm());
  }

  /**
   * An example, and the lines of its counterpart in JAXopt, imports and data left out on both sides
   * and a statement over several lines counted as it is printed here or there.
   *
   * <p>ten lines: the inner objective 3 (def, margins, return), the solver 1, the outer loss 3
   * (def, run, return), its gradient 1, its call 1. own condition: the optimality function 5 (def,
   * scale, penalty, pull, return), custom_root 1, the solver 2 (def, return), its Jacobian 1.
   * projection: JAXopt's README, 3. ridge and two arguments: JAXopt's documentation of custom_root,
   * 14 and 16.
   */
  private record Example(String name, int linesOfJaxopt) {}

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("ten lines", 9),
          new Example("own condition", 9),
          new Example("projection", 3),
          new Example("ridge", 14),
          new Example("two arguments", 16));

  @Test
  void theExamplesAreTheReadmes() throws IOException {
    String source =
        Files.readString(
            References.root()
                .resolve("integration-tests/src/test/java/org/tacit/job/ReadmeTest.java"));
    String readme = Files.readString(References.root().resolve("README.md"));
    for (Example example : EXAMPLES) {
      String name = example.name();
      List<String> code = new ArrayList<>(between(source, "// README: " + name + "\n", "// end\n"));
      code.remove(code.size() - 1); // the spaces before "// end"
      String first = code.get(0);
      List<String> shown = between(readme, "```java\n" + first + "\n", "```");
      boolean isOpen = shown.size() == code.size() && shown.get(shown.size() - 1).equals("}");
      assertThat(isOpen ? shown.subList(0, shown.size() - 1) : shown)
          .as(name)
          .isEqualTo(code.subList(1, code.size()));
      assertThat(shown.size() + 1).as(name).isLessThanOrEqualTo(example.linesOfJaxopt() + 2);
    }
  }

  /** And so built: integration-tests/library-user is a module that has nothing else of Tacit. */
  @Test
  void theDependencyIsThatOfAProjectThatIsBuilt() throws IOException {
    String project =
        Files.readString(References.root().resolve("integration-tests/library-user/pom.xml"));
    String readme = Files.readString(References.root().resolve("README.md"));
    List<String> shown = between(readme, "```xml\n<dependency>\n", "```");
    assertThat(shown).hasSize(4);
    assertThat(between(project, "<dependencies>\n<dependency>\n", "    <!--")).isEqualTo(shown);
  }

  private static List<String> between(String text, String start, String end) {
    assertThat(text).contains(start);
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from)).lines().toList();
  }
}
