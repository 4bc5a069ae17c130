package org.tacit.matrix;

/** One number after another. */
final class PlainPairs implements Pairs {
  @Override
  public void times(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
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
    for (int j = 0; j < cols; j++) {
      out[o + j] = a * b[q + j];
    }
  }

  private static void times(double[] a, int p, double[] b, int q, double[] out, int o, int cols) {
    for (int j = 0; j < cols; j++) {
      out[o + j] = a[p + j] * b[q + j];
    }
  }

  @Override
  public void equal(Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
    choose(a, b, out, rows, cols, 1, 0);
  }

  @Override
  public void unequal(
      Kernels.Strided a, Kernels.Strided b, Kernels.Strided out, int rows, int cols) {
    choose(a, b, out, rows, cols, 0, 1);
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
      for (int j = 0; j < cols; j++) {
        boolean isEqual = a.data()[p + j * a.col()] == b.data()[q + j];
        out.data()[o + j] = isEqual ? where : otherwise;
      }
    }
  }

  @Override
  public void weigh(Kernels.Strided x, Weights weights, Kernels.Strided out, int rows, int cols) {
    double where = weights.where();
    for (int i = 0; i < rows; i++) {
      int p = x.at() + i * x.row();
      int o = out.at() + i * out.row();
      for (int j = 0; j < cols; j++) {
        double mask = weights.rowKey()[i] == weights.columnKey()[j] ? where : 1 - where;
        out.data()[o + j] = x.data()[p + j] * weights.column()[j] * weights.row()[i] * mask;
      }
    }
  }
}
