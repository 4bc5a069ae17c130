package org.tacit.projection;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;

/**
 * 1 where the plan nearest to X with given margins is positive. Inputs: the {@link CentredPlan} of
 * X, and X, which says how large what was taken off is.
 */
record TransportSupport() implements LocallyConstant, Kernel {
  /** The plan nearest to {@code point}: see {@link Projection#ontoTransport}. */
  static Var nearest(Var point, Var row, Var col) {
    Var centred = Var.apply(new CentredPlan(), List.of(point, row, col));
    Var support = Var.apply(new TransportSupport(), List.of(centred, point));
    Var positive = support.times(centred);
    Var excess =
        Var.concatenate(
            Side.ROWS, positive.sumCols().minus(row), positive.sumRows().transpose().minus(col));
    Var potentials = IndependentMargins.solve(support, excess);
    int m = point.shape().rows().size();
    Var u = potentials.slice(Side.ROWS, 0, m);
    Var v = potentials.slice(Side.ROWS, m, m + point.shape().width());
    return positive.minus(support.times(u.plus(v.transpose())));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Matrix centred = ((Dense) inputs[0]).toMatrix();
    centred.map(v -> v > 0 ? 1 : 0).window().copyTo(output);
  }

  @Override
  public String kink() {
    return "an element of a transport plan is 0 with no force to keep it there";
  }

  @Override
  public boolean switchesBy(int i) {
    return i == 0;
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    Dense centred = (Dense) inputs[0];
    double size = ((Dense) inputs[1]).toMatrix().maxAbs();
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        double past = centred.data()[centred.at(i) + j];
        margins.set(i, j, past, size, value.data()[value.at(i) + j]);
      }
    }
  }
}
