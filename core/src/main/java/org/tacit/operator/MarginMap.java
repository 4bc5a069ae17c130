package org.tacit.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.tacit.matrix.Matrix;

/**
 * J, from unknowns to the margins of rows, X w + 1 b: those of a row are next to each other. Linear
 * in the unknowns are the weights w, features x outputs, and the shifts b.
 *
 * @param parts from unknowns to weights, then shifts
 */
record MarginMap(LinearOperator parts, RowProducts x, int outputs) {
  private static final double ROUNDING = 1e-9;
  private static final long SEED = 20210531;

  int margins() {
    return x.rows() * outputs;
  }

  /** J v. */
  Matrix apply(Matrix v) {
    return margins(parts.apply(v));
  }

  private Matrix margins(Matrix mapped) {
    double[] all = mapped.toArray();
    double[] margins = x.times(weights(mapped)).toArray();
    for (int i = 0; i < margins.length; i++) {
      margins[i] += all[all.length - outputs + i % outputs];
    }
    return Matrix.column(margins);
  }

  private Matrix weights(Matrix mapped) {
    int size = mapped.rows() - outputs;
    return Matrix.adopting(size / outputs, outputs, Arrays.copyOf(mapped.toArray(), size));
  }

  /** J' a. */
  Matrix transposed(Matrix a) {
    Matrix ofRows = a.reshape(x.rows(), outputs);
    Matrix weights = x.transposedTimes(ofRows);
    Matrix shifts = ofRows.transpose().times(Matrix.filled(x.rows(), 1, 1));
    double[] all = Arrays.copyOf(weights.toArray(), parts.rows());
    System.arraycopy(shifts.toArray(), 0, all, weights.size(), outputs);
    return parts.transpose().apply(Matrix.column(all));
  }

  /**
   * What weights have of parts D^-1 parts', features x outputs, where that is diagonal, as it is of
   * weights that are scaled unknowns. Tested by a random vector.
   */
  Optional<Matrix> ofWeights(Matrix d) {
    int size = parts.rows() - outputs;
    Matrix probe = Matrix.column(new Random(SEED).doubles(size, 1, 2).toArray());
    Matrix diagonal = through(d, Matrix.filled(size, 1, 1));
    Matrix mixed = through(d, probe);
    double apart = mixed.minus(diagonal.with(probe, (g, z) -> g * z)).norm();
    return apart <= ROUNDING * mixed.norm()
        ? Optional.of(diagonal.reshape(size / outputs, outputs))
        : Optional.empty();
  }

  private Matrix through(Matrix d, Matrix w) {
    Matrix padded = Matrix.column(Arrays.copyOf(w.toArray(), parts.rows()));
    return weights(parts.apply(divided(parts.transpose().apply(padded), d))).reshape(w.rows(), 1);
  }

  /** D^-1 b. */
  static Matrix divided(Matrix b, Matrix d) {
    return b.with(d, (v, by) -> v / by);
  }

  /** J D^-1 J', margins x margins, by what weights have of it ({@link #ofWeights}). */
  Matrix gram(Matrix d, Matrix ofWeights) {
    int n = margins();
    int count = x.rows();
    double[] gram = new double[Math.multiplyExact(n, n)];
    for (int c = 0; c < outputs; c++) {
      Matrix rows = x.gram(ofWeights.columnAt(c));
      Matrix ofShift = ofShift(c, d);
      for (int i = 0; i < count; i++) {
        for (int l = 0; l < count; l++) {
          int column = l * outputs + c;
          gram[(i * outputs + c) * n + column] += rows.at(i, l);
          for (int e = 0; e < outputs; e++) {
            int row = i * outputs + e;
            gram[row * n + column] += ofShift.at(row);
            gram[column * n + row] += ofShift.at(row);
          }
        }
      }
    }
    return Matrix.adopting(n, n, gram);
  }

  /** What margins have of the shift of output c, half of what shifts have of it. */
  private Matrix ofShift(int c, Matrix d) {
    double[] one = new double[parts.rows()];
    int first = one.length - outputs;
    one[first + c] = 1;
    double[] mapped =
        parts.apply(divided(parts.transpose().apply(Matrix.column(one)), d)).toArray();
    for (int e = first; e < mapped.length; e++) {
      mapped[e] /= 2;
    }
    return margins(Matrix.column(mapped));
  }
}
