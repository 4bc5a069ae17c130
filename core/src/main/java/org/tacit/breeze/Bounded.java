package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGSB;
import breeze.util.LazyLogger;
import org.tacit.matrix.Matrix;

/**
 * Breeze's L-BFGS-B on low <= x <= high, without its own end, which a projected gradient of 1e-5
 * would be.
 *
 * @param low n x 1, elements may be infinite
 * @param high n x 1, elements may be infinite
 * @param memory pairs of steps kept
 */
record Bounded(Matrix low, Matrix high, int memory) implements BreezeMethod {
  private static final int TRIALS = 64;

  @Override
  public scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      iterations(Units units, DiffFunction<DenseVector<Object>> objective, Matrix start) {
    LBFGSB method =
        new LBFGSB(
            BreezeFunction.vector(units.z(low)),
            BreezeFunction.vector(units.z(high)),
            Integer.MAX_VALUE,
            memory,
            0,
            TRIALS,
            TRIALS) {
          private static final long serialVersionUID = 1L;

          @Override
          public LazyLogger logger() {
            return BreezeMethod.silence();
          }
        };
    return method.infiniteIterations(
        objective, method.initialState(objective, BreezeFunction.vector(start)));
  }

  /** Zero where a bound stops it. */
  @Override
  public Matrix downhill(Matrix x, Matrix gradient) {
    return Matrix.column(
        x.rows(),
        i -> {
          double g = gradient.at(i);
          return (g > 0 ? x.at(i) <= low.at(i) : x.at(i) >= high.at(i)) ? 0 : -g;
        });
  }

  /** On a bound exactly where z is. */
  @Override
  public Matrix point(Units units, Matrix z) {
    Matrix lowest = units.z(low);
    Matrix highest = units.z(high);
    Matrix x = units.x(z);
    return nearest(
        Matrix.column(
            x.rows(),
            i ->
                z.at(i) <= lowest.at(i)
                    ? low.at(i)
                    : z.at(i) >= highest.at(i) ? high.at(i) : x.at(i)));
  }

  @Override
  public Matrix nearest(Matrix x) {
    return x.with(low, Math::max).with(high, Math::min);
  }

  @Override
  public boolean hasKinks() {
    return true;
  }
}
