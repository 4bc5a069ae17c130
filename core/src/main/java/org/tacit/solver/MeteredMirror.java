package org.tacit.solver;

import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.optimality.MirrorProblem;

/**
 * A problem of mirror steps as something inside a solve sees it: points and products with the
 * Jacobian count, and end by {@link Meter.ClosedException} when the solve's budget does.
 */
record MeteredMirror(MirrorProblem problem, Iterates iterates) implements MirrorProblem {
  @Override
  public int size() {
    return problem.size();
  }

  @Override
  public Point at(Matrix x) {
    if (!x.equals(iterates.x())) {
      iterates.count();
    }
    return problem.at(x);
  }

  @Override
  public Matrix step(Matrix x, Matrix gradient, double eta) {
    return problem.step(x, gradient, eta);
  }

  @Override
  public Cost cost() {
    return problem.cost();
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    return iterates.metered(() -> problem.jacobian(x));
  }
}
