package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** What a solve is relative to when it starts where another ended. */
class WarmStartTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 3, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static Var losses(Var w) {
    Rows rows = new Rows("train", SCHEMA);
    return rows.features().matmul(w).minus(rows.label()).square().meanRows();
  }

  /** exp(theta_0) mean loss + exp(theta_1) |w|^2 / 2. */
  private static Condition weighed() {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(3),
        Parameters.vector(2),
        (w, theta) -> {
          Var factors = theta.exp();
          Var ofLoss = factors.slice(Side.ROWS, 0, 1).times(losses(w));
          Var ofSquares = factors.slice(Side.ROWS, 1, 2).times(w.square().sum()).times(0.5);
          return ofLoss.plus(ofSquares).sum();
        });
  }

  /** F of both thetas is 1e-7 of what it was: a tolerance of then would ask for nothing. */
  @Test
  void weightsThatFallTogetherLeaveSolvesAsExact() {
    Condition condition = weighed();
    ImplicitFunction inner =
        ImplicitFunction.of(
            condition, Solver.automatic(), LinearSolver.auto(1e-10), Stopping.relative(1e-10, 500));
    BilevelProblem problem = BilevelProblem.of(inner, losses(condition.x()));
    try (Table table =
        TableFactory.inProcess(20).of(SCHEMA, RandomMatrix.normal(60, 4, new Random(3)), 2)) {
      Passes passes = Passes.over("train", table);
      OuterFunction function = OuterFunction.of(problem, passes);
      WarmStart left;
      double before;
      try (var first = function.converged(Matrix.column(0, -1), 1e-6, function.cold())) {
        before = first.value().orElseThrow();
        left = first.left().from(first.differentiated().orElseThrow().x());
      }
      long made = passes.ledger().total();
      Matrix far = Matrix.column(-16, -14);
      double warm;
      try (var next = function.converged(far, 1e-6, left)) {
        warm = next.value().orElseThrow();
      }
      assertThat(passes.ledger().total()).isGreaterThan(made + 1);
      try (var cold = function.converged(far, 1e-6, function.cold())) {
        double due = cold.value().orElseThrow();
        assertThat(warm).isCloseTo(due, within(1e-6 * due));
        assertThat(Math.abs(due - before)).isGreaterThan(5e-4 * due);
      }
    }
  }

  @Test
  void penaltiesAreApartFromRowsAndWeightsAreNot() {
    Condition ridge =
        Stationarity.ofStronglyConvex(
            Parameters.vector(3),
            Parameters.vector(1),
            (w, theta) -> losses(w).plus(theta.exp().times(w.square().sum())).sum());
    assertThat(ImplicitFunction.of(ridge, Solver.automatic()).isThetaApart()).isTrue();
    assertThat(ImplicitFunction.of(weighed(), Solver.automatic()).isThetaApart()).isFalse();
  }
}
