package org.tacit.bilevel;

import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/** A theta with its inner solution, still open, and its hypergradient. */
record OuterPoint(Matrix theta, ImplicitSolution solution, Hypergradient hypergradient)
    implements AutoCloseable {
  Solution inner() {
    return solution.inner();
  }

  double value() {
    return hypergradient.outerValue();
  }

  Matrix gradient() {
    return hypergradient.gradient();
  }

  @Override
  public void close() {
    solution.close();
  }
}
