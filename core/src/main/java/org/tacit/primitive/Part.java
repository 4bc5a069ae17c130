package org.tacit.primitive;

/**
 * Which of so many parts of about equal size a whole number is in: floor(count u), u in [0, 1)
 * being its {@link Hash}. Derivative 0.
 */
record Part(Hash hash, int count) implements Pointwise {
  @Override
  public String name() {
    return "part(" + count + ")";
  }

  @Override
  public double at(double x) {
    return Math.floor(hash.at(x) * count);
  }

  @Override
  public Var slope(Var x, Var y) {
    return Var.zero(x.shape());
  }
}
