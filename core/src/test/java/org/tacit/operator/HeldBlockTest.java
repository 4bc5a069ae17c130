package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** The block of some unknowns is that part of the whole Hessian, by products and by columns. */
class HeldBlockTest {
  private static final int ROWS = 40;
  private static final int FEATURES = 700;

  private static Column features(Storage storage, double[] x) {
    if (storage == Storage.DENSE) {
      return Column.dense(ROWS, FEATURES, x);
    }
    if (storage == Storage.FLOAT) {
      float[] floats = new float[x.length];
      IntStream.range(0, x.length).forEach(e -> floats[e] = (float) x[e]);
      return Column.floats(ROWS, FEATURES, floats);
    }
    int[] index = IntStream.range(0, x.length).filter(e -> x[e] != 0).toArray();
    int[] start = new int[ROWS + 1];
    for (int e : index) {
      for (int i = e / FEATURES + 1; i <= ROWS; i++) {
        start[i]++;
      }
    }
    return Column.sparse(
        FEATURES,
        start,
        IntStream.of(index).map(e -> e % FEATURES).toArray(),
        IntStream.of(index).mapToDouble(e -> x[e]).toArray());
  }

  /** Losses of margins X D w + b, penalties, and where said a term that couples all weights. */
  private static Condition condition(Rows rows, int outputs, boolean isCoupled) {
    int weights = FEATURES * outputs;
    Matrix scales = Matrix.column(new Random(5).doubles(FEATURES, 0.5, 2).toArray());
    return Stationarity.ofStronglyConvex(
        Parameters.vector(weights + outputs),
        Parameters.vector(1),
        (v, t) -> {
          Var w = v.slice(Side.ROWS, 0, weights).reshape(Shape.of(FEATURES, outputs));
          Var b = v.slice(Side.ROWS, weights, weights + outputs).reshape(Shape.of(1, outputs));
          Var margins = rows.features().matmul(w.times(Var.constant(scales))).plus(b);
          Var losses = outputs == 1 ? margins.times(rows.label()).softplus() : margins.logSumExp();
          Var penalty = t.times(v.square().sum());
          return losses.meanRows().plus(isCoupled ? penalty.plus(v.sum().square()) : penalty);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "CSR, 1, false",
    "DENSE, 1, false",
    "FLOAT, 1, false",
    "CSR, 1, true",
    "CSR, 3, false"
  })
  void isThatPartOfTheWhole(Storage storage, int outputs, boolean isCoupled) {
    Random random = new Random(3);
    double[] x = new double[ROWS * FEATURES];
    for (int e = 0; e < x.length; e++) {
      x[e] = random.nextInt(4) == 0 ? random.nextGaussian() : 0;
    }
    Schema schema =
        Schema.of(
            new Schema.Field("features", FEATURES, storage),
            new Schema.Field("label", 1, Storage.DENSE));
    double[] labels = random.ints(ROWS, 0, 2).mapToDouble(i -> 2.0 * i - 1).toArray();
    Block block = new Block(ROWS, features(storage, x), Column.dense(ROWS, 1, labels));
    Passes passes = Passes.over("train", InProcessTable.of(schema, block));
    Condition condition = condition(new Rows("train", schema), outputs, isCoupled);
    int n = condition.unknowns();
    Matrix at = Matrix.column(random.doubles(n, -0.5, 0.5).toArray());
    int[] chosen = IntStream.range(0, n).filter(j -> j % 7 == 2 || j == n - 1).toArray();
    Matrix isIn = Matrix.column(n, j -> j % 7 == 2 || j == n - 1 ? 1 : 0);
    try (ClosableOperator whole =
        ReadyCondition.of(condition).at(passes, Matrix.scalar(0.01)).jacobian(at)) {
      long before = passes.ledger().total();
      HeldBlock part = whole.block(isIn).orElseThrow();
      Matrix due = whole.apply(Matrix.identity(n));
      Matrix is = part.apply(Matrix.identity(chosen.length));
      for (int k = 0; k < chosen.length; k++) {
        for (int l = 0; l < chosen.length; l++) {
          assertThat(is.at(k, l)).isCloseTo(due.at(chosen[k], chosen[l]), within(1e-13));
        }
        int place = k;
        assertThat(part.diagonal().isPresent()).isEqualTo(!isCoupled);
        part.diagonal()
            .ifPresent(
                d ->
                    assertThat(d.at(place))
                        .isCloseTo(due.at(chosen[place], chosen[place]), within(1e-13)));
      }
      assertThat(part.columns().isPresent()).isEqualTo(outputs == 1 && !isCoupled);
      part.columns().ifPresent(columns -> assertColumns(columns, is));
      assertThat(passes.ledger().total()).isEqualTo(before);
      assertThat(whole.block(Matrix.zeros(n, 1))).isEmpty();
    }
  }

  private static void assertColumns(HeldBlock.Columns columns, Matrix a) {
    double[] q = columns.none();
    Matrix d = Matrix.column(new Random(6).doubles(a.rows(), -1, 1).toArray());
    for (int j = 0; j < a.rows(); j++) {
      columns.move(j, d.at(j), q);
      assertThat(columns.diagonal(j)).isCloseTo(a.at(j, j), within(1e-13));
    }
    Matrix due = a.times(d);
    for (int j = 0; j < a.rows(); j++) {
      assertThat(columns.product(j, d.at(j), q)).isCloseTo(due.at(j), within(1e-12));
    }
  }
}
