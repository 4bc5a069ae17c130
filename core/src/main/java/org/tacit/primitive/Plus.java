package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/** a + b element by element. Linear in both together. */
record Plus() implements PointwisePair, Linear {
  @Override
  public double at(double a, double b) {
    return a + b;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.sumTo(inputs.get(i).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return Elementwise.stretched(term, inputs.get(i).shape(), output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Shape full = shapeOf(inputs);
    if (inputs.get(0).isZero()) {
      return Optional.of(inputs.get(1).broadcastTo(full));
    }
    if (inputs.get(1).isZero()) {
      return Optional.of(inputs.get(0).broadcastTo(full));
    }
    return PointwisePair.super.simplify(inputs);
  }

  @Override
  public void run(double a, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = a + b[atB + j];
    }
  }

  @Override
  public void run(double[] a, int atA, double b, double[] out, int to, int n) {
    run(b, a, atA, out, to, n);
  }

  @Override
  public void run(double[] a, int atA, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = a[atA + j] + b[atB + j];
    }
  }
}
