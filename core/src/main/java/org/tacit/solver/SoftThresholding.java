package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.ProximalMap;

/** The proximal map of an {@link AbsolutePenalty} in closed form. */
record SoftThresholding(AbsolutePenalty penalty, Structure curvature) implements ProximalMap {
  @Override
  public int size() {
    return penalty.weights().rows();
  }

  @Override
  public Matrix prox(Matrix point, double step) {
    return penalty.proximal(point, step);
  }

  @Override
  public Matrix proxAlong(Matrix point, double step, Matrix directions) {
    double[] along = directions.toArray();
    int width = directions.cols();
    for (int i = 0; i < along.length; i++) {
      int j = i / width;
      boolean moves = Math.abs(point.at(j)) > step * penalty.weights().at(j);
      along[i] *= moves ? 1 / (1 + step * penalty.squares().at(j)) : 0;
    }
    return Matrix.adopting(directions.rows(), width, along);
  }

  @Override
  public List<Integer> blocks() {
    return Collections.nCopies(size(), 1);
  }
}
