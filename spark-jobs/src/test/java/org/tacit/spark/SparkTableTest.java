package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

@ExtendWith(SparkExtension.class)
class SparkTableTest {
  private static final Rows ROWS = new Rows("train", TableOfNumbers.SCHEMA);
  private static final Var W = Var.input("w", Shape.of(TableOfNumbers.WIDTH, 1));
  private static final Matrix AT = Matrix.column(0.3, -0.2, 0.1, 0.5, -0.7);

  private final TableOfNumbers numbers = new TableOfNumbers(1);

  private static Program valueAndGradient() {
    Var f = ROWS.features().matmul(W).times(ROWS.label()).negate().softplus().meanRows();
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("f", f.node());
    outputs.put("g", Vjp.gradient(f, W).node());
    return Program.of(outputs);
  }

  private static Map<String, Matrix> evaluate(Table table) {
    return Passes.over("train", table).evaluate(valueAndGradient(), Map.of("w", AT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void sumsAreThoseOfAnInProcessTableBitForBit(int partitions, JavaSparkContext context) {
    try (Table table = numbers.onSpark(context, partitions)) {
      assertThat(evaluate(table)).isEqualTo(evaluate(numbers.inProcess(partitions)));
      assertThat(evaluate(table)).isEqualTo(evaluate(table));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void sumsHardlyDependOnPartitions(int partitions, JavaSparkContext context) {
    Map<String, Matrix> expected = evaluate(numbers.inProcess(3));
    try (Table table = numbers.onSpark(context, partitions)) {
      Map<String, Matrix> actual = evaluate(table);
      expected.forEach(
          (name, value) ->
              assertThat(actual.get(name).minus(value).norm() / value.norm())
                  .isCloseTo(0, within(1e-12)));
    }
  }

  @Test
  void makingATableIsOneJobAndAPassAnother(JavaSparkContext context, SparkJobs jobs) {
    Table table = jobs.assertPasses(1, () -> numbers.onSpark(context, 2));
    assertThat(table.rowCount()).isEqualTo(TableOfNumbers.ROWS);
    assertThat(table.partitions()).isEqualTo(2);
    Passes passes = Passes.over("train", table).within("outer 3").in("inner");
    SparkJobs.Tally tally = jobs.during(() -> passes.evaluate(valueAndGradient(), Map.of("w", AT)));
    assertThat(tally.jobs()).isEqualTo(1);
    assertThat(tally.tasks()).isEqualTo(2);
    assertThat(tally.descriptions()).containsExactly("outer 3, inner 1");
    table.close();
  }

  @Test
  void theCallersJobDescriptionComesBack(JavaSparkContext context) {
    context.setLocalProperty("spark.job.description", "mine");
    try (Table table = numbers.onSpark(context, 1)) {
      evaluate(table);
      assertThat(context.getLocalProperty("spark.job.description")).isEqualTo("mine");
    } finally {
      context.setLocalProperty("spark.job.description", null);
    }
  }

  @Test
  void manyInstancesAreOneJob(JavaSparkContext context, SparkJobs jobs) {
    List<Map<String, Matrix>> instances = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      instances.add(Map.of("w", AT.times(0.1 * k)));
    }
    Program program = valueAndGradient();
    try (Table table = numbers.onSpark(context, 2)) {
      Passes passes = Passes.over("train", table);
      var onSpark = jobs.assertPasses(1, () -> passes.evaluate(program, instances));
      assertThat(onSpark)
          .isEqualTo(Passes.over("train", numbers.inProcess(2)).evaluate(program, instances));
    }
  }

  /** The copy keeps the partitions, so that sums over it are the same bits. */
  @Test
  void rowsComeToTheDriverOnce(JavaSparkContext context, SparkJobs jobs) {
    try (Table table = numbers.onSpark(context, 2)) {
      Passes passes = Passes.over("train", table);
      Table copy = jobs.assertPasses(1, () -> passes.onDriver("train").orElseThrow());
      assertThat(jobs.during(() -> passes.onDriver("train")).jobs()).isZero();
      assertThat(passes.ledger().total()).isEqualTo(1);
      assertThat(evaluate(copy)).isEqualTo(evaluate(table));
    }
  }

  @Test
  void aNaNIsTracedToPrimitivePartitionAndRow(JavaSparkContext context) {
    int row = 150;
    Program logs = Program.of("sum", ROWS.features().log().sum().node());
    TableOfNumbers positive = new TableOfNumbers(1);
    try (Table table = positive.onSpark(context, 2)) {
      for (int again = 0; again < 10; again++) {
        assertThatThrownBy(() -> Passes.over("train", table).evaluate(logs, Map.of()))
            .isInstanceOf(NotANumberException.class)
            .hasMessageContaining("NaN from log in partition 0");
      }
    }
    Program squares = Program.of("sum", ROWS.features().square().sum().node());
    try (Table table = numbers.with(row, Double.NaN).onSpark(context, 2)) {
      assertThatThrownBy(() -> Passes.over("train", table).evaluate(squares, Map.of()))
          .isInstanceOf(NotANumberException.class)
          .hasMessageContaining("NaN from square in partition 1, near row " + (row - 105));
    }
  }

  @Test
  void infinityIsAValue(JavaSparkContext context) {
    Program squares = Program.of("sum", ROWS.features().square().sum().node());
    try (Table table = numbers.with(3, Double.POSITIVE_INFINITY).onSpark(context, 2)) {
      assertThat(Passes.over("train", table).evaluate(squares, Map.of()).get("sum").value())
          .isEqualTo(Double.POSITIVE_INFINITY);
    }
  }

  @Test
  void aBadKeyIsReportedAsTheProgramWouldInProcess(JavaSparkContext context) {
    Var key = ROWS.column("group");
    Program sums = Program.of("sums", ROWS.label().sumByKey(key, 2).node());
    try (Table table = numbers.onSpark(context, 2)) {
      assertThatThrownBy(() -> Passes.over("train", table).evaluate(sums, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("Invalid key: 2.0 in row \\d+ .must be an integer >= 0 and < 2.");
    }
  }

  @Test
  void blocksAreHeldAgainstTheSchema(JavaSparkContext context) {
    Schema other =
        Schema.of(
            new Schema.Field("features", 4, Storage.DENSE),
            new Schema.Field("label", 1, Storage.DENSE));
    assertThatThrownBy(() -> SparkTable.of(other, numbers.rdd(context, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Invalid block in partition [01]: column features is 5 DENSE"
                + " \\(must be 4 DENSE as the schema says\\)");
  }

  @Test
  void aTableWithoutRowsHasZeroSums(JavaSparkContext context) {
    Program sum = Program.of("sum", ROWS.label().sum().node());
    var none = context.<Block>parallelize(List.of(), 3);
    try (Table table = SparkTable.of(TableOfNumbers.SCHEMA, none)) {
      assertThat(table.rowCount()).isZero();
      assertThat(Passes.over("train", table).evaluate(sum, Map.of()).get("sum").value()).isZero();
    }
  }

  @Test
  void aClosedTableSaysSo(JavaSparkContext context) {
    Table table = numbers.onSpark(context, 1);
    table.close();
    table.close();
    assertThatThrownBy(() -> evaluate(table))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Closed table: [features, label, group] (must be open)");
  }

  @Test
  void anRddThatIsPersistedAlreadyStaysSo(JavaSparkContext context) {
    var rdd = numbers.rdd(context, 2).cache();
    SparkTable.of(TableOfNumbers.SCHEMA, rdd).close();
    assertThat(rdd.getStorageLevel().useMemory()).isTrue();
    rdd.unpersist();
  }

  @Test
  void largeInputsAndLargeSumsGiveTheSameBits(JavaSparkContext context, SparkJobs jobs) {
    int width = 20_000;
    Var big = Var.input("big", Shape.of(TableOfNumbers.WIDTH, width));
    Program program = Program.of("sum", ROWS.features().matmul(big).tanh().sumRows().node());
    Matrix value = Matrix.filled(TableOfNumbers.WIDTH, width, 0.25);
    try (Table table = numbers.onSpark(context, 7)) {
      Passes passes = Passes.over("train", table);
      var onSpark = jobs.assertPasses(1, () -> passes.evaluate(program, Map.of("big", value)));
      assertThat(onSpark)
          .isEqualTo(
              Passes.over("train", numbers.inProcess(7)).evaluate(program, Map.of("big", value)));
    }
  }

  @Test
  void rowValuesStandBesideTheTablesColumns(JavaSparkContext context, SparkJobs jobs) {
    Program margins = Program.of("margin", ROWS.features().matmul(W).node());
    Var margin = Var.input("margin", Shape.rowsOf("train", 1));
    Program dot = Program.of("dot", margin.times(ROWS.label()).sum().node());
    Passes here = Passes.over("train", numbers.inProcess(2));
    Passes kept = here.with("margin", here.keep(margins, Map.of("w", AT)).get("margin"));
    try (Table table = numbers.onSpark(context, 2)) {
      Passes passes = Passes.over("train", table);
      try (RowValues values =
          jobs.assertPasses(1, () -> passes.keep(margins, Map.of("w", AT)).get("margin"))) {
        Passes there = passes.with("margin", values);
        assertThat(jobs.assertPasses(1, () -> there.evaluate(dot, Map.of())))
            .isEqualTo(kept.evaluate(dot, Map.of()));
      }
    }
  }

  @Test
  void columnsOfAnotherHeightAreRefused() {
    assertThatThrownBy(
            () ->
                new Block(2, Column.dense(2, 1, new double[2]))
                    .with(new Block(3, Column.dense(3, 1, new double[3]))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
