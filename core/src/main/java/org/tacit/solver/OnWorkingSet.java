package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.ProximalMap;

/**
 * A proximal map that acts on each unknown by itself, on those of a set, the others staying at
 * {@code rest}.
 */
record OnWorkingSet(ProximalMap whole, WorkingSet set, Matrix rest) implements ProximalMap {
  @Override
  public int size() {
    return set.size();
  }

  @Override
  public Matrix prox(Matrix point, double step) {
    return set.restrict(whole.prox(set.with(rest, point), step));
  }

  @Override
  public Matrix proxAlong(Matrix point, double step, Matrix directions) {
    Matrix none = Matrix.zeros(rest.rows(), directions.cols());
    return set.restrict(whole.proxAlong(set.with(rest, point), step, set.with(none, directions)));
  }

  @Override
  public List<Integer> blocks() {
    return Collections.nCopies(set.size(), 1);
  }

  @Override
  public Structure curvature() {
    return whole.curvature();
  }
}
