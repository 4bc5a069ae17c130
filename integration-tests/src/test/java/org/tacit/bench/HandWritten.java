package org.tacit.bench;

import java.util.Iterator;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Products;

/**
 * The Hessian-vector product X' (s * (X v)) of a partition, written by hand on the same inner
 * loops: fused by tiles, or as two sweeps over X. Blocks hold X in column 0 and s in their last.
 */
final class HandWritten {
  private static final int TILE = 64;

  private HandWritten() {}

  /** One sweep: a tile of X is multiplied by v, scaled, and added up while it is in cache. */
  static double[] fused(Iterator<Block> blocks, int scaleColumn, double[] v) {
    int p = v.length;
    Dense direction = new Dense(v, 0, 1, p, 1);
    Dense sum = Dense.zeros(p, 1);
    Dense margin = Dense.zeros(TILE, 1);
    while (blocks.hasNext()) {
      Block block = blocks.next();
      Operand x = block.column(0).cursor();
      Operand s = block.column(scaleColumn).cursor();
      for (int from = 0; from < block.rows(); from += TILE) {
        int count = Math.min(TILE, block.rows() - from);
        x.place(from, count);
        s.place(from, count);
        margin.place(0, count);
        Products.multiply(x, false, direction, false, margin);
        scale(margin, (Dense) s, count);
        Products.accumulate(x, true, margin, false, sum);
      }
    }
    return sum.data();
  }

  /** Two sweeps over the partition: all margins, then the sum. */
  static double[] twoSweeps(Iterable<Block> blocks, int scaleColumn, double[] v) {
    Dense direction = new Dense(v, 0, 1, v.length, 1);
    java.util.List<Dense> margins = new java.util.ArrayList<>();
    for (Block block : blocks) {
      Dense margin = Dense.zeros(block.rows(), 1);
      Products.multiply(whole(block.column(0)), false, direction, false, margin);
      scale(margin, (Dense) whole(block.column(scaleColumn)), block.rows());
      margins.add(margin);
    }
    Dense sum = Dense.zeros(v.length, 1);
    int at = 0;
    for (Block block : blocks) {
      Products.accumulate(whole(block.column(0)), true, margins.get(at++), false, sum);
    }
    return sum.data();
  }

  /** Reads X and nothing else. */
  static double[] read(Iterator<Block> blocks) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    while (blocks.hasNext()) {
      Dense x = (Dense) whole(blocks.next().column(0));
      double[] data = x.data();
      for (int i = 0; i + 16 <= data.length; i += 16) {
        a += data[i] + data[i + 4] + data[i + 8] + data[i + 12];
        b += data[i + 1] + data[i + 5] + data[i + 9] + data[i + 13];
        c += data[i + 2] + data[i + 6] + data[i + 10] + data[i + 14];
        d += data[i + 3] + data[i + 7] + data[i + 11] + data[i + 15];
      }
    }
    return new double[] {a + b + c + d};
  }

  private static Operand whole(Column column) {
    return column.cursor();
  }

  private static void scale(Dense margin, Dense s, int count) {
    for (int i = 0; i < count; i++) {
      margin.data()[i] *= s.data()[s.at(i)];
    }
  }
}
