package org.tacit.optimality;

import java.util.List;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/** 1/(2n) |X w - y|^2 on a seeded table of 30 rows, for conditions on sharded data. */
record Regression(int width) {
  private static final int ROWS = 30;

  Matrix features() {
    return RandomMatrix.normal(ROWS, width, new Random(5));
  }

  Matrix label() {
    return RandomMatrix.normal(ROWS, 1, new Random(6));
  }

  private Schema schema() {
    return Schema.of(
        new Schema.Field("features", width, Storage.DENSE),
        new Schema.Field("label", 1, Storage.DENSE));
  }

  Passes passes(int partitions) {
    Matrix rows = Matrix.beside(List.of(features(), label()));
    Schema schema = schema();
    return Passes.over("train", InProcessTable.of(schema, rows, partitions, 4));
  }

  Var objective(Var w) {
    Rows train = new Rows("train", schema());
    return train.features().matmul(w).minus(train.label()).square().meanRows().times(0.5);
  }

  /** X'X / n. */
  Matrix hessian() {
    return features().transpose().times(features()).times(1.0 / ROWS);
  }
}
