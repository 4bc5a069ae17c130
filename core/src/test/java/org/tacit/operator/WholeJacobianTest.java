package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Whole Jacobians in one pass against products with the unit vectors. */
class WholeJacobianTest {
  private static final int ROWS = 40;
  private static final int FEATURES = 5;
  private static final Schema SCHEMA =
      Schema.of(new Schema.Field("features", FEATURES, Storage.DENSE));

  private static Passes passes() {
    double[] x = new Random(7).doubles((long) ROWS * FEATURES, -1, 1).toArray();
    return Passes.over(
        "train", InProcessTable.of(SCHEMA, new Block(ROWS, Column.dense(ROWS, FEATURES, x))));
  }

  private static void assertSame(Var f, Var v, Structure structure, int wholePasses) {
    Passes passes = passes();
    Map<String, Matrix> point = Map.of("v", RandomMatrix.normal(FEATURES, 1, new Random(2)));
    var program = JacobianOperator.of(f, v, structure);
    long before = passes.ledger().total();
    DenseOperator whole = program.whole(passes, point);
    assertThat(passes.ledger().total() - before).isEqualTo(wholePasses);
    assertThat(whole.structure()).isEqualTo(structure);
    try (JacobianOperator products = program.at(passes, point)) {
      Matrix expected = products.apply(Matrix.identity(FEATURES));
      assertThat(expected.norm()).isGreaterThan(1e-2);
      assertThat(whole.matrix().minus(expected).norm()).isLessThan(1e-13 * expected.norm());
    }
  }

  @Test
  void aHessianIsOnePass() {
    Var v = Var.input("v", Shape.of(FEATURES, 1));
    Var losses = new Rows("train", SCHEMA).features().matmul(v).softplus();
    Var objective = losses.meanRows().plus(v.square().sum().times(0.1));
    Var gradient = Vjp.gradient(objective, List.of(v)).get(0);
    assertSame(gradient, v, Structure.POSITIVE_DEFINITE, 1);
  }

  @Test
  void aJacobianThatIsNotSymmetricIsOnePass() {
    Var v = Var.input("v", Shape.of(FEATURES, 1));
    Var features = new Rows("train", SCHEMA).features();
    Var f = features.matmul(v).sigmoid().times(features).meanRows().transpose();
    Var tilted = f.times(v.exp()).plus(v.times(v.sum()));
    assertSame(tilted, v, Structure.GENERAL, 1);
  }

  @Test
  void withoutRowsThereIsNoPass() {
    Var v = Var.input("v", Shape.of(FEATURES, 1));
    assertSame(v.exp().times(v.sum()), v, Structure.GENERAL, 0);
  }
}
