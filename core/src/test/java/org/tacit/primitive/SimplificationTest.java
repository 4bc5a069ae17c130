package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/** What is made simpler when it is written, by form and by value. */
class SimplificationTest {
  private final Var x = Var.input("x", Shape.of(4, 3));
  private final Var row = Var.input("row", Shape.of(1, 3));
  private final Var table = Var.column("t", "features", 3);
  private final Var zeros = Var.zero(Shape.of(4, 3));

  @Test
  void neutralElementsVanish() {
    assertThat(x.plus(0)).isEqualTo(x);
    assertThat(Var.constant(0).plus(x)).isEqualTo(x);
    assertThat(x.minus(zeros)).isEqualTo(x);
    assertThat(zeros.minus(x)).isEqualTo(x.negate());
    assertThat(x.times(1)).isEqualTo(x);
    assertThat(x.times(-1)).isEqualTo(x.negate());
    assertThat(x.negate().negate()).isEqualTo(x);
    assertThat(x.transpose().transpose()).isEqualTo(x);
    assertThat(x.reshape(6, 2).reshape(4, 3)).isEqualTo(x);
    assertThat(x.slice(Side.ROWS, 0, 4).pad(Side.COLS, 0, 0)).isEqualTo(x);
    assertThat(Var.concatenate(Side.ROWS, x)).isEqualTo(x);
    assertThat(row.sumRows()).isEqualTo(row);
  }

  @Test
  void neutralElementsStillStretchTheirPartner() {
    assertThat(row.plus(zeros)).isEqualTo(row.broadcastTo(Shape.of(4, 3)));
    assertThat(row.times(Var.constant(1).broadcastTo(Shape.of(4, 3))).shape())
        .isEqualTo(Shape.of(4, 3));
    assertThat(row.minus(zeros)).isEqualTo(row.broadcastTo(Shape.of(4, 3)));
  }

  @Test
  void slicesOfWhatIsStretchedAreStretchedLessFar() {
    Var stretched = row.broadcastTo(Shape.of(4, 3));
    assertThat(stretched.slice(Side.ROWS, 1, 3)).isEqualTo(row.broadcastTo(Shape.of(2, 3)));
    assertThat(stretched.slice(Side.ROWS, 1, 2)).isEqualTo(row);
    assertThat(stretched.slice(Side.COLS, 1, 3).node().operation())
        .isEqualTo(new Slice(Side.COLS, 1, 3));
    assertThat(stretched.slice(Side.ROWS, 2, 2).shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void productsWithZeroAreZero() {
    List<Var> products =
        List.of(
            x.times(zeros),
            x.matmul(Var.zero(Shape.of(3, 2))),
            Var.zero(table.shape()).transpose().matmul(table),
            table.matmul(Var.zero(Shape.of(3, 1))),
            zeros.sumRows().sumCols(),
            zeros.rows(Var.column("t", "key", 1)),
            Var.where(x, zeros, zeros),
            Var.concatenate(Side.COLS, zeros, zeros));
    assertThat(products).allMatch(Var::isZero);
    assertThat(products.get(2).shape()).isEqualTo(Shape.of(3, 3));
  }

  @Test
  void operationsOnConstantsAreDoneAtOnce() {
    Var constant = Var.constant(Matrix.of(1, 2, 3, 4)).times(2).exp().sum();
    assertThat(((Source.Constant) constant.node().operation()).value().value())
        .isEqualTo(Math.exp(6) + Math.exp(8));
  }

  @Test
  void sumOfAStretchedRowNeedsNoPass() {
    Var sum = row.broadcastTo(table.shape()).sumRows();
    assertThat(sum).isEqualTo(row.times(Var.rowCount("t")));
    Passes passes =
        Passes.over(
            "t",
            TableFactory.inProcess(2)
                .of(
                    Schema.of(new Schema.Field("features", 3, Storage.DENSE)),
                    Matrix.zeros(5, 3),
                    2));
    var inputs = Map.of("row", Matrix.of(1, 3, 1, 2, 3));
    assertThat(passes.evaluate(Program.of("s", sum.node()), inputs).get("s"))
        .isEqualTo(Matrix.of(1, 3, 5, 10, 15));
    assertThat(passes.ledger().total()).isZero();
  }

  @Test
  void transposesBecomeFlagsOfProducts() {
    Var product = table.transpose().matmul(table);
    assertThat(product.node().operation()).isEqualTo(new MatMul(true, false));
    assertThat(product.node().inputs()).containsExactly(table.node(), table.node());
  }

  @TestFactory
  Stream<DynamicTest> symbolicZeroTangentsStaySymbolic() {
    return PrimitiveCatalogue.all().stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.toString(),
                    () -> {
                      List<Var> inputs = inputs(line);
                      List<Var> zero = new ArrayList<>();
                      inputs.forEach(input -> zero.add(Var.zero(input.shape())));
                      Var y = line.build().apply(inputs);
                      Var moved = Jvp.of(List.of(y), tangents(inputs, zero)).get(0);
                      assertThat(moved.isZero()).as(moved.toString()).isTrue();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> flatPrimitivesHaveTangentsThatAreZeroByForm() {
    return PrimitiveCatalogue.all().stream()
        .filter(PrimitiveCase::isFlat)
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.toString(),
                    () -> {
                      List<Var> inputs = inputs(line);
                      Var y = line.build().apply(inputs);
                      assertThat(Jvp.of(List.of(y), tangents(inputs, inputs)).get(0).isZero())
                          .isTrue();
                    }));
  }

  private static Map<Var, Var> tangents(List<Var> points, List<Var> tangents) {
    Map<Var, Var> map = new HashMap<>();
    for (int i = 0; i < points.size(); i++) {
      map.put(points.get(i), tangents.get(i));
    }
    return map;
  }

  private static List<Var> inputs(PrimitiveCase line) {
    return IntStream.range(0, line.arguments().size())
        .mapToObj(
            i -> {
              Argument argument = line.arguments().get(i);
              return argument.isByRow()
                  ? Var.column("t", "x" + i, argument.cols())
                  : Var.input("x" + i, Shape.of(argument.rows(), argument.cols()));
            })
        .toList();
  }
}
