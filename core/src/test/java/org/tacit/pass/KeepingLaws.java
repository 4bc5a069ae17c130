package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Row values kept beside a table are those that a program would compute again. */
public interface KeepingLaws {
  Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 4, Storage.DENSE),
          new Schema.Field("weight", 1, Storage.DENSE));

  TableFactory tables();

  private Passes passes() {
    Matrix rows = Matrix.adopting(1300, 5, new Random(5).doubles(6500, 0.5, 1.5).toArray());
    return Passes.over("t", tables().of(SCHEMA, rows, 3));
  }

  private static Matrix point() {
    return Matrix.column(0.1, -0.2, 0.3, 0.4);
  }

  private static Matrix sum(Passes passes, Var x) {
    return passes.in("sum").evaluate(Program.of("sum", x.sumRows().node()), Map.of()).get("sum");
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
    Passes wider = passes.in("keep").keeping("t", Program.of(outputs), Map.of("w", point()));
    assertThat(passes.ledger().of("keep")).isEqualTo(1);
    Var here = Var.column("t", "slopes", 4).times(Var.column("t", "margin", 1));
    Var again = margin.sigmoid().times(rows.features()).times(margin).sumRows();
    Matrix due = wider.evaluate(Program.of("y", again.node()), Map.of("w", point())).get("y");
    assertClose(sum(wider, here), due);
    assertThat(wider.table("t").schema().names())
        .containsExactly("features", "weight", "margin", "slopes");
    assertThat(wider.table("t").rowCount()).isEqualTo(1300);
    assertThat(passes.table("t").schema()).isEqualTo(SCHEMA);
    wider.table("t").close();
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
    Passes wider = passes.keeping("t", Program.of(outputs), Map.of());
    Matrix due = sum(passes, rows.features());
    assertClose(sum(wider, Var.column("t", "copy", 4)), due);
    assertClose(sum(wider, Var.column("t", "double", 4)), due.times(2));
    assertClose(sum(wider, Var.column("t", "twice", 4)), due.times(2));
    wider.table("t").close();
    passes.table("t").close();
  }

  @Test
  default void valuesMayBeKeptUponKeptValues() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Passes once = passes.keeping("t", Program.of("a", rows.weight().square().node()), Map.of());
    Var a = Var.column("t", "a", 1);
    Passes twice = once.keeping("t", Program.of("b", a.times(rows.weight()).node()), Map.of());
    assertClose(sum(twice, Var.column("t", "b", 1)), sum(passes, rows.weight().pow(3)));
    twice.table("t").close();
    once.table("t").close();
    passes.table("t").close();
  }

  /** What the value needs from other sums is summed first. */
  @Test
  default void keptValuesMayDependOnSums() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Var centred = rows.features().minus(rows.features().meanRows());
    Passes wider = passes.in("keep").keeping("t", Program.of("c", centred.node()), Map.of());
    assertThat(passes.ledger().of("keep")).isEqualTo(2);
    assertThat(sum(wider, Var.column("t", "c", 4)).norm()).isLessThan(1e-11);
    wider.table("t").close();
    passes.table("t").close();
  }

  @Test
  default void totalsAreNotTakenAgain() {
    Rows rows = new Rows("t", SCHEMA);
    Passes passes = passes();
    Program mean =
        Program.of("y", rows.weight().square().sum().divide(rows.total("weight")).node());
    Matrix due = passes.evaluate(mean, Map.of()).get("y");
    Passes wider = passes.keeping("t", Program.of("a", rows.weight().exp().node()), Map.of());
    assertThat(wider.evaluate(mean, Map.of()).get("y")).isEqualTo(due);
    assertThat(passes.ledger().of("totals")).isEqualTo(1);
    wider.table("t").close();
    passes.table("t").close();
  }
}
