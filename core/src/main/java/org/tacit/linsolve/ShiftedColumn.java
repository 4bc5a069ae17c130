package org.tacit.linsolve;

import org.tacit.matrix.Matrix;

/** A right-hand side of A + sigma I that is given products with A. */
record ShiftedColumn(RightSide column, double shift) implements RightSide {
  @Override
  public Wants wants() {
    return column.wants();
  }

  @Override
  public Matrix wanted() {
    return column.wanted();
  }

  @Override
  public void advance(double[] product) {
    column.advance(Vectors.sum(product, shift, column.wanted().toArray()));
  }

  @Override
  public Matrix solution() {
    return column.solution();
  }

  @Override
  public Outcome outcome() {
    return column.outcome();
  }

  @Override
  public double residualNorm() {
    return column.residualNorm();
  }

  @Override
  public double relativeResidual() {
    return column.relativeResidual();
  }

  @Override
  public double smallestValue() {
    return column.smallestValue();
  }
}
