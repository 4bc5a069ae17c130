package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.OWLQN;
import breeze.util.LazyLogger;
import org.tacit.matrix.Matrix;

/**
 * Breeze's OWL-QN, for a penalty sum_j weights_j |x_j|; zero stays zero in its units.
 *
 * @param weights n x 1, >= 0
 * @param memory pairs of steps kept
 */
record Orthantwise(Matrix weights, int memory) implements BreezeMethod {
  @Override
  public scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      iterations(Units units, DiffFunction<DenseVector<Object>> objective, Matrix start) {
    FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> never =
        FirstOrderMinimizer.searchFailed();
    Matrix scaled = units.gradient(weights);
    OWLQN<Object, DenseVector<Object>> method =
        new OWLQN<>(
            never, memory, j -> scaled.at((Integer) j), DenseVector$.MODULE$.space_Double()) {
          private static final long serialVersionUID = 1L;

          @Override
          public LazyLogger logger() {
            return BreezeMethod.silence();
          }
        };
    return method.iterations(objective, BreezeFunction.vector(start));
  }

  /** Andrew and Gao 2007, equation 4. */
  @Override
  public Matrix downhill(Matrix x, Matrix gradient) {
    return Matrix.column(
        x.rows(),
        j -> {
          double g = gradient.at(j);
          double sign = Math.signum(x.at(j));
          return sign != 0
              ? -g - weights.at(j) * sign
              : -Math.signum(g) * Math.max(0, Math.abs(g) - weights.at(j));
        });
  }

  @Override
  public double penalty(Matrix x) {
    return weights.dot(x.map(Math::abs));
  }

  @Override
  public Matrix origin(Matrix x) {
    return Matrix.zeros(x.rows(), 1);
  }

  @Override
  public boolean hasKinks() {
    return true;
  }
}
