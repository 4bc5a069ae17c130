package org.tacit.primitive;

import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;

/**
 * One input of a catalogued case.
 *
 * @param rows its height; 0 for as many rows as a law likes, which may then be a table's
 * @param points where values are drawn from
 * @param directions where directions of movement are drawn from
 * @param moves whether the case is differentiable in it
 */
record Argument(int rows, int cols, Domain points, Domain directions, boolean moves) {
  /** As many rows as a law likes. */
  static Argument byRow(int cols, Domain points) {
    return fixed(0, cols, points);
  }

  static Argument fixed(int rows, int cols, Domain points) {
    return new Argument(rows, cols, points, Domain.between(-1, 1), true);
  }

  /** The same argument held still. */
  Argument still() {
    return new Argument(rows, cols, points, directions, false);
  }

  /** The same argument moving along symmetric matrices only. */
  Argument alongSymmetric() {
    return new Argument(rows, cols, points, Domain.symmetric(), moves);
  }

  boolean isByRow() {
    return rows == 0;
  }

  /** An argument that never moves may be a column of keys. */
  Storage storage() {
    return moves || cols > 1 ? Storage.DENSE : Storage.KEY;
  }

  Matrix point(Random random, int manyRows) {
    return points.draw(random, isByRow() ? manyRows : rows, cols);
  }

  Matrix direction(Random random, int manyRows) {
    return moves
        ? directions.draw(random, isByRow() ? manyRows : rows, cols)
        : Matrix.zeros(isByRow() ? manyRows : rows, cols);
  }
}
