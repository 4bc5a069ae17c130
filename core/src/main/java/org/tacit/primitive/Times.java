package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/** a b element by element. Bilinear. */
record Times() implements PointwisePair, Bilinear {
  @Override
  public double at(double a, double b) {
    return a * b;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.times(inputs.get(1 - i)).sumTo(inputs.get(i).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return term.times(inputs.get(1 - i), output);
  }

  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Shape full = shapeOf(inputs);
    for (int i = 0; i < 2; i++) {
      Var factor = inputs.get(i);
      Var other = inputs.get(1 - i);
      if (factor.isFilledWith(1)) {
        return Optional.of(other.broadcastTo(full));
      }
      if (factor.isFilledWith(-1)) {
        return Optional.of(other.negate().broadcastTo(full));
      }
    }
    return PointwisePair.super.simplify(inputs);
  }

  @Override
  public void run(double a, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = a * b[atB + j];
    }
  }

  @Override
  public void run(double[] a, int atA, double b, double[] out, int to, int n) {
    run(b, a, atA, out, to, n);
  }

  @Override
  public void run(double[] a, int atA, double[] b, int atB, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) {
      out[to + j] = a[atA + j] * b[atB + j];
    }
  }
}
