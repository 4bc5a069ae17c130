package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** The Hessian of theta -> L(x*(theta), theta). */
class ImplicitHessianTest {
  private static final Matrix C = Matrix.column(4, 2, -3);
  private static final Matrix D = Matrix.column(1, 1.5, -2);

  @ParameterizedTest
  @ValueSource(doubles = {-3, 0.2, 2})
  void ofRidgeIsTheClosedForm(double theta) {
    OuterHessian.Value found =
        Shrinkage.ridge(3, C, D)
            .on(
                Shrinkage.WIDE,
                LinearSolver::auto,
                function -> {
                  try (OuterFunction.Trial trial =
                      function.converged(Matrix.filled(3, 1, theta), 1e-11, function.cold())) {
                    return trial.hessian(trial.differentiated().orElseThrow()).orElseThrow();
                  }
                });
    double s = 1 / (1 + Math.exp(theta));
    for (int j = 0; j < 3; j++) {
      double slope = -C.at(j) * s * (1 - s);
      double bend = C.at(j) * s * (1 - s) * (1 - 2 * s);
      double expected = slope * slope + (C.at(j) * s - D.at(j)) * bend;
      assertThat(found.jacobian().at(j, j)).isCloseTo(slope, within(1e-9 * Math.abs(slope)));
      assertThat(found.hessian().at(j, j)).isCloseTo(expected, within(1e-8));
      assertThat(found.hessian().at(j, (j + 1) % 3)).isCloseTo(0, within(1e-12));
    }
  }

  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 3, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static Var losses(String table, Var w) {
    Rows rows = new Rows(table, SCHEMA);
    Var label = rows.label().sign();
    return rows.features().matmul(w).times(label).negate().softplus().meanRows();
  }

  private static Condition logistic() {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(3),
        Parameters.vector(3),
        (w, theta) -> losses("train", w).plus(theta.exp().times(w.square()).sum().times(0.5)));
  }

  private static Condition lasso() {
    return ProximalGradient.ofConvex(
        3,
        3,
        (w, theta) -> losses("train", w),
        (point, theta, eta) -> Prox.lasso(theta.exp()).of(point, eta));
  }

  @Test
  void ofLogisticRegressionIsThatOfDifferences() {
    differ(logistic(), Matrix.column(-3, -2, -4));
  }

  @Test
  void onASupportItIsThatOfDifferencesToo() {
    differ(lasso(), Matrix.column(-4, -1, -3.5));
  }

  private static void differ(Condition condition, Matrix theta) {
    ImplicitFunction inner =
        ImplicitFunction.of(
            condition,
            Solver.automatic(),
            LinearSolver.auto(1e-13),
            Stopping.relative(1e-13, 1000));
    BilevelProblem problem = BilevelProblem.of(inner, losses("held", condition.x()));
    TableFactory tables = TableFactory.inProcess(20);
    try (Table train = tables.of(SCHEMA, RandomMatrix.normal(60, 4, new Random(3)), 2);
        Table held = tables.of(SCHEMA, RandomMatrix.normal(40, 4, new Random(4)), 2)) {
      Passes passes = Passes.over(Map.of("train", train, "held", held));
      Matrix hessian;
      try (ImplicitSolution solution = inner.solve(passes, theta)) {
        Hypergradient here = problem.hypergradient(passes, solution);
        hessian = problem.hessian(solution, here).orElseThrow().hessian();
      }
      double h = 1e-4;
      for (int j = 0; j < 3; j++) {
        Matrix e = Matrix.identity(3).columnAt(j);
        Matrix up = gradient(problem, passes, theta.plus(h, e));
        Matrix down = gradient(problem, passes, theta.plus(-h, e));
        Matrix expected = up.minus(down).times(1 / (2 * h));
        assertThat(hessian.columnAt(j).minus(expected).norm()).isLessThan(1e-5 * hessian.norm());
      }
      assertThat(hessian.norm()).isGreaterThan(1e-4);
    }
  }

  private static Matrix gradient(BilevelProblem problem, Passes passes, Matrix theta) {
    try (ImplicitSolution solution = problem.inner().solve(passes, theta)) {
      return problem.hypergradient(passes, solution).gradient();
    }
  }
}
