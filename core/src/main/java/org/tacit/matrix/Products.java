package org.tacit.matrix;

import java.util.Optional;

/**
 * Matrix products out += op(A) op(B) for every storage of A, op being the identity or the
 * transpose.
 *
 * <p>Products with one column use {@link Kernels}; wide dense ones too, or where it was asked for
 * the dgemm of {@link Blas}; small ones plain loops, since a call costs more than they do.
 *
 * <p>X V and X' R of fewer than eight columns have, column for column, the bits of the products
 * with one: what is computed side by side with a few others is what it would be alone.
 */
public final class Products {
  private static final long SMALL = 8_000;

  private Products() {}

  /** Adds op(A) op(B) to {@code out}. */
  public static void accumulate(
      Operand a, boolean transposeA, Dense b, boolean transposeB, Dense out) {
    if (a instanceof Dense dense) {
      accumulate(dense, transposeA, b, transposeB, out);
    } else if (transposeB) {
      Dense turned = b.toMatrix().transpose().window();
      accumulate(a, transposeA, turned, false, out);
    } else if (a instanceof CsrWindow csr) {
      accumulate(csr, transposeA, b, out);
    } else if (a instanceof FloatWindow floats) {
      accumulate(floats, transposeA, b, out);
    } else {
      accumulate(a.dense(), transposeA, b, false, out);
    }
  }

  private static void accumulate(
      Dense a, boolean transposeA, Dense b, boolean transposeB, Dense out) {
    int n = out.cols();
    int inner = transposeA ? a.rows() : a.cols();
    boolean isSum = transposeA && !transposeB;
    if (isSum && n == 1 && out.stride() == 1) {
      Kernels.of(size(a)).addTransposed(a, b, out);
    } else if (isSum && n < Kernels.PARTS) {
      Kernels.of(size(a) * n)
          .addProduct(
              strided(a, true), strided(b, false), strided(out, false), out.rows(), inner, n);
    } else if ((long) out.rows() * n * inner <= SMALL) {
      accumulateByLoops(a, transposeA, b, transposeB, out);
    } else {
      Optional<Seeds> seeds = transposeB ? Optional.empty() : Seeds.of(b);
      if (seeds.isPresent()) {
        seeds.get().accumulate(a, transposeA, out);
        return;
      }
      accumulateWide(a, transposeA, b, transposeB, out);
    }
  }

  private static void accumulateWide(
      Dense a, boolean transposeA, Dense b, boolean transposeB, Dense out) {
    int inner = transposeA ? a.rows() : a.cols();
    if (Blas.isNative()) {
      Blas.NETLIB.dgemm(
          transposeB ? "T" : "N",
          transposeA ? "T" : "N",
          out.cols(),
          out.rows(),
          inner,
          1.0,
          b.data(),
          b.offset(),
          b.stride(),
          a.data(),
          a.offset(),
          a.stride(),
          1.0,
          out.data(),
          out.offset(),
          out.stride());
      return;
    }
    Dense right = transposeB ? b.toMatrix().transpose().window() : b;
    Kernels.of((long) out.rows() * inner * out.cols())
        .addProduct(
            strided(a, transposeA),
            strided(right, false),
            strided(out, false),
            out.rows(),
            inner,
            out.cols());
  }

  private static long size(Operand a) {
    return (long) a.rows() * a.cols();
  }

  private static Kernels.Strided strided(Dense of, boolean isTransposed) {
    int row = isTransposed ? 1 : of.stride();
    int col = isTransposed ? of.stride() : 1;
    return new Kernels.Strided(of.data(), of.offset(), row, col);
  }

  /**
   * Writes op(A) op(B). A B with few columns is the fast path of a pass; others are zeros that
   * {@link #accumulate} adds to.
   */
  public static void multiply(
      Operand a, boolean transposeA, Dense b, boolean transposeB, Dense out) {
    boolean isNarrow = !transposeA && !transposeB && out.cols() < Kernels.PARTS;
    boolean isColumn = out.cols() == 1 && b.stride() == 1;
    if (isNarrow && isColumn && a instanceof FloatWindow window) {
      Kernels.of(size(window)).multiply(window.floats(), b, out);
    } else if (isNarrow && (a instanceof Dense || a instanceof FloatWindow)) {
      Kernels.of(size(a) * out.cols()).multiply(a.dense(), b, out);
    } else if (a instanceof CsrWindow csr && isColumn && !transposeA && !transposeB) {
      SparseColumn.multiply(csr, b, out, false);
    } else if (a instanceof CsrWindow csr
        && b.isPadded()
        && !transposeA
        && !transposeB
        && Seeds.of(b).isEmpty()) {
      Kernels.of((long) csr.elements() * b.cols()).multiply(csr, b, out);
    } else {
      out.fill(0);
      accumulate(a, transposeA, b, transposeB, out);
    }
  }

