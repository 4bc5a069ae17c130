package org.tacit.solver;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Rows;

/** Seeded or published rows, the schema's columns side by side. */
record SampleRows(Schema schema, Matrix all) {
  /** What the rows are bound to. */
  static final String NAME = "train";

  private static final int SMOOTH_ROWS = 90;
  private static final int COMPOSITE_ROWS = 24;

  /** 90 rows: 6 features, a real label, its class of three, a weight whose mean is one. */
  static SampleRows smooth() {
    int p = 6;
    int classes = 3;
    Random random = new Random(21);
    Matrix features = RandomMatrix.normal(SMOOTH_ROWS, p, random);
    Matrix noise = RandomMatrix.normal(SMOOTH_ROWS, 1, random);
    Matrix label = features.columnAt(0).plus(0.5, features.columnAt(3)).plus(0.7, noise);
    double[] onehot = new double[SMOOTH_ROWS * classes];
    double[] weights = new double[SMOOTH_ROWS];
    for (int i = 0; i < SMOOTH_ROWS; i++) {
      onehot[i * classes + (label.at(i) < -0.5 ? 0 : label.at(i) < 0.5 ? 1 : 2)] = 1;
      weights[i] = i % 2 == 0 ? 0.5 : 1.5;
    }
    return new SampleRows(
        Schema.of(
            new Schema.Field("features", p, Storage.DENSE),
            new Schema.Field("label", 1, Storage.DENSE),
            new Schema.Field("onehot", classes, Storage.DENSE),
            new Schema.Field("weight", 1, Storage.DENSE)),
        Matrix.beside(
            List.of(
                features, label, Matrix.of(SMOOTH_ROWS, classes, onehot), Matrix.column(weights))));
  }

  /** 24 rows: 12 features, 40 more, the indicator of one of three classes, a label, a number. */
  static SampleRows composite() {
    int classes = 3;
    Random random = new Random(31);
    double[] onehot = new double[COMPOSITE_ROWS * classes];
    for (int i = 0; i < COMPOSITE_ROWS; i++) {
      onehot[i * classes + (i * 7 + i / 5) % classes] = 1;
    }
    Matrix number = Matrix.column(IntStream.range(0, COMPOSITE_ROWS).asDoubleStream().toArray());
    return new SampleRows(
        Schema.of(
            new Schema.Field("features", 12, Storage.DENSE),
            new Schema.Field("more", 40, Storage.DENSE),
            new Schema.Field("classes", classes, Storage.DENSE),
            new Schema.Field("label", 1, Storage.DENSE),
            new Schema.Field("row", 1, Storage.KEY)),
        Matrix.beside(
            List.of(
                RandomMatrix.normal(COMPOSITE_ROWS, 12, random),
                RandomMatrix.normal(COMPOSITE_ROWS, 40, random),
                Matrix.adopting(COMPOSITE_ROWS, classes, onehot),
                RandomMatrix.normal(COMPOSITE_ROWS, 1, random),
                number)));
  }

  /** Concentrations and rates of an enzyme, those of JAXopt's tests of Gauss-Newton. */
  static SampleRows enzyme() {
    return new SampleRows(
        Schema.of(
            new Schema.Field("concentration", 1, Storage.DENSE),
            new Schema.Field("rate", 1, Storage.DENSE)),
        Matrix.of(
            7, 2, 0.038, 0.05, 0.194, 0.127, 0.425, 0.094, 0.626, 0.2122, 1.253, 0.2729, 2.5,
            0.2665, 3.74, 0.3317));
  }

  Rows symbols() {
    return new Rows(NAME, schema);
  }

  Table on(TableFactory tables, int partitions) {
    return tables.of(schema, all, partitions);
  }

  /** A column of the schema. */
  Matrix column(String name) {
    int from = 0;
    for (Schema.Field field : schema.fields()) {
      if (field.name().equals(name)) {
        return all.columns(from, from + field.width());
      }
      from += field.width();
    }
    throw new IllegalArgumentException("Unknown column: " + name);
  }
}
