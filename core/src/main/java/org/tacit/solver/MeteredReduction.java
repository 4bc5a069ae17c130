package org.tacit.solver;

import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Reduction;

/** A reduction whose smaller system counts its products; its ends, one product each, do not. */
record MeteredReduction(Reduction reduction, LinearOperator system) implements Reduction {
  @Override
  public Matrix reduced(Matrix b) {
    return reduction.reduced(b);
  }

  @Override
  public Matrix expanded(Matrix b, Matrix y) {
    return reduction.expanded(b, y);
  }

  @Override
  public OptionalDouble eigenvalue(OptionalDouble ofSystem) {
    return reduction.eigenvalue(ofSystem);
  }
}
