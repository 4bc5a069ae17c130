package org.tacit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.solver.Minimiser;
import org.tacit.solver.SolverLaws;
import org.tacit.solver.StochasticStep;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkExtension;

@ExtendWith(SparkExtension.class)
class SolverLawsOnSparkTest implements SolverLaws {
  private static final Schema FEW =
      Schema.of(
          new Schema.Field("features", 3, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private final JavaSparkContext context;

  SolverLawsOnSparkTest(JavaSparkContext context) {
    this.context = context;
  }

  @Override
  public TableFactory tables() {
    return new SparkTables(context, 20);
  }

  @Override
  public Coverage coverage() {
    return Coverage.ROTATED;
  }

  @Test
  void batchesAndTheirStepsAreThoseInProcess() {
    Matrix rows = RandomMatrix.normal(2000, 4, new Random(17));
    try (Table there = new SparkTables(context).of(FEW, rows, 2)) {
      Table here = TableFactory.inProcess(300).of(FEW, rows, 2);
      List<Table> batches = there.batches(3, 4);
      assertThat(batches.stream().map(Table::rowCount))
          .isEqualTo(here.batches(3, 4).stream().map(Table::rowCount).toList());
      Solution onSpark = svrg(there);
      assertThat(onSpark.outcome().isConverged()).isTrue();
      assertThat(onSpark.value()).isEqualTo(svrg(here).value());
    }
  }

  private static Solution svrg(Table table) {
    Rows rows = new Rows("few", FEW);
    Condition ridge =
        Stationarity.ofStronglyConvex(
            Parameters.vector(3),
            Parameters.vector(1),
            (w, t) ->
                rows.features()
                    .matmul(w)
                    .minus(rows.label())
                    .square()
                    .meanRows()
                    .plus(w.square().sum().times(t)));
    return Minimiser.stochasticGradient(StochasticStep.svrg(0.1), 3, 4)
        .solve(
            ReadyCondition.of(ridge).at(Passes.over("few", table), Matrix.scalar(0.1)),
            Matrix.zeros(3, 1),
            Stopping.relative(1e-6, 40));
  }
}
