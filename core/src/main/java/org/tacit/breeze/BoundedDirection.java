package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.LBFGSB;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import scala.Tuple2;

/**
 * The direction of one step of Breeze's L-BFGS-B from given pairs, for a caller that takes its own
 * steps: towards the minimiser of the quadratic model in low &lt;= x &lt;= high, on the unknowns
 * that no bound holds at the Cauchy point.
 *
 * @param low n x 1, elements may be infinite
 * @param high n x 1, elements may be infinite
 * @param pairs kept
 */
public record BoundedDirection(Matrix low, Matrix high, int pairs) {
  /**
   * The direction at x of gradient g; empty where rounding makes the pairs dependent.
   *
   * @param moves changes of x, n x k, the newest last
   * @param bends the changes of the gradient along them
   */
  public Optional<Matrix> of(Matrix x, Matrix g, Matrix moves, Matrix bends) {
    LBFGSB method =
        new LBFGSB(BreezeFunction.vector(low), BreezeFunction.vector(high), 1, pairs, 0, 1, 1);
    DenseVector<Object> at = BreezeFunction.vector(x);
    DenseVector<Object> slope = BreezeFunction.vector(g);
    // It is asked for no value.
    DiffFunction<DenseVector<Object>> unasked = BreezeFunction.of(z -> 0.0, z -> slope);
    try {
      LBFGSB.History history = method.initialHistory(unasked, at);
      for (int k = 0; k < moves.cols(); k++) {
        history =
            method.updateSkYkHessianApproxMat(
                history,
                BreezeFunction.vector(moves.columnAt(k)),
                BreezeFunction.vector(bends.columnAt(k)));
      }
      Tuple2<DenseVector<Object>, DenseVector<Object>> cauchy =
          method.getGeneralizedCauchyPoint(history, at, slope);
      DenseVector<Object> to =
          method.subspaceMinimization(history, cauchy._1(), at, cauchy._2(), slope);
      return Optional.of(BreezeFunction.matrix(to).minus(x));
    } catch (RuntimeException ofBreeze) {
      return Optional.empty();
    }
  }
}
