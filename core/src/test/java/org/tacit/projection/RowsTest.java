package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Sets by rows: each row's projection is that of the row alone. */
class RowsTest {
  private static final int WIDTH = 5;
  private static final Var R = Var.constant(1.3);
  private static final Var W = Var.constant(Matrix.of(1, WIDTH, 1, -2, 0.5, 3, 1.5));

  /** A set by rows and the same set of all elements, for a 1 x width value. */
  private record Pair(String name, Projection rows, Projection all) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Pair> pairs() {
    return List.of(
        new Pair(
            "simplex",
            Projection.ontoSimplex(Extent.ROWS, R),
            Projection.ontoSimplex(Extent.WHOLE, R)),
        new Pair(
            "sparse simplex",
            Projection.ontoSparseSimplex(Extent.ROWS, 2, R),
            Projection.ontoSparseSimplex(Extent.WHOLE, 2, R)),
        new Pair(
            "KL simplex",
            Projection.ontoKlSimplex(Extent.ROWS, R),
            Projection.ontoKlSimplex(Extent.WHOLE, R)),
        new Pair(
            "capped simplex",
            Projection.ontoCappedSimplex(Extent.ROWS, R, R),
            Projection.ontoCappedSimplex(Extent.WHOLE, R, R)),
        new Pair(
            "l1 ball",
            Projection.ontoL1Ball(Extent.ROWS, R),
            Projection.ontoL1Ball(Extent.WHOLE, R)),
        new Pair(
            "l1 sphere",
            Projection.ontoL1Sphere(Extent.ROWS, R),
            Projection.ontoL1Sphere(Extent.WHOLE, R)),
        new Pair(
            "l2 ball",
            Projection.ontoL2Ball(Extent.ROWS, R),
            Projection.ontoL2Ball(Extent.WHOLE, R)),
        new Pair(
            "l2 sphere",
            Projection.ontoL2Sphere(Extent.ROWS, R),
            Projection.ontoL2Sphere(Extent.WHOLE, R)),
        new Pair("box", Projection.ontoLInfinityBall(R), Projection.ontoLInfinityBall(R)),
        new Pair(
            "hyperplane",
            Projection.ontoHyperplane(Extent.ROWS, W, R),
            Projection.ontoHyperplane(Extent.WHOLE, W, R)),
        new Pair(
            "halfspace",
            Projection.ontoHalfspace(Extent.ROWS, W, R),
            Projection.ontoHalfspace(Extent.WHOLE, W, R)),
        new Pair(
            "isotonic",
            Projection.ontoIncreasing(Extent.ROWS),
            Projection.ontoIncreasing(Extent.WHOLE)),
        new Pair(
            "order simplex",
            Projection.ontoDecreasing(Extent.ROWS, R, R),
            Projection.ontoDecreasing(Extent.WHOLE, R, R)),
        new Pair(
            "permutahedron",
            Projection.ontoPermutahedron(Extent.ROWS, W),
            Projection.ontoPermutahedron(Extent.WHOLE, W)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyRowIsProjectedByItself(Pair pair) {
    Matrix x = Draw.normal(7, WIDTH).times(2).from(new Random(5));
    Matrix together = evaluate(pair.rows(), x);
    for (int i = 0; i < x.rows(); i++) {
      Matrix row = x.transpose().columnAt(i).transpose();
      Matrix alone = evaluate(pair.all(), row);
      assertThat(together.transpose().columnAt(i).transpose().minus(alone).norm())
          .isLessThan(1e-13);
    }
  }

  /** Value, and its derivative along x, of rows in a table are those of the same matrix. */
  @ParameterizedTest
  @MethodSource("pairs")
  void rowsOfTablesAreRows(Pair pair) {
    Matrix x = Draw.normal(7, WIDTH).times(2).from(new Random(6));
    Schema schema =
        Schema.of(
            List.of(
                new Schema.Field("x", WIDTH, Storage.DENSE),
                new Schema.Field("row", 1, Storage.KEY)));
    Matrix keys = Matrix.column(0, 1, 2, 3, 4, 5, 6);
    Var row = Var.column("table", "row", 1);
    Var rows = Var.column("table", "x", WIDTH);
    Var y = pair.rows().of(rows);
    Program program =
        Program.of(
            Map.of(
                "y",
                y.sumByKey(row, 7).node(),
                "along",
                Jvp.of(y, rows, rows).sumByKey(row, 7).node()));
    Table table = TableFactory.inProcess(3).of(schema, Matrix.beside(List.of(x, keys)), 2);
    Map<String, Matrix> found = Passes.over("table", table).evaluate(program, Map.of());
    table.close();
    Var replicated = Var.input("x", Shape.of(7, WIDTH));
    Var along = Jvp.of(pair.rows().of(replicated), replicated, replicated);
    assertThat(found.get("y").minus(evaluate(pair.rows(), x)).norm()).isLessThan(1e-13);
    assertThat(found.get("along").minus(OnDriver.value(along, Map.of("x", x))).norm())
        .isLessThan(1e-13);
  }

  private static Matrix evaluate(Projection projection, Matrix x) {
    Var y = projection.of(Var.input("x", Shape.of(x.rows(), x.cols())));
    return OnDriver.value(y, Map.of("x", x));
  }
}
