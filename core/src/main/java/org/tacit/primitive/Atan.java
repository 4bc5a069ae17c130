package org.tacit.primitive;

/** The angle in (-pi/2, pi/2) whose tangent is x. Derivative 1 / (1 + x^2). */
record Atan() implements Pointwise {
  @Override
  public double at(double x) {
    return Math.atan(x);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.square().plus(1).reciprocal();
  }
}
