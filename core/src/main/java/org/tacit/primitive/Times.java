package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.PairFunction;
import org.tacit.program.Shape;

/** a b element by element. Bilinear. */
record Times() implements PointwisePair, Bilinear {
  /** Columns of a short row at a time. */
  private static final int TOGETHER = 4;

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
  public Optional<PairFunction> lanes() {
    return Optional.of(PairFunction.TIMES);
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

  @Override
  public void runBeside(Dense a, Dense b, Dense out) {
    double[] numbers = a.data();
    double[] data = b.data();
    double[] to = out.data();
    int cols = out.cols();
    if (cols == TOGETHER && b.isContiguous() && out.isContiguous()) {
      runBesideFour(
          numbers, a.offset(), a.stride(), data, b.offset(), to, out.offset(), out.rows());
      return;
    }
    int q = a.offset();
    int at = b.offset();
    int o = out.offset();
    for (int i = 0; i < out.rows(); i++) {
      double number = numbers[q];
      int j = 0;
      for (; j + TOGETHER <= cols; j += TOGETHER) {
        to[o + j] = number * data[at + j];
        to[o + j + 1] = number * data[at + j + 1];
        to[o + j + 2] = number * data[at + j + 2];
        to[o + j + 3] = number * data[at + j + 3];
      }
      for (; j < cols; j++) {
        to[o + j] = number * data[at + j];
      }
      q += a.stride();
      at += b.stride();
      o += out.stride();
    }
  }

  private static void runBesideFour(
      double[] a, int atA, int stride, double[] b, int atB, double[] out, int to, int rows) {
    for (int i = 0; i < rows; i++) {
      double number = a[atA + i * stride];
      int j = i * TOGETHER;
      out[to + j] = number * b[atB + j];
      out[to + j + 1] = number * b[atB + j + 1];
      out[to + j + 2] = number * b[atB + j + 2];
      out[to + j + 3] = number * b[atB + j + 3];
    }
  }

  @Override
  public void runBefore(Dense a, Dense b, Dense out) {
    runBeside(b, a, out);
  }
}
