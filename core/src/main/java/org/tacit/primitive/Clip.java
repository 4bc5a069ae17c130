package org.tacit.primitive;

/** x moved into [low, high]. Derivative 1 strictly inside, 0 elsewhere, the bounds included. */
record Clip(double low, double high) implements KinkedPointwise {
  Clip {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Invalid bounds: [" + low + ", " + high + "] (must be low <= high)");
    }
  }

  @Override
  public String name() {
    return "clip(" + low + ", " + high + ")";
  }

  @Override
  public double at(double x) {
    return Math.max(low, Math.min(high, x));
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.greaterThan(Var.constant(low)).times(x.lessThan(Var.constant(high)));
  }

  @Override
  public String kink() {
    return "the argument of clip is at a bound";
  }

  /** Negative outside, so that the sign tells inside from outside. */
  @Override
  public double past(double x) {
    return Math.min(x - low, high - x);
  }

  @Override
  public double size(double x) {
    return Math.max(Math.abs(x), Math.abs(x - low <= high - x ? low : high));
  }
}
