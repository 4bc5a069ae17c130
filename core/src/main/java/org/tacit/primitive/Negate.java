package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/** -x. Linear. */
record Negate() implements Pointwise, Linear {
  @Override
  public double at(double x) {
    return -x;
  }

  @Override
  public void run(double[] x, int from, double[] out, int to, int count) {
    for (int j = 0; j < count; j++) {
      out[to + j] = -x[from + j];
    }
  }

  @Override
  public Var slope(Var x, Var y) {
    return Var.constant(-1);
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    return Pointwise.super.jvp(inputs, output, tangents);
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.negate();
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return term.scaled(Var.constant(-1), output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    if (x.node().operation() instanceof Negate) {
      return Optional.of(Var.of(x.node().inputs().get(0)));
    }
    return Pointwise.super.simplify(inputs);
  }
}
