package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.pass.PassPlan;
import org.tacit.pass.PassTask;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

@ExtendWith(SparkExtension.class)
class SharingTest {
  private static final Rows ROWS = new Rows("train", TableOfNumbers.SCHEMA);
  private static final int SMALL = 10;
  private static final int LARGE = 100_000;

  private final TableOfNumbers numbers = new TableOfNumbers(3);

  private static Program sumOfProduct(int width) {
    Var w = Var.input("w", Shape.of(TableOfNumbers.WIDTH, width));
    return Program.of("sum", ROWS.features().matmul(w).tanh().sum().node());
  }

  private static Map<String, Matrix> inputs(int width) {
    return Map.of("w", Matrix.filled(TableOfNumbers.WIDTH, width, 0.5));
  }

  private List<PassTask> tasks(int width) {
    return RecordedTasks.of(numbers.inProcess(1), sumOfProduct(width), inputs(width));
  }

  @Test
  void smallInputsTravelInTheClosure(JavaSparkContext context) {
    List<PassTask> small = tasks(SMALL);
    assertThat(SharedInputs.of(context, small)).isInstanceOf(SharedInputs.InClosure.class);
    List<PassTask> large = tasks(LARGE);
    SharedInputs broadcast = SharedInputs.of(context, large);
    assertThat(broadcast).isInstanceOf(SharedInputs.ByBroadcast.class);
    assertThat(broadcast.values()).isDeepEqualTo(new double[][][] {large.get(0).inputs()});
    broadcast.destroy();
  }

  @Test
  void broadcastsAreDestroyedAfterThePass(JavaSparkContext context, SparkJobs jobs) {
    long inputBytes = 8L * TableOfNumbers.WIDTH * LARGE;
    try (Table table = numbers.onSpark(context, 2)) {
      Passes passes = Passes.over("train", table);
      StoredBlocks stored = StoredBlocks.fromNow();
      SparkJobs.Tally tally =
          jobs.during(() -> passes.evaluate(sumOfProduct(LARGE), inputs(LARGE)));
      assertThat(tally.bytesBroadcast()).isPositive();
      assertThat(StoredBlocks.eventually(() -> stored.broadcastBytes() < inputBytes / 4)).isTrue();
    }
  }

  @Test
  void aPlanIsBroadcastOnce(JavaSparkContext context) {
    SharedPlans plans = new SharedPlans();
    List<PassTask> tasks = tasks(SMALL);
    plans.share(context, tasks);
    plans.share(context, tasks);
    assertThat(plans.entries()).hasSize(1);
    assertThat(SharedPlans.of(context)).isSameAs(SharedPlans.of(context));
    assertThat(tasks).hasSize(1);
  }

  /** To enqueue a reference is what the collector does with one to a plan that is gone. */
  @Test
  void aPlanThatNobodyCanRunIsDestroyed(JavaSparkContext context) {
    SharedPlans plans = new SharedPlans();
    StoredBlocks stored = StoredBlocks.fromNow();
    plans.share(context, tasks(SMALL));
    assertThat(stored.broadcastBytes()).isPositive();
    plans.entries().forEach(Reference::enqueue);
    assertThat(plans.entries()).isEmpty();
    assertThat(StoredBlocks.eventually(() -> stored.broadcastBytes() == 0)).isTrue();
  }

  /** A program that another table or another passes object runs has the plan that it had. */
  @Test
  void tablesOfOneContextShareThePlansOfAProgram(JavaSparkContext context, SparkJobs jobs) {
    Program program = sumOfProduct(SMALL);
    try (Table first = numbers.onSpark(context, 2);
        Table second = numbers.onSpark(context, 3)) {
      Passes.over("train", first).evaluate(program, inputs(SMALL));
      SparkJobs.Tally tally =
          jobs.during(() -> Passes.over("train", second).evaluate(program, inputs(SMALL)));
      assertThat(tally.jobs()).isEqualTo(1);
      assertThat(tally.broadcasts()).isEqualTo(tally.stages());
    }
  }

  /** The first of two plans is not read before the second one was. */
  @Test
  @Timeout(60)
  void aPlanIsDecodedWhileAnotherOneIs(JavaSparkContext context) throws InterruptedException {
    SharedPlan slow = SharedPlan.of(context, planOf(new ReadLate(1)));
    SharedPlan quick = SharedPlan.of(context, planOf(new ReadLate(0)));
    Thread first = new Thread(slow::plan);
    first.start();
    ReadLate.BEGUN.await();
    quick.plan();
    ReadLate.MAY_END.countDown();
    first.join();
    slow.destroy();
    quick.destroy();
  }

