package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkTable;

/**
 * Whole hypergradients: the same bits at equal partitioning on every engine, the same digits across
 * partitionings.
 */
@ExtendWith(SparkExtension.class)
class ReproducibilityTest {
  private static final int ROWS = 3_000;
  private static final int P = 8;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static List<List<Block>> partitions(int count, long seed) {
    Random random = new Random(seed);
    double[] x = new double[ROWS * P];
    Arrays.setAll(x, i -> random.nextGaussian());
    double[] y = new double[ROWS];
    Arrays.setAll(y, i -> Math.signum(x[i * P] - 0.5 * x[i * P + 1] + random.nextGaussian()));
    List<List<Block>> partitions = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      int from = ROWS * k / count;
      int to = ROWS * (k + 1) / count;
      double[] features = Arrays.copyOfRange(x, from * P, to * P);
      double[] labels = Arrays.copyOfRange(y, from, to);
      partitions.add(
          List.of(
              new Block(
                  to - from,
                  Column.dense(to - from, P, features),
                  Column.dense(to - from, 1, labels))));
    }
    return partitions;
  }

  private static Table onSpark(JavaSparkContext context, int count, long seed) {
    List<Block> blocks = partitions(count, seed).stream().map(run -> run.get(0)).toList();
    return SparkTable.of(SCHEMA, context.parallelize(blocks, count));
  }

  private static Matrix hypergradient(Table train, Table validation) {
    var form =
        new PenalisedModel.Form(
            LossKind.LOGISTIC.loss(),
            Average.MEAN,
            false,
            PenaltyKind.L2,
            PenaltyScope.FEATURE,
            List.of(),
            false);
    PenalisedModel model = PenalisedModel.of(form, SCHEMA, 1);
    Passes passes = Passes.over(Map.of("train", train, "validation", validation));
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            Minimiser.newtonPolished(),
            LinearSolver.auto(1e-14),
            Stopping.relative(1e-14, 200));
    BilevelProblem problem =
        BilevelProblem.of(inner, model.outer(LossKind.LOGISTIC.loss(), "validation"));
    try (ImplicitSolution solution = inner.solve(passes, Matrix.filled(P, 1, -3))) {
      return problem.hypergradient(passes, solution).gradient();
    } finally {
      train.close();
      validation.close();
    }
  }

  @Test
  void bitsAreTheSameAtEqualPartitioning(JavaSparkContext context) {
    Matrix first = hypergradient(onSpark(context, 5, 1), onSpark(context, 5, 2));
    Matrix second = hypergradient(onSpark(context, 5, 1), onSpark(context, 5, 2));
    Matrix inProcess =
        hypergradient(
            InProcessTable.of(SCHEMA, partitions(5, 1)),
            InProcessTable.of(SCHEMA, partitions(5, 2)));
    assertThat(second).isEqualTo(first);
    assertThat(inProcess).isEqualTo(first);
    assertThat(first.norm()).isGreaterThan(1e-5);
  }

  @Test
  void digitsAreTheSameAcrossPartitionings(JavaSparkContext context) {
    Matrix one = hypergradient(onSpark(context, 1, 1), onSpark(context, 1, 2));
    for (int count : List.of(2, 7)) {
      Matrix other = hypergradient(onSpark(context, count, 1), onSpark(context, count, 2));
      assertThat(other.minus(one).norm()).isLessThan(1e-12 * one.norm());
    }
  }
}
