package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.solver.Minimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/**
 * Three levels: coefficients w minimise a penalised loss on the training rows, two log penalties
 * minimise the loss of w on held-out rows plus phi/2 |theta|^2, and the loss of w on test rows is
 * differentiated in phi.
 */
class NestedSolutionsTest {
  private static final int FEATURES = 4;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", FEATURES, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private final Passes passes =
      Passes.over(Map.of("train", table(1, 12), "held", table(2, 30), "test", table(3, 30)));

  private static Table table(int seed, int rows) {
    Random random = new Random(seed);
    Matrix features = RandomMatrix.normal(rows, FEATURES, random);
    Matrix truth = Matrix.column(1, -0.5, 0.25, 0.1);
    Matrix noisy = features.times(truth).plus(0.8, RandomMatrix.normal(rows, 1, random));
    return InProcessTable.of(SCHEMA, Matrix.beside(java.util.List.of(features, noisy)), 2, 5);
  }

  private static Var loss(String table, Var w) {
    Rows rows = new Rows(table, SCHEMA);
    Var margin = rows.features().matmul(w).minus(rows.label());
    return margin.square().plus(margin.softplus()).meanRows();
  }

  /** w*(theta): the first two coefficients share a penalty, the others another. */
  private static ImplicitFunction coefficients() {
    Var keys = Var.constant(Matrix.column(0, 0, 1, 1));
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(FEATURES),
            Parameters.vector(2),
            (w, theta) ->
                loss("train", w).plus(theta.exp().rows(keys).times(w.square()).sum().times(0.5)));
    return ImplicitFunction.of(
        condition,
        Minimiser.newtonPolished(),
        LinearSolver.auto(1e-13),
        Stopping.relative(1e-13, 200));
  }

  /** theta*(phi), where the gradient of the held-out loss through w* is zero. */
  private static ImplicitFunction penalties(ImplicitFunction coefficients) {
    Condition condition =
        Root.of(
            Parameters.vector(2),
            Parameters.vector(1),
            Structure.SYMMETRIC,
            (theta, phi) ->
                Vjp.gradient(
                    loss("held", coefficients.value(theta))
                        .plus(phi.times(theta.dot(theta)).times(0.5)),
                    theta));
    return ImplicitFunction.of(
        condition, RootFinder.newton(), LinearSolver.auto(1e-12), Stopping.relative(1e-11, 50));
  }

  @Test
  void derivativesReachThroughThreeLevels() {
    ImplicitFunction coefficients = coefficients();
    ImplicitFunction penalties = penalties(coefficients);
    Var phi = Var.input("phi", penalties.condition().theta().shape());
    Var test = loss("test", coefficients.value(penalties.value(phi)));
    Program both =
        Program.of(Map.of("value", test.node(), "derivative", Vjp.gradient(test, phi).node()));
    double at = 0.05;
    double h = 1e-3;
    double found =
        passes.evaluate(both, Map.of("phi", Matrix.scalar(at))).get("derivative").value();
    double difference =
        (value(both, at - 2 * h)
                - 8 * value(both, at - h)
                + 8 * value(both, at + h)
                - value(both, at + 2 * h))
            / (12 * h);
    assertThat(Math.abs(difference)).isGreaterThan(1e-3);
    assertThat(Math.abs(found / difference - 1)).isLessThan(1e-5);
  }

  private double value(Program both, double phi) {
    return passes.evaluate(both, Map.of("phi", Matrix.scalar(phi))).get("value").value();
  }
}