  private PassPlan planOf(Kernel kernel) {
    Node late = Node.of(kernel, List.of(ROWS.features().node()));
    Program program = Program.of("sum", Var.of(late).sum().node());
    return RecordedTasks.of(numbers.inProcess(1), program, Map.of()).get(0).plan();
  }

  /** A copy that takes its time to be read by another JVM. */
  record ReadLate(int waits) implements Kernel {
    static final CountDownLatch BEGUN = new CountDownLatch(1);
    static final CountDownLatch MAY_END = new CountDownLatch(1);

    @Override
    public String name() {
      return "late";
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public void evaluate(Operand[] inputs, Dense output) {
      inputs[0].copyTo(output);
    }

    private Object readResolve() throws InterruptedException {
      if (waits > 0) {
        BEGUN.countDown();
        MAY_END.await();
      }
      return this;
    }
  }

  @Test
  void aPlanIsDecodedOnce(JavaSparkContext context) {
    SharedPlan plan = SharedPlan.of(context, tasks(SMALL).get(0).plan());
    assertThat(RoundTrip.JAVA.of(plan).plan()).isSameAs(RoundTrip.JAVA.of(plan).plan());
    plan.destroy();
  }

  @Test
  void lostPartitionsAreReadAgain(JavaSparkContext context) {
    StoredBlocks stored = StoredBlocks.fromNow();
    try (Table table = numbers.onSpark(context, 3)) {
      Passes passes = Passes.over("train", table);
      var before = passes.evaluate(sumOfProduct(SMALL), inputs(SMALL));
      assertThat(stored.cachedPartitions()).isEqualTo(3);
      stored.loseCachedPartitions();
      assertThat(stored.cachedPartitions()).isZero();
      assertThat(passes.evaluate(sumOfProduct(SMALL), inputs(SMALL))).isEqualTo(before);
      assertThat(stored.cachedPartitions()).isEqualTo(3);
    }
  }

  @Test
  void lostRowValuesAreComputedAgainUntilTheyAreClosed(JavaSparkContext context) {
    Var w = Var.input("w", Shape.of(TableOfNumbers.WIDTH, LARGE));
    Program program = Program.of("kept", ROWS.features().matmul(w).sumCols().node());
    StoredBlocks stored = StoredBlocks.fromNow();
    try (Table table = numbers.onSpark(context, 2)) {
      Passes passes = Passes.over("train", table);
      RowValues kept = passes.keep(program, inputs(LARGE)).get("kept");
      Passes there = passes.with("kept", kept);
      Var read = Var.input("kept", Shape.rowsOf("train", 1));
      Program sum = Program.of("sum", read.sum().node());
      var before = there.evaluate(sum, Map.of());
      assertThat(stored.cachedPartitions()).isEqualTo(4);
      stored.loseCachedPartitions();
      System.gc();
      assertThat(there.evaluate(sum, Map.of())).isEqualTo(before);
      kept.close();
      assertThat(StoredBlocks.eventually(() -> stored.cachedPartitions() == 2)).isTrue();
    }
  }

  /** What was made in one pass is let go of with the last of it. */
  @Test
  void rowValuesOfOnePassAreLetGoTogether(JavaSparkContext context) {
    Var label = ROWS.label();
    Program program = Program.of(Map.of("one", label.exp().node(), "other", label.square().node()));
    try (Table table = numbers.onSpark(context, 2)) {
      StoredBlocks stored = StoredBlocks.fromNow();
      Map<String, RowValues> kept = Passes.over("train", table).keep(program, Map.of());
      kept.get("one").close();
      assertThat(table.holds(kept.get("one"))).isFalse();
      assertThat(stored.cachedPartitions()).isEqualTo(2);
      kept.get("other").close();
      assertThat(StoredBlocks.eventually(() -> stored.cachedPartitions() == 0)).isTrue();
    }
  }

  @Test
  void closingATableFreesItsPartitions(JavaSparkContext context) {
    StoredBlocks stored = StoredBlocks.fromNow();
    Table table = numbers.onSpark(context, 4);
    Passes.over("train", table).evaluate(sumOfProduct(SMALL), inputs(SMALL));
    assertThat(stored.cachedPartitions()).isEqualTo(4);
    table.close();
    assertThat(StoredBlocks.eventually(() -> stored.cachedPartitions() == 0)).isTrue();
  }
}
