package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;

/**
 * u = x / |x|, the direction of each row, of rows of any size that numbers have. Derivative (dx - u
 * u'dx) / |x|. A row of zeros has none: NaN.
 */
record Unit() implements Differentiable, Kernel {
  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var across = tangents.get(0).minus(output.times(output.times(tangents.get(0)).sumCols()));
    return across.times(inputs.get(0).normCols().reciprocal());
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense x = (Dense) inputs[0];
    for (int i = 0; i < output.rows(); i++) {
      int from = x.at(i);
      int to = output.at(i);
      double norm = EuclideanNorm.of(x.data(), from, x.cols());
      boolean isOrdinary = norm >= Double.MIN_NORMAL && norm <= Double.MAX_VALUE;
      int shift = isOrdinary || norm == 0 ? 0 : norm < 1 ? 600 : -600;
      for (int j = 0; j < x.cols(); j++) {
        output.data()[to + j] = Math.scalb(x.data()[from + j], shift);
      }
      double length = shift == 0 ? norm : EuclideanNorm.of(output.data(), to, x.cols());
      for (int j = 0; j < x.cols(); j++) {
        output.data()[to + j] /= length;
      }
    }
  }
}
