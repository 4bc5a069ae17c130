package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
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
        new Pair("simplex", Simplex.ofRows(R), Simplex.ofAll(R)),
        new Pair("sparse simplex", SparseSimplex.ofRows(2, R), SparseSimplex.ofAll(2, R)),
        new Pair("KL simplex", KlSimplex.ofRows(R), KlSimplex.ofAll(R)),
        new Pair("capped simplex", CappedSimplex.ofRows(R, R), CappedSimplex.ofAll(R, R)),
        new Pair("l1 ball", L1Ball.ofRows(R), L1Ball.ofAll(R)),
        new Pair("l1 sphere", L1Sphere.ofRows(R), L1Sphere.ofAll(R)),
        new Pair("l2 ball", L2Ball.ofRows(R), L2Ball.ofAll(R)),
        new Pair("l2 sphere", L2Sphere.ofRows(R), L2Sphere.ofAll(R)),
        new Pair("box", new LInfinityBall(R), new LInfinityBall(R)),
        new Pair("hyperplane", Hyperplane.ofRows(W, R), Hyperplane.ofAll(W, R)),
        new Pair("halfspace", Halfspace.ofRows(W, R), Halfspace.ofAll(W, R)),
        new Pair("isotonic", Isotonic.ofRows(), Isotonic.ofAll()),
        new Pair("order simplex", OrderSimplex.ofRows(R, R), OrderSimplex.ofAll(R, R)),
        new Pair("permutahedron", Permutahedron.ofRows(W), Permutahedron.ofAll(W)));
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

  private static Matrix evaluate(Projection projection, Matrix x) {
    Var y = projection.of(Var.input("x", Shape.of(x.rows(), x.cols())));
    return Passes.over(Map.of()).evaluate(Program.of("y", y.node()), Map.of("x", x)).get("y");
  }
}
