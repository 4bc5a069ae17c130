package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** What a program is bound to must be what it was written for. */
class BindingErrorsTest {
  private static final Schema SCHEMA =
      Schema.of(new Schema.Field("x", 2, Storage.DENSE), new Schema.Field("key", 1, Storage.KEY));
  private static final Matrix ROWS = Matrix.of(4, 3, 1, 2, 0, 3, 4, 1, 5, 6, 2, 7, 8, 3);

  private final Passes passes = Passes.over("t", TableFactory.inProcess(1).of(SCHEMA, ROWS, 2));
  private final Var x = Var.column("t", "x", 2);
  private final Var w = Var.input("w", Shape.of(2, 1));

  private void assertRefused(Var y, Map<String, Matrix> inputs, String message) {
    assertThatThrownBy(() -> passes.evaluate(Program.of("y", y.node()), inputs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void inputsMustBeBoundToTheirShape() {
    Var y = x.matmul(w).sum();
    assertRefused(y, Map.of(), "Missing input: w (must be bound to a 2 x 1 matrix)");
    assertRefused(y, Map.of("w", Matrix.of(1, 2, 1, 1)), "Invalid input w: 1 x 2 (must be 2 x 1)");
    assertRefused(
        y,
        Map.of("w", Matrix.column(1, Double.NaN)),
        "Invalid input w: it holds NaN (must be numbers)");
  }

  @Test
  void everyInstanceMustBindItsInputs() {
    Program program = Program.of("y", x.matmul(w).sum().node());
    Map<String, Matrix> whole = Map.of("w", Matrix.column(1, 1));
    Map<String, Matrix> empty = Map.of();
    for (var instances : List.of(List.of(whole, empty), List.of(empty, whole))) {
      assertThatThrownBy(() -> passes.evaluate(program, instances))
          .hasMessage("Missing input: w (must be bound to a 2 x 1 matrix)");
    }
  }

  @Test
  void tablesMustBeBound() {
    assertRefused(Var.column("u", "x", 2).sum(), Map.of(), "Unknown table: u (must be one of [t])");
    assertRefused(Var.rowCount("u"), Map.of(), "Unknown table: u (must be one of [t])");
  }

  @Test
  void columnsMustBeThereAndOfTheirWidth() {
    assertRefused(
        Var.column("t", "z", 1).sum(), Map.of(), "Unknown column: z (must be one of [x, key])");
    assertRefused(
        Var.column("t", "x", 3).sum(),
        Map.of(),
        "Invalid column x: 2 wide in the table (must be 3 wide, as the program reads it)");
  }

  @Test
  void outputsMustBeReplicated() {
    assertRefused(
        x.exp(),
        Map.of(),
        "Invalid output y: rows(t) x 2"
            + " (must be replicated; sum over its rows, or keep it as row values)");
  }

  @Test
  void keysMustBeBelowTheirBound() {
    Var table = Var.input("table", Shape.of(3, 1));
    Map<String, Matrix> inputs = Map.of("table", Matrix.column(1, 2, 3));
    Var key = Var.column("t", "key", 1);
    String remedy = " (must be an integer >= 0 and < 3)";
    assertRefused(table.rows(key).sum(), inputs, "Invalid key: 3.0 in row 1" + remedy);
    assertRefused(x.sumByKey(key, 3).sum(), Map.of(), "Invalid key: 3.0 in row 1" + remedy);
    assertRefused(
        table.rows(x.slice(Side.COLS, 0, 1).times(0.5)).sum(),
        inputs,
        "Invalid key: 0.5 in row 0" + remedy);
    assertThatThrownBy(() -> passes.keep(Program.of("y", table.rows(key).node()), inputs))
        .hasMessage("Invalid key: 3.0 in row 1" + remedy);
    assertRefused(
        table.rows(Var.constant(Matrix.column(0, 1, -1))),
        inputs,
        "Invalid key: -1.0 in row 2" + remedy);
  }

  @Test
  void keptValuesMustBeShardedByTheTable() {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("margin", x.matmul(w).node());
    outputs.put("total", x.sum().node());
    assertThatThrownBy(() -> passes.keep(Program.of(outputs), Map.of("w", Matrix.column(1, 1))))
        .hasMessage("Invalid output total: 1 x 1 (must be sharded by the rows of t)");
  }
}
