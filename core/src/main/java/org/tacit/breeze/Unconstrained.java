package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import breeze.util.LazyLogger;
import org.tacit.matrix.Matrix;

/**
 * Breeze's L-BFGS, with a strong Wolfe line search.
 *
 * @param memory pairs of steps kept
 */
record Unconstrained(int memory) implements BreezeMethod {
  @Override
  public scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      iterations(Units units, DiffFunction<DenseVector<Object>> objective, Matrix start) {
    FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> never =
        FirstOrderMinimizer.searchFailed();
    LBFGS<DenseVector<Object>> method =
        new LBFGS<>(never, memory, DenseVector$.MODULE$.space_Double()) {
          private static final long serialVersionUID = 1L;

          @Override
          public LazyLogger logger() {
            return BreezeMethod.silence();
          }
        };
    return method.iterations(objective, BreezeFunction.vector(start));
  }

  @Override
  public Matrix downhill(Matrix x, Matrix gradient) {
    return gradient.times(-1);
  }
}
