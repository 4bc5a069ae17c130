package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;

/** Values and derivatives at matrices, against closed forms and central differences. */
class ExplicitFunctionTest {
  private static final Random RANDOM = new Random(31);

  private static Matrix random(int rows, int cols) {
    return Matrix.adopting(
        rows,
        cols,
        DoubleStream.generate(RANDOM::nextGaussian).limit((long) rows * cols).toArray());
  }

  private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
    assertThat(expected.norm()).isGreaterThan(1e-2);
    assertThat(actual.minus(expected).norm()).isLessThan(tolerance * expected.norm());
  }

  /** df(x) v by a central difference. */
  private static Matrix along(UnaryOperator<Matrix> f, Matrix x, Matrix v) {
    double h = 1e-5;
    return f.apply(x.plus(h, v)).minus(f.apply(x.plus(-h, v))).times(0.5 / h);
  }

  @Test
  void theSimplexHasItsJacobian() {
    ExplicitFunction simplex =
        ExplicitFunction.of((p, s) -> Projection.ontoSimplex(Extent.WHOLE, s).of(p));
    List<Matrix> at = List.of(Matrix.column(0.6, 0.5, -1), Matrix.scalar(1));
    assertClose(simplex.at(at), Matrix.column(0.55, 0.45, 0), 1e-14);
    assertClose(
        simplex.jacobian(at, 0), Matrix.of(3, 3, 0.5, -0.5, 0, -0.5, 0.5, 0, 0, 0, 0), 1e-14);
    assertClose(simplex.jacobian(at).get(1), Matrix.column(0.5, 0.5, 0), 1e-14);
    assertClose(simplex.vjp(at, Matrix.column(1, 0, 5)).get(0), Matrix.column(0.5, -0.5, 0), 1e-14);
  }

  @Test
  void derivativesOfMatricesAreDifferences() {
    ExplicitFunction f =
        ExplicitFunction.of((x, y) -> x.matmul(y).tanh().matmul(x).plus(y.transpose().exp()));
    Matrix x = random(2, 3);
    Matrix y = random(3, 2);
    Matrix v = random(2, 3);
    Matrix w = random(3, 2);
    Matrix u = random(2, 3);
    Matrix alongX = along(p -> f.at(p, y), x, v);
    Matrix alongY = along(p -> f.at(x, p), y, w);
    assertClose(f.jvp(List.of(x, y), List.of(v, w)), alongX.plus(alongY), 1e-8);
    List<Matrix> cotangents = f.vjp(List.of(x, y), u);
    assertThat(cotangents.get(0).dot(v))
        .isCloseTo(u.dot(alongX), org.assertj.core.data.Offset.offset(1e-8));
    assertThat(cotangents.get(1).dot(w))
        .isCloseTo(u.dot(alongY), org.assertj.core.data.Offset.offset(1e-8));
    assertClose(f.jacobian(List.of(x, y), 1).times(w.reshape(6, 1)), alongY.reshape(6, 1), 1e-8);
  }

  @Test
  void jacobiansAreTheSameForwardAndInReverse() {
    Matrix a = random(7, 2);
    Matrix x = random(2, 1);
    UnaryOperator<Var> tall = p -> Var.constant(a).matmul(p.sin());
    UnaryOperator<Var> wide = p -> Var.constant(a.transpose()).matmul(p.sin());
    Matrix cosines = x.map(Math::cos);
    Matrix expected = a.times(Matrix.of(2, 2, cosines.at(0), 0, 0, cosines.at(1)));
    assertClose(ExplicitFunction.of(tall).jacobian(x), expected, 1e-14);
    Matrix z = random(7, 1);
    Matrix reverse = ExplicitFunction.of(wide).jacobian(z);
    for (int j = 0; j < 7; j++) {
      assertClose(reverse.columnAt(j), a.transpose().columnAt(j).times(Math.cos(z.at(j))), 1e-14);
    }
  }

  @Test
  void aFunctionKnowsItsShapesEachTime() {
    ExplicitFunction squared = ExplicitFunction.of(x -> x.square().sum());
    assertThat(squared.at(Matrix.column(1, 2)).value()).isEqualTo(5);
    assertThat(squared.at(Matrix.of(1, 3, 1, 2, 3)).value()).isEqualTo(14);
    assertClose(squared.gradient(Matrix.of(1, 3, 1, 2, 3)), Matrix.of(1, 3, 2, 4, 6), 1e-15);
  }

  @Test
  void anArgumentWithoutUseHasZeroDerivatives() {
    ExplicitFunction first = ExplicitFunction.of((x, y) -> x.square());
    List<Matrix> jacobians = first.jacobian(List.of(Matrix.column(3, 1), Matrix.column(1, 1, 1)));
    assertClose(jacobians.get(0), Matrix.of(2, 2, 6, 0, 0, 2), 1e-15);
    assertThat(jacobians.get(1)).isEqualTo(Matrix.zeros(2, 3));
  }

  @Test
  void tablesAreReadWhereTheyAreGiven() {
    Schema schema = Schema.of(new Schema.Field("features", 2, Storage.DENSE));
    Table table =
        InProcessTable.of(
            schema, new Block(3, Column.dense(3, 2, new double[] {1, 2, 3, 4, 5, 6})));
    Rows rows = new Rows("t", schema);
    ExplicitFunction f =
        ExplicitFunction.of(x -> rows.features().matmul(x).square().sumRows())
            .over(Passes.over("t", table));
    Matrix x = Matrix.column(1, -1);
    assertThat(f.at(x).value()).isEqualTo(3);
    assertClose(f.gradient(x), Matrix.column(-18, -24), 1e-15);
    assertThatThrownBy(() -> ExplicitFunction.of(p -> rows.features().matmul(p)).at(x))
        .hasMessageContaining("must be replicated; sum over its rows");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    ExplicitFunction f = ExplicitFunction.of(x -> x.slice(Side.ROWS, 0, 2));
    Matrix x = Matrix.column(1, 2, 3);
    assertThatThrownBy(() -> f.gradient(x)).hasMessageContaining("must be 1 x 1");
    assertThatThrownBy(() -> f.jvp(x, Matrix.column(1, 2))).hasMessageContaining("must be 3 x 1");
    assertThatThrownBy(() -> f.vjp(x, x)).hasMessageContaining("must be 2 x 1");
    assertThatThrownBy(() -> f.jvp(List.of(x), List.of(x, x)))
        .hasMessageContaining("one for each argument");
  }
}
