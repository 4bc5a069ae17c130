package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Shapes that do not fit are refused where they are written, by the primitive's name. */
class ShapeErrorsTest {
  private final Var a = Var.column("a", "x", 3);
  private final Var b = Var.column("b", "x", 3);
  private final Var w = Var.input("w", Shape.of(3, 2));

  private static void assertRefused(Supplier<Var> expression, String message) {
    assertThatThrownBy(expression::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void rowsOfTwoTablesNeverMix() {
    String message =
        "Invalid shapes: rows(a) x 3 and rows(b) x 3"
            + " (rows of two tables never mix; sum over one of them first)";
    assertRefused(() -> a.plus(b), "plus: " + message);
    assertRefused(() -> a.times(b), "times: " + message);
    assertRefused(() -> a.max(b), "max: " + message);
    assertRefused(
        () -> a.transpose().matmul(b),
        "matmul: Invalid shapes: 3 x rows(a) times rows(b) x 3 (inner axes must be equal)");
    assertRefused(
        () -> a.sumByKey(Var.column("b", "key", 1), 4),
        "sumByKey(4): Invalid shapes: rows(a) x 3 by keys rows(b) x 1"
            + " (must have the same rows, keys one column)");
    assertThat(a.sumRows().plus(b.sumRows()).shape()).isEqualTo(Shape.of(1, 3));
  }

  @Test
  void aTransposedTableStandsOnlyInsideAProduct() {
    String message =
        "Invalid shape: 3 x rows(a)"
            + " (a row axis must come first; a transposed table may only stand inside matmul)";
    assertRefused(() -> a.transpose().exp(), "exp: " + message);
    assertRefused(() -> a.transpose().sumCols(), "sumCols: " + message);
    assertRefused(() -> a.transpose().sumRows(), "sumRows: " + message);
    assertRefused(() -> a.transpose().plus(1), "plus: " + message);
    assertRefused(() -> a.transpose().slice(Side.ROWS, 0, 2), "slice(rows 0:2): " + message);
    assertRefused(
        () -> w.transpose().matmul(a.transpose()),
        "matmul: Invalid shapes: 2 x 3 times 3 x rows(a)"
            + " (a row axis must come first; transpose the product)");
  }

  @Test
  void lengthsMustFit() {
    assertRefused(
        () -> w.plus(Var.input("u", Shape.of(2, 3))),
        "plus: Invalid shapes: 3 x 2 and 2 x 3 (must be equal, or 1, on each axis)");
    assertRefused(
        () -> a.plus(w),
        "plus: Invalid shapes: rows(a) x 3 and 3 x 2 (must be equal, or 1, on each axis)");
    assertRefused(
        () -> w.matmul(w), "matmul: Invalid shapes: 3 x 2 times 3 x 2 (inner axes must be equal)");
    assertRefused(
        () -> w.reshape(4, 2),
        "reshape: Invalid shape: 3 x 2 as 4 x 2 (must be replicated, with as many elements)");
    assertRefused(
        () -> a.reshape(3, 3),
        "reshape: Invalid shape: rows(a) x 3 as 3 x 3"
            + " (must be replicated, with as many elements)");
    assertRefused(
        () -> a.slice(Side.ROWS, 0, 2),
        "slice(rows 0:2): Invalid slice: 0:2 of rows(a) (must lie inside a fixed axis)");
    assertRefused(
        () -> w.slice(Side.COLS, 1, 3),
        "slice(cols 1:3): Invalid slice: 1:3 of 2 (must lie inside a fixed axis)");
    assertRefused(
        () -> w.solve(w),
        "solve: Invalid shapes: 3 x 2 solved for 3 x 2"
            + " (must be replicated, square, and of equal height)");
    assertRefused(
        () -> a.rows(Var.column("a", "key", 1)),
        "gather: Invalid shapes: rows of rows(a) x 3 by keys rows(a) x 1"
            + " (must be replicated, and one column)");
    assertRefused(
        () -> w.broadcastTo(Shape.of(3, 3)),
        "broadcast: Invalid shapes: 3 x 2 and 3 x 3 (must be equal, or 1, on each axis)");
    assertRefused(
        () -> Var.concatenate(Side.COLS),
        "concatenate(cols): Invalid parts: none (must be one or more)");
  }

  @Test
  void zerosAndOnesDoNotHideAMisfit() {
    assertRefused(
        () -> Var.zero(Shape.of(2, 2)).matmul(w),
        "matmul: Invalid shapes: 2 x 2 times 3 x 2 (inner axes must be equal)");
    assertRefused(
        () -> Var.zero(Shape.of(2, 2)).plus(w),
        "plus: Invalid shapes: 2 x 2 and 3 x 2 (must be equal, or 1, on each axis)");
  }

  @Test
  void expressionsOnTwoTablesAreSummedFirst() {
    Map<String, org.tacit.program.Node> outputs = new LinkedHashMap<>();
    outputs.put("y", a.matmul(w).sum().times(b.sum()).node());
    assertThat(Program.of(outputs).tables()).containsExactly("a", "b");
  }

  @Test
  void elementsAreInside() {
    Var x = Var.input("x", Shape.of(2, 3));
    assertThatThrownBy(() -> x.at(6))
        .hasMessage("Invalid index: 6 of 2 x 3 (must be >= 0 and < 6)");
    assertThatThrownBy(() -> x.at(-1)).hasMessageContaining("must be >= 0 and < 6");
    assertThatThrownBy(() -> x.at(0, 3)).hasMessageContaining("must be >= 0 and < 3");
    assertThatThrownBy(() -> Var.column("t", "features", 3).at(0))
        .hasMessageContaining("must be replicated");
  }
}
