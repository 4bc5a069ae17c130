package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Plans are made once a program; what depends on data alone is computed once a table. */
class PlansTest {
  private static final Matrix DATA = GroupedLogistic.data(700);

  private final GroupedLogistic model = new GroupedLogistic();
  private final Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
  private final Var w = Var.input("w", Shape.of(6, 1));
  private final Table table = TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, DATA, 2);
  private final List<PassTask> tasks = new ArrayList<>();

  private Passes watched() {
    return Passes.over("t", new WatchedTable(table, tasks));
  }

  private static List<Map<String, Matrix>> points(int count) {
    return IntStream.range(0, count).mapToObj(GroupedLogistic::point).toList();
  }

  private PassTask last() {
    return tasks.get(tasks.size() - 1);
  }

  @Test
  void anyNumberOfInstancesHasTheSamePlan() {
    Program program = model.valueAndGradient();
    Passes passes = watched();
    passes.evaluate(program, points(20));
    PassTask twenty = last();
    passes.evaluate(program, points(3));
    assertThat(last().plan()).isSameAs(twenty.plan());
    assertThat(last().groups()).isEqualTo(3);
    assertThat(twenty.groups()).isEqualTo(20);
    passes.evaluate(program, points(1));
    PassTask one = last();
    watched().evaluate(program, points(1));
    assertThat(last().plan()).isSameAs(one.plan());
  }

  /** What instances differ in is not negated; what they share is, to the same numbers. */
  @Test
  void signsOfWideProductsAreThoseOfWhatInstancesShare() {
    Var margins = rows.features().matmul(w).times(rows.label());
    Var slopes = margins.negate().sigmoid().negate().times(rows.label());
    Program program =
        Program.of(
            Map.of(
                "sum", margins.negate().square().sum().node(),
                "gradient", rows.features().transpose().matmul(slopes).node()));
    Passes passes = watched();
    List<Map<String, Matrix>> at =
        IntStream.range(0, 40).mapToObj(k -> Map.of("w", Matrix.filled(6, 1, 0.1 * k))).toList();
    List<Map<String, Matrix>> together = passes.evaluate(program, at);
    PassPlan plan = last().plan();
    for (PassPlan.Step step : plan.steps()) {
      boolean isWide = plan.slots()[step.out()].isGrouped();
      assertThat(isWide && step.kernel().name().equals("negate")).isFalse();
    }
    for (int k = 0; k < at.size(); k++) {
      Map<String, Matrix> alone = passes.evaluate(program, at.get(k));
      for (String name : program.outputNames()) {
        Matrix difference = together.get(k).get(name).minus(alone.get(name));
        assertThat(difference.norm()).isLessThanOrEqualTo(1e-13 * alone.get(name).norm());
      }
    }
  }

  @Test
  void tasksOfOtherWidthsGiveTogetherWhatTheyGiveAlone() {
    Passes passes = watched();
    passes.evaluate(model.valueAndGradient(), points(90));
    PassTask wide = last();
    passes.evaluate(model.valueAndGradient(), points(1));
    PassTask narrow = last();
    List<PassResult> together = table.run(List.of(narrow, wide), List.of(), "together");
    assertThat(together.get(0).sums())
        .isDeepEqualTo(table.run(List.of(narrow), List.of(), "narrow").get(0).sums());
    assertThat(together.get(1).sums())
        .isDeepEqualTo(table.run(List.of(wide), List.of(), "wide").get(0).sums());
  }

  /** 2 w' X'1 + |X|^2 is one pass, and then one without the sum of squares in it. */
  @Test
  void sumsOfDataAloneAreTakenOnceATable() {
    Var squares = rows.features().square().sum();
    Program program =
        Program.of("y", rows.features().matmul(w).sum().times(2).plus(squares).node());
    Passes passes = watched();
    Map<String, Matrix> at = Map.of("w", Matrix.filled(6, 1, 0.5));
    Matrix first = passes.evaluate(program, at).get("y");
    assertThat(tasks).hasSize(2);
    assertThat(passes.ledger().total()).isEqualTo(1);
    assertThat(passes.evaluate(program, at).get("y")).isEqualTo(first);
    assertThat(tasks).hasSize(3);
    Map<String, Matrix> alone = passes.evaluate(Program.of("squares", squares.node()), Map.of());
    assertThat(passes.ledger().total()).isEqualTo(2);
    double due = 0;
    for (int i = 0; i < DATA.rows(); i++) {
      for (int j = 0; j < 6; j++) {
        due += DATA.at(i, j) * DATA.at(i, j);
      }
    }
    assertThat(alone.get("squares").value() / due - 1).isBetween(-1e-12, 1e-12);
    passes.with("t", table).evaluate(program, at);
    assertThat(passes.ledger().total()).isEqualTo(3);
  }

  @Test
  void sumsOfAnotherTableAreOthers() {
    Program program = Program.of("y", rows.features().square().sum().node());
    Table fewer =
        TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, GroupedLogistic.data(20), 1);
    Passes passes = watched();
    Matrix all = passes.evaluate(program, Map.of()).get("y");
    Matrix few = passes.with("t", fewer).evaluate(program, Map.of()).get("y");
    assertThat(few.value()).isLessThan(all.value());
    assertThat(passes.evaluate(program, Map.of()).get("y")).isEqualTo(all);
  }

  @Test
  void valuesAreLetGoAfterTheirLastUse() {
    Var a = w.exp();
    Var b = a.square();
    Var c = b.sum();
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("c", c.node());
    outputs.put("margin", rows.features().matmul(b).sum().node());
    Schedule schedule = Schedule.of(Program.of(outputs));
    List<List<Node>> letGo =
        IntStream.range(0, schedule.steps().size()).mapToObj(schedule::lastUsed).toList();
    assertThat(letGo.stream().flatMap(List::stream)).contains(w.node(), a.node(), b.node());
    assertThat(letGo.get(schedule.steps().indexOf(new Schedule.OnDriver(a.node(), a.node()))))
        .containsExactly(w.node());
    assertThat(letGo.get(schedule.steps().indexOf(new Schedule.OnDriver(b.node(), b.node()))))
        .containsExactly(a.node());
    assertThat(letGo.get(letGo.size() - 1)).containsExactly(b.node());
  }

  /**
   * Each pass begins when both have come to theirs: a lock held by one would keep out the other.
   */
  @Test
  @Timeout(60)
  void twoThreadsTakeTotalsSideBySide() throws InterruptedException {
    CyclicBarrier both = new CyclicBarrier(2);
    Passes passes = Passes.over("t", new MeetingTable(table, both));
    Program mean =
        Program.of("y", rows.weight().times(w.sum()).sum().divide(rows.total("weight")).node());
    List<Matrix> values = new ArrayList<>();
    Runnable run =
        () -> {
          Matrix y = passes.evaluate(mean, Map.of("w", Matrix.filled(6, 1, 1))).get("y");
          synchronized (values) {
            values.add(y);
          }
        };
    Thread other = new Thread(run);
    other.start();
    run.run();
    other.join();
    assertThat(values).hasSize(2).allSatisfy(y -> assertThat(y.value()).isBetween(5.999, 6.001));
  }
}
