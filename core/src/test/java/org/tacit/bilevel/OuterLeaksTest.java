package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.LinearOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.PassResult;
import org.tacit.pass.PassTask;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.pass.TableAround;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** What linearising keeps beside a table is let go of, however a step ends. */
class OuterLeaksTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 2, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final double[] X = {1, 0.5, -1, 0.3, 0.2, -0.4, 0.5, 1, -0.3, 0.9, 1.1, -0.7};
  private static final double[] Y = {1, -1, 1, -1, 1, 1};

  private final List<RowValues> all = new ArrayList<>();
  private final Table table =
      new Remembering(
          InProcessTable.of(SCHEMA, new Block(6, Column.dense(6, 2, X), Column.dense(6, 1, Y))));

  /** Remembers what is kept beside a table. */
  private final class Remembering implements TableAround {
    private final Table table;

    Remembering(Table table) {
      this.table = table;
    }

    @Override
    public Table table() {
      return table;
    }

    @Override
    public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
      List<PassResult> results = table.run(tasks, beside, description);
      results.forEach(result -> all.addAll(result.made()));
      return results;
    }
  }

  /** Throws at the {@code last} of its preparations. */
  private static final class Throwing implements LinearSolver {
    private final int last;
    private int prepared;

    Throwing(int last) {
      this.last = last;
    }

    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public PreparedSolver prepare(LinearOperator operator) {
      if (++prepared == last) {
        throw new IllegalStateException("no more preparations");
      }
      return LinearSolver.auto(1e-10).prepare(operator);
    }
  }

  private BilevelResult tuned(DoubleFunction<LinearSolver> linear) {
    Rows rows = new Rows("train", SCHEMA);
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(2),
            Parameters.vector(1),
            (w, theta) -> losses(rows, w).plus(theta.exp().times(w.square()).sum().times(0.5)));
    ImplicitFunction inner =
        ImplicitFunction.of(
            condition,
            Minimiser.newtonPolished(),
            linear.apply(1e-10),
            Stopping.relative(1e-10, 100));
    Var loss = losses(rows, condition.x()).plus(condition.x().square().sum().times(0.05));
    OuterFunction function =
        OuterFunction.of(BilevelProblem.of(inner, loss), linear, Passes.over("train", table))
            .within(Bounds.of(-10, 5));
    return OuterOptimiser.adaptiveGradient(new OuterStopping(1e-6, 20, 1e-10))
        .minimise(function, Matrix.scalar(1));
  }

  private static Var losses(Rows rows, Var w) {
    return rows.features().matmul(w).times(rows.label()).negate().softplus().meanRows();
  }

  @Test
  void nothingStaysOpenAfterARun() {
    assertThat(tuned(LinearSolver::auto).outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(all).isNotEmpty().noneMatch(table::holds);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothingStaysOpenWhenAStepThrows(int preparation) {
    Throwing solver = new Throwing(preparation);
    assertThatThrownBy(() -> tuned(tolerance -> solver)).hasMessage("no more preparations");
    assertThat(solver.prepared).isEqualTo(preparation);
    assertThat(all).isNotEmpty().noneMatch(table::holds);
  }
}
