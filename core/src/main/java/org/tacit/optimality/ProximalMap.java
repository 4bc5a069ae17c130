package org.tacit.optimality;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

/** The proximal map of a g, as the solvers of its models need it. No pass. */
public interface ProximalMap {
  /** The number of unknowns. */
  int size();

  /** prox_{step g}(point). */
  Matrix prox(Matrix point, double step);

  /** The derivative of {@link #prox} in the point along each column of {@code directions}. */
  Matrix proxAlong(Matrix point, double step, Matrix directions);

  /** The lengths of the parts of x that g is a sum over, in order. */
  List<Integer> blocks();

  /** What is promised of the smooth part's Hessian on the coordinates that move. */
  Structure curvature();
}
