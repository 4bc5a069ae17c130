package org.tacit.matrix;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of two numbers in lanes. What is left of a row below a vector is the end of a vector
 * that ends where the row does, whose beginning is written once more; rows shorter than a vector
 * are done number by number.
 */
final class VectorPairs implements Pairs {
  private static final VectorSpecies<Double> S = VectorKernels.S;
  private static final int LANES = S.length();

  private final Pairs narrow = new PlainPairs();

  @Override
  public void times(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
    if (cols < LANES) {
      narrow.times(a, b, out, rows, cols);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int p = a.at() + i * a.row();
      int q = b.at() + i * b.row();
      int o = out.at() + i * out.row();
      if (a.col() == 0) {
        times(a.data()[p], b.data(), q, out.data(), o, cols);
      } else {
        times(a.data(), p, b.data(), q, out.data(), o, cols);
      }
    }
  }

  private static void times(double a, double[] b, int q, double[] out, int o, int cols) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    int j = 0;
    for (; j < cols - LANES; j += LANES) {
      x.mul(DoubleVector.fromArray(S, b, q + j)).intoArray(out, o + j);
    }
    j = cols - LANES;
    x.mul(DoubleVector.fromArray(S, b, q + j)).intoArray(out, o + j);
  }

  private static void times(double[] a, int p, double[] b, int q, double[] out, int o, int cols) {
    int j = 0;
    for (; j < cols - LANES; j += LANES) {
      DoubleVector.fromArray(S, a, p + j)
          .mul(DoubleVector.fromArray(S, b, q + j))
          .intoArray(out, o + j);
    }
    j = cols - LANES;
    DoubleVector.fromArray(S, a, p + j)
        .mul(DoubleVector.fromArray(S, b, q + j))
        .intoArray(out, o + j);
  }

  @Override
  public void equal(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
    if (cols < LANES) {
      narrow.equal(a, b, out, rows, cols);
    } else {
      choose(a, b, out, rows, cols, 1, 0);
    }
  }

  @Override
  public void unequal(
      Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
    if (cols < LANES) {
      narrow.unequal(a, b, out, rows, cols);
    } else {
      choose(a, b, out, rows, cols, 0, 1);
    }
  }

  private static void choose(
      Kernels.Strided a,
      Kernels.Strided b,
      Kernels.Strided out,
      int rows,
      int cols,
      double where,
      double otherwise) {
    for (int i = 0; i < rows; i++) {
      int p = a.at() + i * a.row();
      int q = b.at() + i * b.row();
      int o = out.at() + i * out.row();
      if (a.col() == 0) {
        choose(a.data()[p], b.data(), q, out.data(), o, cols, where, otherwise);
      } else {
        choose(a.data(), p, b.data(), q, out.data(), o, cols, where, otherwise);
      }
    }
  }

  private static void choose(
      double a, double[] b, int q, double[] out, int o, int cols, double where, double otherwise) {
    DoubleVector x = DoubleVector.broadcast(S, a);
    DoubleVector no = DoubleVector.broadcast(S, otherwise);
    DoubleVector yes = DoubleVector.broadcast(S, where);
    for (int j = 0; j < cols; j += LANES) {
      int at = Math.min(j, cols - LANES);
      no.blend(yes, x.compare(VectorOperators.EQ, DoubleVector.fromArray(S, b, q + at)))
          .intoArray(out, o + at);
    }
  }

  private static void choose(
      double[] a,
      int p,
      double[] b,
      int q,
      double[] out,
      int o,
      int cols,
      double where,
      double otherwise) {
    DoubleVector no = DoubleVector.broadcast(S, otherwise);
    DoubleVector yes = DoubleVector.broadcast(S, where);
    for (int j = 0; j < cols; j += LANES) {
      int at = Math.min(j, cols - LANES);
      DoubleVector x = DoubleVector.fromArray(S, a, p + at);
      no.blend(yes, x.compare(VectorOperators.EQ, DoubleVector.fromArray(S, b, q + at)))
          .intoArray(out, o + at);
    }
  }

  @Override
  public void weigh(Kernels.Strided x, Weights weights, Kernels.Strided out, int rows, int cols) {
    if (cols < LANES) {
      narrow.weigh(x, weights, out, rows, cols);
      return;
    }
    double where = weights.where();
    for (int i = 0; i < rows; i++) {
      int p = x.at() + i * x.row();
      int o = out.at() + i * out.row();
      weigh(x.data(), p, weights, i, where, out.data(), o, cols);
    }
  }

  private static void weigh(
      double[] x, int p, Weights weights, int i, double where, double[] out, int o, int cols) {
    double[] column = weights.column();
    double[] columnKey = weights.columnKey();
    DoubleVector row = DoubleVector.broadcast(S, weights.row()[i]);
    DoubleVector key = DoubleVector.broadcast(S, weights.rowKey()[i]);
    DoubleVector yes = DoubleVector.broadcast(S, where);
    DoubleVector no = DoubleVector.broadcast(S, 1 - where);
    for (int j = 0; j < cols; j += LANES) {
      int at = Math.min(j, cols - LANES);
      DoubleVector mask =
          no.blend(yes, key.compare(VectorOperators.EQ, DoubleVector.fromArray(S, columnKey, at)));
      DoubleVector.fromArray(S, x, p + at)
          .mul(DoubleVector.fromArray(S, column, at))
          .mul(row)
          .mul(mask)
          .intoArray(out, o + at);
    }
  }
}