  private static void accumulateByLoops(
      Dense a, boolean transposeA, Dense b, boolean transposeB, Dense out) {
    int inner = transposeA ? a.rows() : a.cols();
    int stepA = transposeA ? a.stride() : 1;
    int stepB = transposeB ? b.stride() : 1;
    for (int i = 0; i < out.rows(); i++) {
      int o = out.at(i);
      int rowA = transposeA ? a.offset() + i : a.at(i);
      for (int k = 0; k < inner; k++) {
        double factor = a.data()[rowA + k * stepA];
        int rowB = transposeB ? b.offset() + k : b.at(k);
        for (int j = 0; j < out.cols(); j++) {
          out.data()[o + j] += factor * b.data()[rowB + j * stepB];
        }
      }
    }
  }

  private static void accumulate(CsrWindow a, boolean transposeA, Dense b, Dense out) {
    if (b.cols() == 1 && transposeA) {
      SparseColumn.addTransposed(a, b, out);
      return;
    }
    if (b.cols() == 1) {
      SparseColumn.multiply(a, b, out, true);
      return;
    }
    Optional<Seeds> seeds = Seeds.of(b);
    if (seeds.isPresent()) {
      seeds.get().accumulate(a, transposeA, out);
      return;
    }
    Kernels kernels = Kernels.of((long) a.elements() * b.cols());
    if (transposeA) {
      kernels.addTransposedProduct(a, b, out);
    } else {
      kernels.addProduct(a, b, out);
    }
  }

  private static void accumulate(FloatWindow a, boolean transposeA, Dense b, Dense out) {
    if (out.cols() == 1 && transposeA && out.stride() == 1) {
      Kernels.of(size(a)).addTransposed(a.floats(), b, out);
    } else {
      accumulate(a.dense(), transposeA, b, false, out);
    }
  }

  /** Adds (A * A)' B, the squares of A's elements transposed times B, to {@code out}. */
  public static void accumulateSquares(Operand a, Dense b, Dense out) {
    if (a instanceof CsrWindow csr && b.cols() == 1) {
      SparseColumn.addSquaresTransposed(csr, b, out);
      return;
    }
    if (a instanceof CsrWindow csr) {
      Kernels kernels = Kernels.of((long) csr.elements() * out.cols());
      for (int i = 0; i < csr.rows(); i++) {
        for (int e = csr.start(i); e < csr.end(i); e++) {
          double value = csr.value()[e];
          int to = out.at(csr.index()[e]);
          kernels.addScaled(value * value, b.data(), b.at(i), out.data(), to, out.cols());
        }
      }
      return;
    }
    Dense dense = a.dense();
    Kernels kernels = Kernels.of(size(dense) * out.cols());
    for (int i = 0; i < dense.rows(); i++) {
      for (int j = 0; j < dense.cols(); j++) {
        double value = dense.data()[dense.at(i) + j];
        kernels.addScaled(value * value, b.data(), b.at(i), out.data(), out.at(j), out.cols());
      }
    }
  }

  /** Columns of X that a block of a Gram matrix is made of. */
  private static final int PANEL = 16;

  /**
   * Adds X' diag(w) X to the upper triangle of {@code out}, w being a column; what is below is
   * undefined.
   */
  public static void accumulateGram(Operand x, Dense w, Dense out) {
    if (x instanceof CsrWindow csr) {
      SparseGram.add(csr, w, out);
    } else {
      accumulateGram(x.dense(), w, out);
    }
  }

  /** Panel after panel of X, its rows times w, with all columns of X from the panel on. */
  private static void accumulateGram(Dense x, Dense w, Dense out) {
    int p = x.cols();
    double[] panel = new double[x.rows() * Math.min(PANEL, p)];
    Kernels kernels = Kernels.of(size(x) * p / 2);
    for (int first = 0; first < p; first += PANEL) {
      int width = Math.min(PANEL, p - first);
      for (int i = 0; i < x.rows(); i++) {
        double weight = w.data()[w.at(i)];
        int from = x.at(i) + first;
        for (int j = 0; j < width; j++) {
          panel[i * width + j] = x.data()[from + j] * weight;
        }
      }
      kernels.addProduct(
          new Kernels.Strided(panel, 0, 1, width),
          new Kernels.Strided(x.data(), x.offset() + first, x.stride(), 1),
          new Kernels.Strided(out.data(), out.at(first) + first, out.stride(), 1),
          width,
          x.rows(),
          p - first);
    }
  }
}
