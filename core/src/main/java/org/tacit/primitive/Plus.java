package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/** a + b element by element. Linear in both together. */
record Plus() implements PointwisePair, Linear {
  @Override
  public String name() {
    return "plus";
  }

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
    return Broadcasting.stretched(term, inputs.get(i).shape(), output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Shape full = shape(inputs.stream().map(Var::shape).toList());
    if (inputs.get(0).isZero()) {
      return Optional.of(inputs.get(1).broadcastTo(full));
    }
    if (inputs.get(1).isZero()) {
      return Optional.of(inputs.get(0).broadcastTo(full));
    }
    return Broadcasting.unstretched(this, inputs);
  }

  @Override
  public void run(
      double[] a,
      int fromA,
      int stepA,
      double[] b,
      int fromB,
      int stepB,
      double[] out,
      int to,
      int count) {
    if (stepA == 1 && stepB == 1) {
      for (int j = 0; j < count; j++) {
        out[to + j] = a[fromA + j] + b[fromB + j];
      }
      return;
    }
    for (int j = 0; j < count; j++) {
      out[to + j] = a[fromA + j * stepA] + b[fromB + j * stepB];
    }
  }
}
