package org.tacit.implicit;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * What an iteration carries on: x alone, or x, the point y ahead of it and the momentum's t, one
 * below the other.
 *
 * @param unknowns n, the size of x
 * @param size n or 2 n + 1
 */
record UnrolledState(int unknowns, int size) {
  static UnrolledState of(int unknowns) {
    return new UnrolledState(unknowns, unknowns);
  }

  static UnrolledState withMomentum(int unknowns) {
    return new UnrolledState(unknowns, Math.addExact(Math.multiplyExact(2, unknowns), 1));
  }

  Shape shape() {
    return Shape.of(size, 1);
  }

  /** The state that iterations begin from: y = x and t = 1. */
  Matrix from(Matrix start) {
    if (size == unknowns) {
      return start;
    }
    double[] state = Arrays.copyOf(start.toArray(), size);
    System.arraycopy(state, 0, state, unknowns, unknowns);
    state[size - 1] = 1;
    return Matrix.column(state);
  }

  /** The part of a state that is x, or those of several side by side. */
  Matrix x(Matrix states) {
    return withRows(states, unknowns);
  }

  /** Tangents of x as those of the state that begins there: y moves with it. */
  Matrix tangents(Matrix ofX) {
    if (size == unknowns) {
      return ofX;
    }
    double[] state = Arrays.copyOf(ofX.toArray(), size * ofX.cols());
    System.arraycopy(state, 0, state, ofX.size(), ofX.size());
    return Matrix.adopting(size, ofX.cols(), state);
  }

  /** Cotangents of x as those of the state. */
  Matrix cotangents(Matrix ofX) {
    return withRows(ofX, size);
  }

  /** The first rows, or with rows of zeros below. */
  private static Matrix withRows(Matrix columns, int rows) {
    int cols = columns.cols();
    return rows == columns.rows()
        ? columns
        : Matrix.adopting(rows, cols, Arrays.copyOf(columns.toArray(), rows * cols));
  }

  /** The state after x+ = T(y) and the step of momentum. */
  Var accelerated(Var state, UnaryOperator<Var> map) {
    Var t = state.at(size - 1);
    Var next = map.apply(state.slice(Side.ROWS, unknowns, 2 * unknowns));
    Var moved = next.minus(state.slice(Side.ROWS, 0, unknowns));
    Var after = t.square().times(4).plus(1).sqrt().plus(1).times(0.5);
    Var ahead = next.plus(t.minus(1).divide(after).times(moved));
    return Var.concatenate(Side.ROWS, next, ahead, after);
  }
}
