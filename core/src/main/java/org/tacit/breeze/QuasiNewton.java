package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import java.util.Iterator;
import org.tacit.matrix.Matrix;

/**
 * Breeze's L-BFGS as an iterator of its states, so that the caller stops by its own criterion.
 * Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 7.2, with a strong Wolfe
 * line search.
 */
public final class QuasiNewton {
  private static final int MEMORY = 10;

  private QuasiNewton() {}

  /** A function with its gradient. */
  public interface Objective {
    /** Value and gradient at x; a value that is not finite makes the line search back off. */
    Point at(Matrix x);
  }

  /** A value and a gradient. */
  public record Point(double value, Matrix gradient) {}

  /**
   * One state of the iteration.
   *
   * @param isStuck whether the line search found no better point: the iteration ends here
   */
  public record State(Matrix x, double value, Matrix gradient, boolean isStuck) {}

  /**
   * The states from {@code start} on, that included. Each costs one evaluation, or some more when
   * the line search needs them.
   */
  public static Iterator<State> states(Objective objective, Matrix start) {
    var space = DenseVector$.MODULE$.space_Double();
    FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> whenStuck =
        FirstOrderMinimizer.searchFailed();
    LBFGS<DenseVector<Object>> method = new LBFGS<>(whenStuck, MEMORY, space);
    var states = method.iterations(BreezeFunction.of(objective), vector(start));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return states.hasNext();
      }

      @Override
      public State next() {
        var state = states.next();
        return new State(
            matrix(state.x()), state.value(), matrix(state.grad()), state.searchFailed());
      }
    };
  }

  static DenseVector<Object> vector(Matrix column) {
    return new DenseVector<>(column.toArray());
  }

  static Matrix matrix(DenseVector<Object> vector) {
    double[] elements = new double[vector.length()];
    double[] data = (double[]) vector.data();
    for (int i = 0; i < elements.length; i++) {
      elements[i] = data[vector.offset() + i * vector.stride()];
    }
    return Matrix.adopting(elements.length, 1, elements);
  }
}
