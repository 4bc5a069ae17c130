package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;

/**
 * The solution of a problem as a function of theta, by arithmetic that shares nothing with the
 * solvers.
 *
 * @param solution x*(theta), to rounding
 * @param penalty g(x, theta), the part of the objective that the condition does not tell
 */
record Reference(UnaryOperator<Matrix> solution, ToDoubleBiFunction<Matrix, Matrix> penalty) {
  private static final double H = 1e-4;
  private static final int[] PLACES = {-2, -1, 1, 2};
  private static final double[] WEIGHTS = {1, -8, 8, -1};

  static Reference of(UnaryOperator<Matrix> solution) {
    return new Reference(solution, (x, theta) -> 0);
  }

  Matrix at(Matrix theta) {
    return solution.apply(theta);
  }

  /** dx*, unknowns x parameters, by central differences of fourth order. */
  Matrix jacobian(Matrix theta) {
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < theta.rows(); j++) {
      Matrix direction = Matrix.identity(theta.rows()).columnAt(j);
      Matrix difference = at(theta).times(0);
      for (int k = 0; k < PLACES.length; k++) {
        Matrix there = at(theta.plus(PLACES[k] * H, direction));
        difference = difference.plus(WEIGHTS[k] / (12 * H), there);
      }
      columns.add(difference);
    }
    return Matrix.beside(columns);
  }
}
