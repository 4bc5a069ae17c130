package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/** Products with the same rows are one in the plan of a pass, and are what they would be alone. */
class JoinedProductsTest {
  private static final int WIDTH = 23;
  private static final int ROWS = 700;
  private static final String DIFFERENCE = "difference";

  private final List<PassTask> tasks = new ArrayList<>();

  private static Schema schema(Storage storage) {
    return Schema.of(
        new Schema.Field(Rows.FEATURES, WIDTH, storage),
        new Schema.Field(Rows.LABEL, 1, Storage.DENSE));
  }

  private Passes passes(Storage storage) {
    Random random = new Random(5);
    Matrix data =
        Matrix.tabulate(
            ROWS,
            WIDTH + 1,
            (i, j) -> random.nextInt(4) == 0 || j == WIDTH ? random.nextGaussian() : 0);
    Table table = TableFactory.inProcess(256).of(schema(storage), data, 2);
    return Passes.over("t", new WatchedTable(table, tasks));
  }

  private static Var symbol(int k) {
    return Var.input("v" + k, Shape.of(WIDTH, 1));
  }

  private static Map<String, Matrix> point(int count) {
    Random random = new Random(count);
    Map<String, Matrix> point = new HashMap<>();
    for (String name : List.of("v", "d")) {
      for (int k = 0; k < count; k++) {
        point.put(name + k, Matrix.column(random.doubles(WIDTH, -1, 1).toArray()));
      }
    }
    return point;
  }

  /** sum_i c_k softplus(y_i x_i'v_k), another for each k. */
  private static Var loss(Storage storage, int k) {
    Rows rows = new Rows("t", schema(storage));
    return rows.features().matmul(symbol(k)).times(rows.label()).softplus().sum().times(k + 1);
  }

  /** Value, gradient and Hessian product in v_k. */
  private static Map<String, Node> outputs(Storage storage, int k) {
    Var gradient = Vjp.gradient(loss(storage, k), symbol(k));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("f" + k, loss(storage, k).node());
    outputs.put("g" + k, gradient.node());
    Var direction = Var.input("d" + k, Shape.of(WIDTH, 1));
    outputs.put("h" + k, Jvp.of(gradient, symbol(k), direction).node());
    return outputs;
  }

  private static Program together(Storage storage, int count) {
    Map<String, Node> all = new LinkedHashMap<>();
    IntStream.range(0, count).forEach(k -> all.putAll(outputs(storage, k)));
    return Program.of(all);
  }

  private static long steps(PassTask task, String kernel) {
    return Arrays.stream(task.plan().steps())
        .filter(step -> step.kernel().name().equals(kernel))
        .count();
  }

  private static void assertClose(Map<String, Matrix> found, Map<String, Matrix> due) {
    due.forEach(
        (name, value) ->
            assertThat(found.get(name).minus(value).norm())
                .describedAs(name)
                .isLessThan(1e-12 * value.norm()));
  }

