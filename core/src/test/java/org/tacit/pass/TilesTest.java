package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.RoundTrip;

/** How the rows are cut below partitions, and in which order partitions run, changes nothing. */
class TilesTest {
  private static final Matrix DATA = GroupedLogistic.data(2100);

  private final GroupedLogistic model = new GroupedLogistic();

  @Test
  void resultsAreThoseOfOtherBlocks() {
    var due =
        model.everything(over(TableFactory.inProcess(5000).of(GroupedLogistic.SCHEMA, DATA, 1)));
    for (int blockRows : new int[] {1, 7, 8, 300, 1024, 1025}) {
      var table = TableFactory.inProcess(blockRows).of(GroupedLogistic.SCHEMA, DATA, 1);
      model
          .everything(over(table))
          .forEach(
              (name, value) ->
                  assertThat(value.minus(due.get(name)).norm())
                      .as("%s in blocks of %d", name, blockRows)
                      .isLessThanOrEqualTo(1e-12 * value.norm()));
    }
  }

  @Test
  void orderOfPartitionsDoesNotMatterToTheBit() {
    Table pool = TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, DATA, 7);
    Table backwards =
        new BackwardsTable(
            GroupedLogistic.SCHEMA, RowBlocks.of(GroupedLogistic.SCHEMA, DATA, 7, 300));
    assertThat(model.everything(over(pool))).isEqualTo(model.everything(over(backwards)));
  }

  private static Passes over(Table table) {
    return Passes.over("t", table);
  }

  @Test
  void severalTasksShareAPass() {
    Table table = TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, DATA, 2);
    List<PassTask> tasks = new ArrayList<>();
    Passes watched = Passes.over("t", new WatchedTable(table, tasks));
    var results = model.everything(watched);
    assertThat(tasks).hasSize(3);
    List<PassResult> together = table.run(tasks, List.of(), "together");
    for (int k = 0; k < tasks.size(); k++) {
      assertThat(together.get(k).sums())
          .isDeepEqualTo(table.run(List.of(tasks.get(k)), List.of(), "alone").get(0).sums());
    }
    assertThat(results).isEqualTo(model.everything(Passes.over("t", table)));
  }

  @Test
  void tasksTellTheirSizeOnTheWire() {
    List<PassTask> tasks = new ArrayList<>();
    Table table = TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, DATA, 2);
    Map<String, Matrix> point = GroupedLogistic.point(1);
    Passes passes = Passes.over("t", new WatchedTable(table, tasks));
    passes.evaluate(model.valueAndGradient(), point);
    PassTask task = tasks.get(tasks.size() - 1);
    assertThat(task.inputBytes()).isEqualTo(8 * (6 + 10 + 1));
    assertThat(RoundTrip.of(PassTask.class, task).inputs()).isDeepEqualTo(task.inputs());
    assertThat(RoundTrip.bytes(task.plan()).length).isLessThan(20_000);
  }
}
