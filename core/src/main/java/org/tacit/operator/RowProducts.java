package org.tacit.operator;

import java.util.List;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Products;

/**
 * Products with a matrix X of rows that stand in the columns of some blocks, one under the other,
 * whatever their storage.
 *
 * @param blocks X, from its first rows to its last
 */
record RowProducts(List<Column> blocks) {
  /** Rows that are written out at a time. */
  private static final int TOGETHER = 64;

  public RowProducts {
    blocks = List.copyOf(blocks);
  }

  public int rows() {
    return blocks.stream().mapToInt(Column::rows).sum();
  }

  /** Numbers that it holds. */
  long numbers() {
    return blocks.stream().mapToLong(Column::numbers).sum();
  }

  /** Tells of every number, block after block. */
  void each(Column.Entries entries) {
    int from = 0;
    for (Column block : blocks) {
      int first = from;
      block.each((i, j, value) -> entries.at(first + i, j, value));
      from += block.rows();
    }
  }

  /** These of its columns, which ascend. */
  RowProducts only(int... columns) {
    return new RowProducts(blocks.stream().map(block -> block.only(columns)).toList());
  }

  /** X W. */
  public Matrix times(Matrix w) {
    Dense result = Dense.zeros(rows(), w.cols());
    multiply(w.window(), result, 0);
    return Matrix.adopting(result.rows(), result.cols(), result.data());
  }

  /** X' R. */
  public Matrix transposedTimes(Matrix r) {
    int width = blocks.get(0).width();
    Dense result = Dense.zeros(width, r.cols());
    int from = 0;
    for (Column block : blocks) {
      Dense part = new Dense(r.window().data(), from * r.cols(), r.cols(), block.rows(), r.cols());
      Products.accumulate(block.cursor(), true, part, false, result);
      from += block.rows();
    }
    return Matrix.adopting(width, r.cols(), result.data());
  }

  /** X diag(d) X', rows x rows; numbers of X times rows of work, and few columns at a time. */
  public Matrix gram(Matrix d) {
    int n = rows();
    Dense gram = Dense.zeros(n, n);
    int first = 0;
    for (Column block : blocks) {
      for (int from = 0; from < block.rows(); from += TOGETHER) {
        int count = Math.min(TOGETHER, block.rows() - from);
        Dense turned = Dense.zeros(block.width(), count);
        Dense units = Matrix.identity(count).window();
        Products.accumulate(block.cursor().window(from, count), true, units, false, turned);
        for (int j = 0; j < turned.rows(); j++) {
          for (int k = 0; k < count; k++) {
            turned.data()[j * count + k] *= d.at(j);
          }
        }
        multiply(turned, gram, first + from);
      }
      first += block.rows();
    }
    return Matrix.adopting(n, n, gram.data());
  }

  /** Writes X W from column {@code at} of the result on. */
  private void multiply(Dense w, Dense result, int at) {
    int from = 0;
    for (Column block : blocks) {
      Dense part =
          new Dense(result.data(), result.at(from) + at, result.cols(), block.rows(), w.cols());
      Products.multiply(block.cursor(), false, w, false, part);
      from += block.rows();
    }
  }
}
