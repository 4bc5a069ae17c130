package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
  public Optional<Var> simplify(List<Var> inputs) {
    return exponent == 1 ? Optional.of(inputs.get(0)) : Pointwise.super.simplify(inputs);
  }

  @Override
  public OptionalDouble safe(int i) {
    return OptionalDouble.of(1);
  }

  @Override
  public Var slope(Var x, Var y) {
    return exponent == 2 ? x.times(2) : x.pow(exponent - 1).times(exponent);
  }
}
