package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Row values held beside a table are those that a program would compute again. */
public interface RowValuesLaws {
  Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 4, Storage.DENSE),
          new Schema.Field("weight", 1, Storage.DENSE));

  TableFactory tables();

  private static Matrix data() {
    return Matrix.adopting(1300, 5, new Random(5).doubles(6500, 0.5, 1.5).toArray());
  }

  private Passes passes() {
    return Passes.over("t", tables().of(SCHEMA, data(), 3));
  }

  private static Matrix point() {
    return Matrix.column(0.1, -0.2, 0.3, 0.4);
  }

  private static Matrix sum(Passes passes, Var x) {
    return passes.in("sum").evaluate(Program.of("sum", x.sumRows().node()), Map.of()).get("sum");
  }

  private static Var input(String name, int width) {
    return Var.input(name, Shape.rowsOf("t", width));
  }

  private static void assertClose(Matrix is, Matrix due) {
    assertThat(is.minus(due).norm()).isLessThanOrEqualTo(1e-13 * due.norm());
  }

  @Test
  default void keptValuesAreThoseComputedAgain() {
    Rows rows = new Rows("t", SCHEMA);
    Var w = Var.input("w", Shape.of(4, 1));
    Var margin = rows.features().matmul(w);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("margin", margin.node());
    outputs.put("slopes", margin.sigmoid().times(rows.features()).node());
    Passes passes = passes();
    Map<String, RowValues> kept = passes.in("keep").keep(Program.of(outputs), Map.of("w", point()));
    assertThat(passes.ledger().of("keep")).isEqualTo(1);
    Passes there = passes.with("margin", kept.get("margin")).with("slopes", kept.get("slopes"));
    Var here = input("slopes", 4).times(input("margin", 1));
    Var again = margin.sigmoid().times(rows.features()).times(margin).sumRows();
    Matrix due = passes.evaluate(Program.of("y", again.node()), Map.of("w", point())).get("y");
    assertClose(sum(there, here), due);
    assertThat(passes.ledger().of("sum")).isEqualTo(1);
    assertThat(kept.get("slopes").width()).isEqualTo(4);
    assertThat(kept.get("slopes").groups()).isEqualTo(1);
    assertThat(passes.table("t").schema()).isEqualTo(SCHEMA);
    kept.get("margin").close();
    assertClose(
        sum(there, input("slopes", 4)),
        passes
            .evaluate(
                Program.of("y", margin.sigmoid().times(rows.features()).sumRows().node()),
                Map.of("w", point()))
            .get("y"));
    kept.get("slopes").close();
    assertThat(sum(passes, rows.weight()).value()).isPositive();
    passes.table("t").close();
  }

  @Test
  default void columnsAndRepeatedValuesAreKeptToo() {
    Rows rows = new Rows("t", SCHEMA);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("copy", rows.features().node());
    outputs.put("double", rows.features().times(2).node());
    outputs.put("twice", rows.features().times(2).node());
    Passes passes = passes();
    Map<String, RowValues> kept = passes.keep(Program.of(outputs), Map.of());
    Matrix due = sum(passes, rows.features());
    List.of("copy", "double", "twice")
        .forEach(
            name -> {
              Passes there = passes.with(name, kept.get(name));
              assertClose(sum(there, input(name, 4)), due.times(name.equals("copy") ? 1 : 2));
            });
    kept.values().forEach(RowValues::close);
    passes.table("t").close();
  }

  @Test
  default void valuesMayBeKeptUponKeptValues() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    RowValues a = passes.keep(Program.of("a", rows.weight().square().node()), Map.of()).get("a");
    Passes once = passes.with("a", a);
    Program third = Program.of("b", input("a", 1).times(rows.weight()).node());
    RowValues b = once.keep(third, Map.of()).get("b");
    assertClose(sum(once.with("b", b), input("b", 1)), sum(passes, rows.weight().pow(3)));
    Var both = input("b", 1).times(input("a", 1));
    assertClose(sum(once.with("b", b), both), sum(passes, rows.weight().pow(5)));
    b.close();
    a.close();
    passes.table("t").close();
  }

  /** What the value needs from other sums is summed first. */
  @Test
  default void keptValuesMayDependOnSums() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Var centred = rows.features().minus(rows.features().meanRows());
    RowValues c = passes.in("keep").keep(Program.of("c", centred.node()), Map.of()).get("c");
    assertThat(passes.ledger().of("keep")).isEqualTo(2);
    assertThat(sum(passes.with("c", c), input("c", 4)).norm()).isLessThan(1e-11);
    c.close();
    passes.table("t").close();
  }

  @Test
  default void totalsAreNotTakenAgain() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Program mean =
        Program.of("y", rows.weight().square().sum().divide(rows.total("weight")).node());
    Matrix due = passes.evaluate(mean, Map.of()).get("y");
    RowValues a = passes.keep(Program.of("a", rows.weight().exp().node()), Map.of()).get("a");
    assertThat(passes.with("a", a).evaluate(mean, Map.of()).get("y")).isEqualTo(due);
    assertThat(passes.ledger().of("totals")).isEqualTo(1);
    a.close();
    passes.table("t").close();
  }

  /** Each instance reads its own of them, and all share what does not differ. */
  @Test
  default void instancesHaveRowValuesOfTheirOwn() {
    Rows rows = new Rows("t", SCHEMA);
    Var w = Var.input("w", Shape.of(4, 1));
    Var v = Var.input("v", Shape.of(4, 1));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("slope", rows.features().matmul(w).tanh().node());
    outputs.put("scaled", rows.features().matmul(w).sigmoid().times(rows.features()).node());
    outputs.put("shared", rows.weight().square().node());
    List<Map<String, Matrix>> points =
        IntStream.range(0, 5).mapToObj(k -> Map.of("w", point().times(k - 1.5))).toList();
    Passes passes = passes();
    Map<String, RowValues> kept = passes.in("keep").keep(Program.of(outputs), points);
    assertThat(passes.ledger().of("keep")).isEqualTo(1);
    assertThat(kept.get("slope").groups()).isEqualTo(5);
    assertThat(kept.get("shared").groups()).isEqualTo(1);
    Var slope = input("slope", 1);
    Var product =
        rows.features()
            .transpose()
            .matmul(slope.times(input("shared", 1)).times(rows.features().matmul(v)))
            .plus(input("scaled", 4).matmul(v).softplus().sum());
    Program program = Program.of("y", product.node());
    Passes there = passes;
    for (var each : kept.entrySet()) {
      there = there.with(each.getKey(), each.getValue());
    }
    List<Map<String, Matrix>> directions =
        IntStream.range(0, 5).mapToObj(k -> Map.of("v", Matrix.filled(4, 1, k + 1.0))).toList();
    List<Map<String, Matrix>> together = there.in("together").evaluate(program, directions);
    assertThat(passes.ledger().of("together")).isEqualTo(1);
    Map<String, Matrix> same = Map.of("v", Matrix.filled(4, 1, 1));
    List<Map<String, Matrix>> alike =
        there.evaluate(program, List.of(same, same, same, same, same));
    for (int k = 0; k < 5; k++) {
      Map<String, RowValues> one = passes.keep(Program.of(outputs), points.get(k));
      Passes alone = passes;
      for (var each : one.entrySet()) {
        alone = alone.with(each.getKey(), each.getValue());
      }
      assertClose(together.get(k).get("y"), alone.evaluate(program, directions.get(k)).get("y"));
      assertClose(alike.get(k).get("y"), alone.evaluate(program, same).get("y"));
      one.values().forEach(RowValues::close);
    }
    Passes bound = there;
    assertThatThrownBy(() -> bound.evaluate(program, directions.subList(0, 2)))
        .hasMessageContaining("row values of 5 instances (must be of one, or of the 2 evaluated)");
    kept.values().forEach(RowValues::close);
    passes.table("t").close();
  }

  /** Row values are differentiated as what they are bound to. */
  @Test
  default void derivativesPassThroughRowValues() {
    Rows rows = new Rows("t", SCHEMA);
    Var w = Var.input("w", Shape.of(4, 1));
    Var mask = input("mask", 1);
    Var losses = rows.features().matmul(w).softplus();
    Var chosen = rows.weight().greaterOrEqual(Var.constant(1));
    Passes passes = passes();
    RowValues bound = passes.keep(Program.of("mask", chosen.node()), Map.of()).get("mask");
    Passes there = passes.with("mask", bound);
    Var v = Var.input("v", Shape.of(4, 1));
    Map<String, Matrix> at = Map.of("w", point(), "v", Matrix.column(1, 2, -1, 0.5));
    for (Var each : List.of(mask, chosen)) {
      Var gradient = Vjp.gradient(losses.times(each).sum(), w);
      Map<String, Node> outputs = new LinkedHashMap<>();
      outputs.put("gradient", gradient.node());
      outputs.put("product", Jvp.of(gradient, w, v).node());
      assertThat(there.evaluate(Program.of(outputs), at).get("product").norm()).isPositive();
    }
    Var byMask = Vjp.gradient(losses.times(mask).sum(), w);
    Var again = Vjp.gradient(losses.times(chosen).sum(), w);
    assertClose(
        there.evaluate(Program.of("g", byMask.node()), at).get("g"),
        there.evaluate(Program.of("g", again.node()), at).get("g"));
    bound.close();
    passes.table("t").close();
  }

  @Test
  default void rowValuesOfAnotherTableAreRefusedByName() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Passes others = Passes.over("t", tables().of(SCHEMA, data(), 2));
    RowValues a = others.keep(Program.of("a", rows.weight().exp().node()), Map.of()).get("a");
    assertThatThrownBy(() -> sum(passes.with("a", a), input("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid input a: row values of another table or partitioning, or closed"
                + " (must be of t)");
    assertThatThrownBy(() -> sum(passes, input("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Missing input: a (must be bound to rows(t) x 1 row values)");
    assertThatThrownBy(() -> sum(others.with("a", a), input("a", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid input a: row values 1 wide (must be rows(t) x 2)");
    a.close();
    a.close();
    assertThatThrownBy(() -> sum(others.with("a", a), input("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("or closed");
    passes.table("t").close();
    others.table("t").close();
  }

  @Test
  default void rowValuesComeToTheDriverInTheOrderOfTheRows() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    RowValues twice =
        passes.keep(Program.of("twice", rows.weight().times(2).node()), Map.of()).get("twice");
    assertThat(passes.table("t").values(twice)).isEqualTo(data().columnAt(4).times(2).toArray());
    twice.close();
    passes.table("t").close();
  }

  /** Not a later one that reads it, under another primitive's name. */
  @Test
  default void aNaNThatIsKeptStopsThePassThatMakesIt() {
    Rows rows = new Rows("t", SCHEMA);
    List<RowValues> made = new ArrayList<>();
    Table table = new MakingTable(tables().of(SCHEMA, data(), 3), made);
    Passes passes = Passes.over("t", table);
    double low = Arrays.stream(data().columnAt(4).toArray()).min().orElseThrow();
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("fine", rows.weight().exp().node());
    outputs.put("root", rows.weight().minus(1.001 * low).sqrt().node());
    assertThatThrownBy(() -> passes.keep(Program.of(outputs), Map.of()))
        .isInstanceOfSatisfying(
            NotANumberException.class, found -> assertThat(found.table()).contains("t"))
        .hasMessageStartingWith("NaN from sqrt in partition ");
    assertThat(passes.ledger().total()).isZero();
    assertThat(made).hasSize(2).noneMatch(table::holds);
    table.close();
  }

  /** Remembers the row values that are made. */
  record MakingTable(Table table, List<RowValues> made) implements TableAround {
    @Override
    public List<PassResult> run(List<PassTask> tasks, List<RowValues> beside, String description) {
      List<PassResult> results = table.run(tasks, beside, description);
      results.forEach(result -> made.addAll(result.made()));
      return results;
    }
  }

  /** Those of the whole table, and those that are kept beside the batch itself. */
  @Test
  default void batchesReadTheRowValuesOfTheirTable() {
    Rows rows = new Rows("t", SCHEMA);
    Table table = tables().of(SCHEMA, data(), 3);
    Passes passes = Passes.over("t", table);
    RowValues a = passes.keep(Program.of("a", rows.weight().exp().node()), Map.of()).get("a");
    Passes there = passes.with("a", a);
    Var products = input("a", 1).times(rows.features());
    double[] total = new double[4];
    List<Passes> batches = there.batches(2, 7);
    for (Passes batch : batches) {
      Program sines = Program.of("b", input("a", 1).sin().node());
      RowValues b = batch.keep(sines, Map.of()).get("b");
      Matrix both = sum(batch.with("b", b), products.plus(input("b", 1)));
      Matrix again = sum(batch, products.plus(rows.weight().exp().sin()));
      assertClose(both, again);
      b.close();
      Matrix part = sum(batch, products);
      for (int j = 0; j < 4; j++) {
        total[j] += part.at(0, j);
      }
    }
    assertThat(batches).hasSize(2);
    assertClose(Matrix.of(1, 4, total), sum(there, products));
    assertThat(there.batches(2, 7).get(1).table("t")).isSameAs(batches.get(1).table("t"));
    a.close();
    table.close();
  }

  /** Fewer rows than unknowns are brought to the driver, and what is held beside them too. */
  @Test
  default void aHessianOfFewRowsReadsRowValues() {
    Schema wide =
        Schema.of(
            new Schema.Field("features", 600, Storage.DENSE),
            new Schema.Field("label", 1, Storage.DENSE));
    Matrix all = Matrix.adopting(20, 601, new Random(6).doubles(20 * 601, -1, 1).toArray());
    Rows rows = new Rows("t", wide);
    Passes passes = Passes.over("t", tables().of(wide, all, 2));
    Var mask = rows.label().greaterOrEqual(Var.constant(0));
    RowValues kept = passes.keep(Program.of("mask", mask.node()), Map.of()).get("mask");
    Matrix theta = Matrix.filled(600, 1, -1);
    Matrix x = Matrix.adopting(600, 1, new Random(7).doubles(600, -1, 1).toArray());
    List<Matrix> products = new ArrayList<>();
    for (Var weight : List.of(mask, input("mask", 1))) {
      Condition condition =
          Stationarity.ofStronglyConvex(
              Parameters.vector(600),
              Parameters.vector(600),
              (w, t) ->
                  rows.features()
                      .matmul(w)
                      .softplus()
                      .times(weight)
                      .meanRows()
                      .plus(t.exp().times(w.square()).sum()));
      Problem problem =
          ReadyCondition.of(condition).at(passes.with("mask", kept).in("held"), theta);
      long before = passes.ledger().total();
      try (ClosableOperator a = problem.jacobian(x)) {
        assertThat(a.isHeld()).isTrue();
        assertThat(a.dual()).isPresent();
        products.add(a.apply(x));
      }
      try (ClosableOperator again = problem.jacobian(x)) {
        assertThat(again.apply(x)).isEqualTo(products.get(products.size() - 1));
      }
      long brought = passes.table("t").engine().equals("in-process") ? 0 : 1;
      assertThat(passes.ledger().total() - before).isEqualTo(2 + brought);
    }
    assertClose(products.get(1), products.get(0));
    kept.close();
    passes.table("t").close();
  }

  /** One job serves several programs, each with row values of its own. */
  @Test
  default void programsWithOtherRowValuesShareAPass() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    RowValues a = passes.keep(Program.of("a", rows.weight().exp().node()), Map.of()).get("a");
    RowValues b = passes.keep(Program.of("b", rows.weight().sin().node()), Map.of()).get("b");
    Table table = passes.table("t");
    List<PassTask> tasks =
        List.of(
            task(table, input("a", 1).times(rows.weight()).sum(), new int[][] {{2}}),
            task(table, input("b", 1).square().sum(), new int[][] {{3}}));
    List<PassResult> sums = table.run(tasks, List.of(a, b), "together");
    assertThat(sums.get(0).sums()[0][0])
        .isEqualTo(sum(passes.with("a", a), input("a", 1).times(rows.weight())).value());
    assertThat(sums.get(1).sums()[0][0])
        .isEqualTo(sum(passes.with("b", b), input("b", 1).square()).value());
    a.close();
    b.close();
    table.close();
  }

  private static PassTask task(Table table, Var sum, int[][] rowValues) {
    Program program = Program.of("sum", sum.node());
    var planned =
        Schedule.of(program).plan(table.schema(), List.of(sum.node()), false, java.util.Set.of());
    return new PassTask(planned.plan(), new double[0][], rowValues, 1);
  }
}
