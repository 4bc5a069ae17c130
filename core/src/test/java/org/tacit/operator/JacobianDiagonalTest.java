package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Diagonals in one pass against those of whole matrices. */
class JacobianDiagonalTest {
  private static final int ROWS = 30;
  private static final int FEATURES = 4;
  private static final int CLASSES = 3;

  private static Schema schema(Storage storage) {
    return Schema.of(
        new Schema.Field("features", FEATURES, storage),
        new Schema.Field("weight", 1, Storage.DENSE),
        new Schema.Field("class", 1, Storage.KEY));
  }

  private static Passes passes(Storage storage) {
    Random random = new Random(6);
    double[] x = random.doubles((long) ROWS * FEATURES, -1, 1).map(v -> Math.rint(4 * v)).toArray();
    double[] weight = random.doubles(ROWS, 0.5, 2).toArray();
    int[] classes = random.ints(ROWS, 0, CLASSES).toArray();
    Block block =
        new Block(ROWS, column(storage, x), Column.dense(ROWS, 1, weight), Column.keys(classes));
    return Passes.over("train", InProcessTable.of(schema(storage), block));
  }

  private static Column column(Storage storage, double[] x) {
    if (storage == Storage.FLOAT) {
      float[] floats = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        floats[i] = (float) x[i];
      }
      return Column.floats(ROWS, FEATURES, floats);
    } else if (storage == Storage.CSR) {
      int[] start = new int[ROWS + 1];
      int[] index = new int[x.length];
      for (int i = 0; i < x.length; i++) {
        index[i] = i % FEATURES;
        start[i / FEATURES + 1] = i + 1;
      }
      return Column.sparse(FEATURES, start, index, x);
    }
    return Column.dense(ROWS, FEATURES, x);
  }

  /** The Hessian of a loss of (predictions, rows), plus a penalty that differs by unknown. */
  private static JacobianOperator hessian(
      Storage storage, Passes passes, int unknowns, BinaryOperator<Var> lossOfWeightsAndVector) {
    Var v = Var.input("v", Shape.of(unknowns, 1));
    Rows rows = new Rows("train", schema(storage));
    Matrix penalties = RandomMatrix.normal(unknowns, 1, new Random(1)).map(Math::exp);
    Var objective =
        lossOfWeightsAndVector
            .apply(rows.features(), v)
            .plus(Var.constant(penalties).times(v.square()).sum().times(0.5));
    Var gradient = Vjp.gradient(objective, List.of(v)).get(0);
    Matrix at = RandomMatrix.normal(unknowns, 1, new Random(2)).times(0.3);
    return JacobianOperator.of(gradient, v, Structure.POSITIVE_DEFINITE)
        .at(passes, Map.of("v", at));
  }

  private static void assertExact(JacobianOperator hessian, Passes passes) {
    int n = hessian.cols();
    Matrix whole = hessian.apply(Matrix.identity(n));
    long before = passes.ledger().total();
    Matrix found = hessian.diagonal().orElseThrow();
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    for (int i = 0; i < n; i++) {
      double exact = whole.at(i, i);
      assertThat(Math.abs(found.at(i) - exact)).isLessThan(1e-13 * exact);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Storage.class,
      names = {"DENSE", "CSR", "FLOAT"})
  void logisticWithInterceptAndWeights(Storage storage) {
    Passes passes = passes(storage);
    Rows rows = new Rows("train", schema(storage));
    JacobianOperator hessian =
        hessian(
            storage,
            passes,
            FEATURES + 1,
            (x, v) ->
                x.matmul(v.slice(Side.ROWS, 0, FEATURES))
                    .plus(v.slice(Side.ROWS, FEATURES, FEATURES + 1))
                    .softplus()
                    .times(rows.weight())
                    .meanRows());
    assertExact(hessian, passes);
  }

  @Test
  void multinomialWithInterceptsWhoseOutputsAreCoupled() {
    Passes passes = passes(Storage.CSR);
    Rows rows = new Rows("train", schema(Storage.CSR));
    int weights = FEATURES * CLASSES;
    JacobianOperator hessian =
        hessian(
            Storage.CSR,
            passes,
            weights + CLASSES,
            (x, v) -> {
              Var w = v.slice(Side.ROWS, 0, weights).reshape(FEATURES, CLASSES);
              Var b = v.slice(Side.ROWS, weights, weights + CLASSES).reshape(1, CLASSES);
              Var prediction = x.matmul(w).plus(b);
              Var chosen = Var.constant(Matrix.identity(CLASSES)).rows(rows.column("class"));
              return prediction.logSumExp().minus(prediction.times(chosen).sumCols()).meanRows();
            });
    assertExact(hessian, passes);
  }

  @Test
  void featuresThatAreUsedTwiceInDifferentBlocks() {
    Passes passes = passes(Storage.DENSE);
    JacobianOperator hessian =
        hessian(
            Storage.DENSE,
            passes,
            2 * FEATURES,
            (x, v) ->
                x.matmul(v.slice(Side.ROWS, 0, FEATURES))
                    .plus(x.matmul(v.slice(Side.ROWS, FEATURES, 2 * FEATURES)).times(2))
                    .square()
                    .meanRows());
    assertExact(hessian, passes);
  }

  @Test
  void otherFormsHaveNone() {
    Passes passes = passes(Storage.DENSE);
    JacobianOperator coupled =
        hessian(Storage.DENSE, passes, FEATURES, (x, v) -> x.matmul(v).sum().square());
    JacobianOperator squared =
        hessian(
            Storage.DENSE,
            passes,
            FEATURES,
            (x, v) -> x.square().matmul(v).softplus().plus(x.matmul(v).square()).meanRows());
    assertThat(coupled.diagonal()).isEmpty();
    assertExact(squared, passes);
  }

  @Test
  void aRectangularJacobianHasNone() {
    Var v = Var.input("v", Shape.of(3, 1));
    JacobianOperator jacobian =
        JacobianOperator.of(v.slice(Side.ROWS, 0, 2).square(), v, Structure.GENERAL)
            .at(Passes.over(Map.of()), Map.of("v", Matrix.column(1, 2, 3)));
    assertThat(jacobian.diagonal()).isEmpty();
  }

  @Test
  void aGeneralJacobianTakesTheElementsOfItsOwnPlacesOnly() {
    Var v = Var.input("v", Shape.of(3, 1));
    Var turned =
        v.square()
            .slice(Side.ROWS, 1, 3)
            .pad(Side.ROWS, 0, 1)
            .plus(v.exp().minus(v.sin().negate()));
    JacobianOperator jacobian =
        JacobianOperator.of(turned, v, Structure.GENERAL)
            .at(Passes.over(Map.of()), Map.of("v", Matrix.column(1, 2, 3)));
    Matrix found = jacobian.diagonal().orElseThrow();
    for (int i = 0; i < 3; i++) {
      double exact = Math.exp(i + 1) + Math.cos(i + 1);
      assertThat(Math.abs(found.at(i) - exact)).isLessThan(1e-13 * exact);
    }
  }

  /** d/dx_i^2 sum_j e^x_j + a x_j^2, by part: what a part has is added before zeros come beside. */
  @Test
  void thePartsOfADiagonalAreAddedUpInTheirPlaces() {
    int parts = 3;
    Var x = Var.input("x", Shape.of(parts * FEATURES, 1));
    Var direction = Var.input("direction", x.shape());
    Var objective = Var.constant(0);
    for (int k = 0; k < parts; k++) {
      Var part = x.slice(Side.ROWS, k * FEATURES, (k + 1) * FEATURES);
      objective = objective.plus(part.exp().sum()).plus(part.square().sum().times(k));
    }
    Var moved = Jvp.of(Vjp.gradient(objective, x), x, direction);
    Program diagonal = Program.of("d", Diagonal.of(moved, direction).orElseThrow().node());
    assertThat(diagonal.nodes().stream().filter(n -> n.operation().name().startsWith("pad")))
        .hasSize(parts);
    Matrix at = RandomMatrix.normal(parts * FEATURES, 1, new Random(4));
    Matrix due =
        at.map(Math::exp).plus(Matrix.column(at.size(), i -> 2.0 * Math.floorDiv(i, FEATURES)));
    Matrix found = Passes.none().evaluate(diagonal, Map.of("x", at)).get("d");
    assertThat(found.minus(due).maxAbs()).isLessThan(1e-14 * due.maxAbs());
  }
}
