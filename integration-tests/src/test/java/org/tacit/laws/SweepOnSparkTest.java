package org.tacit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Rows;
import org.tacit.solver.Stopping;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkJobs;
import org.tacit.sweep.Candidates;
import org.tacit.sweep.Folds;
import org.tacit.sweep.Sweep;
import org.tacit.sweep.SweepResult;

/** A sweep on Spark takes a job a shared pass, and finds what it finds in process to the bit. */
@ExtendWith(SparkExtension.class)
class SweepOnSparkTest {
  private static final int N = 1500;
  private static final int P = 12;
  private static final int PARTITIONS = 3;
  private static final Schema SCHEMA =
      Schema.of(
          List.of(
              new Schema.Field(Rows.FEATURES, P, Storage.DENSE),
              new Schema.Field(Rows.LABEL, 1, Storage.DENSE),
              new Schema.Field("row", 1, Storage.KEY)));

  private final JavaSparkContext context;

  SweepOnSparkTest(JavaSparkContext context) {
    this.context = context;
  }

  private static Matrix rows() {
    Random random = new Random(23);
    double[] rows = new double[N * (P + 2)];
    for (int i = 0; i < N; i++) {
      double score = random.nextGaussian();
      for (int j = 0; j < P; j++) {
        double x = random.nextGaussian();
        rows[i * (P + 2) + j] = x;
        score += x * (j % 3 - 1);
      }
      rows[i * (P + 2) + P] = score > 0 ? 1 : -1;
      rows[i * (P + 2) + P + 1] = i;
    }
    return Matrix.adopting(N, P + 2, rows);
  }

  private static Sweep sweep(PenaltyKind penalty, double low, int candidates) {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(), Average.MEAN, true, penalty, PenaltyScope.ALL, List.of(), false);
    return Sweep.of(
        PenalisedModel.of(form, SCHEMA, 2),
        List.of(Loss.logistic()),
        Folds.byHash("row", 5, 4),
        Candidates.grid(List.of(Candidates.Range.linear(low, Math.log(0.1))), candidates));
  }

  private record Found(SweepResult result, long passes, int jobs) {}

  private Found onSpark(Sweep sweep) {
    try (Table table = new SparkTables(context).of(SCHEMA, rows(), PARTITIONS)) {
      assertThat(table.rowCount()).isEqualTo(N);
      Passes passes = Passes.over(Model.TRAIN, table);
      List<SweepResult> results = new ArrayList<>();
      int jobs = SparkJobs.of(context.sc()).during(() -> results.add(sweep.run(passes))).jobs();
      return new Found(results.get(0), passes.ledger().total(), jobs);
    }
  }

  private static SweepResult inProcess(Sweep sweep) {
    try (Table table = TableFactory.inProcess(300).of(SCHEMA, rows(), PARTITIONS)) {
      return sweep.run(Passes.over(Model.TRAIN, table));
    }
  }

  private static void assertSame(SweepResult is, SweepResult due) {
    assertThat(is.trials())
        .hasSameSizeAs(due.trials())
        .isNotEmpty()
        .allMatch(SweepResult.Trial::isUsable);
    for (int i = 0; i < due.trials().size(); i++) {
      SweepResult.Trial trial = is.trials().get(i);
      assertThat(trial.losses()).isEqualTo(due.trials().get(i).losses());
      assertThat(trial.fit().x()).isEqualTo(due.trials().get(i).fit().x());
    }
  }

  @Test
  void aHundredSmoothModelsTakeAJobAPass() {
    Sweep sweep = sweep(PenaltyKind.L2, Math.log(1e-4), 20).until(new Stopping(0, 1e-8, 200));
    Found found = onSpark(sweep);
    assertThat(found.jobs).isEqualTo((int) found.passes).isLessThanOrEqualTo(45);
    assertSame(found.result, inProcess(sweep));
  }

  @Test
  void aHundredSparseModelsTakeAsManyJobsAsTheSlowest() {
    Sweep sweep = sweep(PenaltyKind.L1, Math.log(1e-3), 20);
    Found found = onSpark(sweep);
    assertThat(found.jobs).isEqualTo((int) found.passes).isLessThanOrEqualTo(60);
    assertSame(found.result, inProcess(sweep));
  }
}
