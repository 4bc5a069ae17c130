package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.Tensor;
import breeze.optimize.ApproximateGradientFunction;
import breeze.optimize.DiffFunction;
import org.tacit.matrix.Matrix;
import scala.$less$colon$less;

/**
 * An objective as Breeze's function type.
 *
 * <p>Java cannot implement that type: its apply returns a number both boxed and not. So this hands
 * Breeze a function of its own that is made of parts, the value, the vector in which derivatives
 * are to be collected, and the coordinates to take differences along, and gives it the gradient as
 * that vector and no coordinates.
 */
final class BreezeFunction {
  private static final double REFUSED = 1e150;

  private final QuasiNewton.Objective objective;
  private Matrix last = Matrix.zeros(0, 1);
  private QuasiNewton.Point atLast = new QuasiNewton.Point(0, last);

  private BreezeFunction(QuasiNewton.Objective objective) {
    this.objective = objective;
  }

  static DiffFunction<DenseVector<Object>> of(QuasiNewton.Objective objective) {
    BreezeFunction parts = new BreezeFunction(objective);
    return new ApproximateGradientFunction<>(
        parts::valueAt, 1, parts::gradientAt, new NoCoordinates(), x -> x);
  }

  private Object valueAt(DenseVector<Object> x) {
    return at(x).value();
  }

  private DenseVector<Object> gradientAt(DenseVector<Object> x) {
    return QuasiNewton.vector(at(x).gradient());
  }

  /** Value and gradient are asked for one after the other. */
  private QuasiNewton.Point at(DenseVector<Object> vector) {
    Matrix x = QuasiNewton.matrix(vector);
    if (!x.equals(last)) {
      QuasiNewton.Point point = objective.at(x);
      boolean isFinite = Double.isFinite(point.value()) && point.gradient().isFinite();
      atLast = isFinite ? point : new QuasiNewton.Point(REFUSED, Matrix.zeros(x.rows(), 1));
      last = x;
    }
    return atLast;
  }

  private static final class NoCoordinates
      extends $less$colon$less<DenseVector<Object>, Tensor<Object, Object>> {
    private static final long serialVersionUID = 1L;

    @Override
    public <F> F substituteBoth(F value) {
      return value;
    }

    @Override
    public Tensor<Object, Object> apply(DenseVector<Object> x) {
      return new DenseVector<>(new double[0]);
    }
  }
}
