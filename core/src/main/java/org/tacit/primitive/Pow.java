package org.tacit.primitive;

/** x to a constant power. Derivative exponent x^(exponent - 1). */
record Pow(double exponent) implements Pointwise {
  @Override
  public String name() {
    return "pow(" + exponent + ")";
  }

  @Override
  public double at(double x) {
    return Math.pow(x, exponent);
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.pow(exponent - 1).times(exponent);
  }
}
