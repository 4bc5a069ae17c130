package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** How passes over tables of any engine add up, and how many there are. */
public interface PassLaws {
  TableFactory tables();

  private Table table(int rows, int partitions) {
    return tables().of(GroupedLogistic.SCHEMA, GroupedLogistic.data(rows), partitions);
  }

  @Test
  default void resultsAreThoseOfOtherPartitions() {
    GroupedLogistic model = new GroupedLogistic();
    for (int rows : new int[] {1, 5, 2100}) {
      Map<String, Matrix> due = null;
      for (int partitions : new int[] {1, 2, 7}) {
        try (Table table = table(rows, partitions)) {
          var results = model.everything(Passes.over("t", table));
          if (due != null) {
            assertClose(results, due);
          }
          due = results;
        }
      }
    }
  }

  @Test
  default void resultsAreThoseOfTheInProcessTableToTheBit() {
    GroupedLogistic model = new GroupedLogistic();
    Matrix data = GroupedLogistic.data(2100);
    for (int partitions : new int[] {1, 2, 7}) {
      try (Table table = tables().of(GroupedLogistic.SCHEMA, data, partitions)) {
        Table here = TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, data, partitions);
        assertThat(model.everything(Passes.over("t", table)))
            .isEqualTo(model.everything(Passes.over("t", here)));
      }
    }
  }

  @Test
  default void resultsAreTheSameToTheBitWhenRunAgain() {
    GroupedLogistic model = new GroupedLogistic();
    try (Table table = table(2100, 7)) {
      var first = model.everything(Passes.over("t", table));
      for (int again = 0; again < 5; again++) {
        assertThat(model.everything(Passes.over("t", table))).isEqualTo(first);
      }
    }
  }

  @Test
  default void valueAndGradientAreOnePassAndAHessianProductIsOne() {
    GroupedLogistic model = new GroupedLogistic();
    try (Table table = table(100, 2)) {
      Passes passes = Passes.over("t", table);
      passes.in("f").evaluate(model.valueAndGradient(), GroupedLogistic.point(1));
      passes.in("Hv").evaluate(model.hessianProduct(), GroupedLogistic.point(1));
      assertThat(passes.ledger().passes()).isEqualTo(Map.of("totals", 1L, "f", 1L, "Hv", 1L));
      assertThat(passes.ledger().seconds()).containsKeys("totals", "f", "Hv");
      assertThat(passes.ledger().total()).isEqualTo(3);
    }
  }

  @Test
  default void twentyInstancesAreOnePass() {
    GroupedLogistic model = new GroupedLogistic();
    try (Table table = table(2100, 3)) {
      Passes passes = Passes.over("t", table);
      for (Program program : List.of(model.valueAndGradient(), model.hessianProduct())) {
        var points = IntStream.range(0, 20).mapToObj(GroupedLogistic::point).toList();
        var before = passes.ledger().of("together");
        var together = passes.in("together").evaluate(program, points);
        assertThat(passes.ledger().of("together")).isEqualTo(before + 1);
        for (int k = 0; k < 20; k++) {
          assertClose(together.get(k), passes.evaluate(program, points.get(k)));
        }
      }
    }
  }

  @Test
  default void aPassIsTakenForEachDepthOfSumsAndEachTable() {
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    Var centred = rows.features().minus(rows.features().meanRows());
    Program variance = Program.of("y", centred.square().meanRows().node());
    Var other = Var.column("s", "weight", 1).sum();
    Map<String, Node> both = new LinkedHashMap<>();
    both.put("here", rows.weight().sum().plus(other).node());
    both.put("there", other.square().node());
    try (Table t = table(100, 2);
        Table s = table(50, 1)) {
      Passes passes = Passes.over(Map.of("t", t, "s", s));
      passes.in("two depths").evaluate(variance, Map.of());
      passes.in("two tables").evaluate(Program.of(both), Map.of());
      assertThat(passes.ledger().of("two depths")).isEqualTo(2);
      assertThat(passes.ledger().of("two tables")).isEqualTo(2);
    }
  }

  @Test
  default void noPassIsTakenWhereNoRowIsRead() {
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    Var w = Var.input("w", Shape.of(6, 1));
    Program program = Program.of("y", w.square().sum().divide(rows.count()).node());
    try (Table table = table(100, 2)) {
      Passes passes = Passes.over("t", table);
      assertThat(passes.evaluate(program, Map.of("w", Matrix.filled(6, 1, 10))).get("y").value())
          .isEqualTo(6);
      assertThat(passes.evaluate(program, List.of())).isEmpty();
      assertThat(passes.ledger().total()).isZero();
    }
  }

  @Test
  default void aTableWithoutRowsSumsToZero() {
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    try (Table table = table(0, 2)) {
      Passes passes = Passes.over("t", table);
      assertThat(passes.evaluate(Program.of("y", rows.features().sumRows().node()), Map.of()))
          .containsEntry("y", Matrix.zeros(1, 6));
      assertThat(table.rowCount()).isZero();
    }
  }

  private static void assertClose(Map<String, Matrix> results, Map<String, Matrix> due) {
    due.forEach(
        (name, value) ->
            assertThat(results.get(name).minus(value).norm())
                .as(name)
                .isLessThanOrEqualTo(1e-12 * value.norm()));
  }
}
