package org.tacit.solver;

import org.tacit.matrix.Matrix;
import org.tacit.optimality.MirrorProblem;

/** A problem of mirror steps inside a solve: the point where that stands is known. */
record MeteredMirror(MirrorProblem problem, Iterates iterates) implements MirrorProblem, Metered {
  @Override
  public Kind kind() {
    return this;
  }

  @Override
  public Point at(Matrix x) {
    return x.equals(iterates.x()) || iterates.begins()
        ? problem.at(x)
        : new Point(x, Double.NaN, unknown(), unknown(), Double.NaN);
  }

  @Override
  public Matrix step(Matrix x, Matrix gradient, double eta) {
    return problem.step(x, gradient, eta);
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    return MirrorProblem.super.evaluate(x);
  }
}
