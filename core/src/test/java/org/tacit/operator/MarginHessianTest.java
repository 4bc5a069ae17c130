package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Whole Hessians by their symmetry against products with unit vectors. */
class MarginHessianTest {
  private static final int P = 37;
  private static final int ROWS = 150;

  private final Random random = new Random(5);

  /** A loss of margins, rows x outputs, and labels, rows x 1. */
  private record Case(String name, int outputs, BinaryOperator<Var> loss) {}

  private static final List<Case> CASES =
      List.of(
          new Case("logistic", 1, (m, y) -> m.times(y).negate().softplus()),
          new Case("squared", 1, (m, y) -> m.minus(y).square().times(0.5)),
          new Case("poisson", 1, (m, y) -> m.exp().minus(m.times(y))),
          new Case("coupled", 3, (m, y) -> m.logSumExp().times(y.square().plus(0.5))));

  private InProcessTable table(Storage storage) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int rows : new int[] {ROWS, 1, 40}) {
      float[] x = new float[rows * P];
      int[] start = new int[rows + 1];
      List<Integer> index = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < P; j++) {
          boolean isZero = storage == Storage.CSR && random.nextInt(4) > 0;
          x[i * P + j] = isZero ? 0 : random.nextFloat() - 0.5f;
          if (x[i * P + j] != 0) {
            index.add(i * P + j);
          }
        }
        start[i + 1] = index.size();
      }
      Column features =
          switch (storage) {
            case CSR ->
                Column.sparse(
                    P,
                    start,
                    index.stream().mapToInt(at -> at % P).toArray(),
                    index.stream().mapToDouble(at -> x[at]).toArray());
            case FLOAT -> Column.floats(rows, P, x);
            default -> Column.dense(rows, P, doubles(x));
          };
      double[] y = random.ints(rows, 0, 2).mapToDouble(i -> 2 * i - 1).toArray();
      partitions.add(List.of(new Block(rows, features, Column.dense(rows, 1, y))));
    }
    return InProcessTable.of(
        Schema.of(new Schema.Field("x", P, storage), new Schema.Field("y", 1, Storage.DENSE)),
        partitions);
  }

  private static double[] doubles(float[] x) {
    double[] all = new double[x.length];
    Arrays.setAll(all, i -> x[i]);
    return all;
  }

  @TestFactory
  Stream<DynamicTest> areProductsWithUnitVectors() {
    return CASES.stream()
        .flatMap(
            each ->
                Stream.of(Storage.DENSE, Storage.FLOAT, Storage.CSR)
                    .flatMap(
                        storage ->
                            Stream.of(true, false)
                                .map(
                                    isScaled ->
                                        DynamicTest.dynamicTest(
                                            each.name() + " " + storage + " " + isScaled,
                                            () -> check(each, storage, isScaled)))));
  }

  /** Weights of scaled unknowns, with a shift that also depends on them, or plain ones. */
  private void check(Case of, Storage storage, boolean isScaled) {
    int outputs = of.outputs();
    int size = P * outputs + (isScaled ? outputs : 0);
    Var v = Var.input("v", Shape.of(size, 1));
    Var w = v.slice(Side.ROWS, 0, P * outputs).reshape(P, outputs);
    Var x = Var.column("t", "x", P);
    Var margins = x.matmul(w);
    if (isScaled) {
      Matrix scales = Matrix.column(random.doubles(P, 0.5, 2).toArray());
      Var scaled = w.times(Var.constant(scales));
      Var b = v.slice(Side.ROWS, P * outputs, size).reshape(1, outputs);
      Var mean = Var.constant(Matrix.column(random.doubles(P, -1, 1).toArray()).transpose());
      margins = x.matmul(scaled).plus(b.minus(mean.matmul(scaled)));
    }
    Var objective =
        of.loss()
            .apply(margins, Var.column("t", "y", 1))
            .sum()
            .plus(v.square().times(0.3).sum())
            .plus(v.sum().square());
    Passes passes = Passes.over("t", table(storage));
    Map<String, Matrix> at = Map.of("v", Matrix.column(random.doubles(size, -0.2, 0.2).toArray()));
    JacobianOperator.Linearised products =
        JacobianOperator.of(Vjp.gradient(objective, v), v, Structure.SYMMETRIC);
    Matrix due = products.whole(passes, at).matrix();
    long before = passes.ledger().total();
    Matrix whole =
        MarginHessian.of(objective, v, products).orElseThrow().whole(passes, at).matrix();
    assertThat(passes.ledger().total() - before).isEqualTo(1);
    assertThat(whole.minus(due).maxAbs()).isLessThan(1e-13 * due.maxAbs());
    assertThat(whole.minus(whole.transpose()).maxAbs()).isEqualTo(0, within(0.0));
  }

  @Test
  void isNotOfWhatSeesRowsOtherwise() {
    Var v = Var.input("v", Shape.of(P, 1));
    Var x = Var.column("t", "x", P);
    Var objective = x.matmul(v.square()).sum().plus(x.matmul(v).square().sum());
    JacobianOperator.Linearised products =
        JacobianOperator.of(Vjp.gradient(objective, v), v, Structure.SYMMETRIC);
    assertThat(MarginHessian.of(objective, v, products)).isEmpty();
  }
}