  /** X [v_0 ... d_4] and X' [r_0 ... s_4], after differentiation as before. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR", "FLOAT"})
  void productsWithTheSameRowsAreOne(Storage storage) {
    Passes passes = passes(storage);
    Map<String, Matrix> found = passes.evaluate(together(storage, 5), point(5));
    assertThat(tasks).hasSize(1);
    assertThat(steps(tasks.get(0), "matmul")).isEqualTo(1);
    assertThat(steps(tasks.get(0), "matmul'")).isEqualTo(1);
    Map<String, Matrix> due = new LinkedHashMap<>();
    for (int k = 0; k < 5; k++) {
      due.putAll(passes.evaluate(Program.of(outputs(storage, k)), point(5)));
      assertThat(steps(tasks.get(tasks.size() - 1), "matmul'")).isEqualTo(2);
    }
    assertThat(found.keySet()).isEqualTo(due.keySet());
    assertClose(found, due);
  }

  /** A sum that is told of alone is the one that it was told of with others: it is recalled. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR"})
  void sumsAreRecalledOneByOne(Storage storage) {
    Passes passes = passes(storage).recalling();
    Map<String, Matrix> point = point(5);
    Map<String, Matrix> all = passes.evaluate(together(storage, 5), point);
    Program one = Program.of(outputs(storage, 3));
    assertThat(passes.evaluate(one, point).get("h3")).isEqualTo(all.get("h3"));
    assertThat(passes.ledger().total()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR"})
  void ofSeveralInstancesEachIsAsAlone(Storage storage) {
    Passes passes = passes(storage);
    Map<String, Matrix> other = new HashMap<>(point(5));
    other.put("v1", other.get("v2").times(2));
    other.put("d1", other.get("d2").times(3));
    List<Map<String, Matrix>> found =
        passes.evaluate(together(storage, 5), List.of(point(5), other));
    assertClose(found.get(0), passes.evaluate(together(storage, 5), point(5)));
    assertClose(found.get(1), passes.evaluate(together(storage, 5), other));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR"})
  void rowValuesAreOnesOfTheirOwn(Storage storage) {
    Passes passes = passes(storage);
    Rows rows = new Rows("t", schema(storage));
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int k = 0; k < 4; k++) {
      outputs.put("m" + k, rows.features().matmul(symbol(k)).node());
    }
    Map<String, RowValues> kept = passes.keep(Program.of(outputs), point(4));
    assertThat(steps(tasks.get(0), "matmul")).isEqualTo(1);
    for (int k = 0; k < 4; k++) {
      Var beside = Var.of(Node.of(kept()));
      Var again = rows.features().matmul(symbol(k));
      Program difference =
          Program.of(
              DIFFERENCE,
              again.minus(beside).square().sum().node(),
              "size",
              again.square().sum().node());
      Map<String, Matrix> at =
          passes.with("kept", kept.get("m" + k)).evaluate(difference, point(4));
      assertThat(at.get(DIFFERENCE).value()).isLessThan(1e-24 * at.get("size").value());
    }
    kept.values().forEach(RowValues::close);
  }

  private static Source kept() {
    return new Source.Input("kept", new Shape(Axis.rowsOf("t"), Axis.of(1)));
  }

  /** X [v_0 v_1 v_2] beside its parts: what stands for them would be one and the same. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR"})
  void productsThatAreWrittenBothWaysAreEachThere(Storage storage) {
    Passes passes = passes(storage);
    Var x = new Rows("t", schema(storage)).features();
    Var whole = x.matmul(Var.concatenate(Side.COLS, List.of(symbol(0), symbol(1), symbol(2))));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("part", whole.slice(Side.COLS, 0, 1).square().sum().node());
    List<Var> sums = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      outputs.put("alone" + k, x.matmul(symbol(k)).square().sum().node());
      sums.add(x.matmul(symbol(k)).exp());
      outputs.put("sum" + k, x.transpose().matmul(sums.get(k)).node());
    }
    outputs.put("sums", x.transpose().matmul(Var.concatenate(Side.COLS, sums)).node());
    Map<String, Matrix> found = passes.evaluate(Program.of(outputs), point(3));
    Map<String, Matrix> due = new LinkedHashMap<>();
    outputs.forEach((name, node) -> due.putAll(passes.evaluate(Program.of(name, node), point(3))));
    assertThat(due.get("part").value()).isPositive();
    assertClose(found, due);
  }

  /** Of two products each is as in a program of its own, to the last bit. */
  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR"})
  void twoStayAsTheyAre(Storage storage) {
    Passes passes = passes(storage);
    Map<String, Node> both = new LinkedHashMap<>();
    both.put("f0", loss(storage, 0).node());
    both.put("f1", loss(storage, 1).node());
    Map<String, Matrix> found = passes.evaluate(Program.of(both), point(2));
    assertThat(steps(tasks.get(0), "matmul")).isEqualTo(2);
    for (String name : List.of("f0", "f1")) {
      Program alone = Program.of(name, both.get(name));
      assertThat(found.get(name)).isEqualTo(passes.evaluate(alone, point(2)).get(name));
    }
  }
}
