package org.tacit.projection;

import java.util.List;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Var;

/**
 * A row x moved along w to where w'x is about c: z = x + tau w, or tau itself in every column.
 * Inputs: x, w, c. What is far from the plane loses there the digits that its projection needs; a
 * sum of one product is rounded once, so that z has them. The projection on the plane is the same
 * for x and for z whatever tau is, so tau counts as held: dz = dx + tau dw. Points that are not far
 * stay where they are.
 */
record NearPlane(Result result) implements Differentiable, RowKernel {
  /** How many times as large as its projection a point may be. */
  private static final double FAR = 8;

  private static final int MAX_ROUNDS = 40;

  /** What the output is. */
  enum Result {
    POINT,
    TAU
  }

  static Var of(Var x, Var w, Var c) {
    return Var.apply(new NearPlane(Result.POINT), List.of(x, w, c));
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    if (result == Result.TAU) {
      return Var.zero(output.shape());
    }
    Var tau = Var.apply(new NearPlane(Result.TAU), inputs);
    return tangents.get(0).plus(tau.times(tangents.get(1)));
  }

  @Override
  public void evaluateRow(double[][] inputs, double[] output) {
    double[] z = inputs[0].clone();
    double[] w = inputs[1];
    double square = 0;
    for (double element : w) {
      square += element * element;
    }
    double all = 0;
    for (int round = 0; square > 0 && round < MAX_ROUNDS; round++) {
      double tau = excess(z, w, inputs[2][0]) / -square;
      if (!(size(z, w, 0) > FAR * size(z, w, tau))) {
        break;
      }
      for (int j = 0; j < z.length; j++) {
        z[j] = Math.fma(tau, w[j], z[j]);
      }
      all += tau;
    }
    for (int j = 0; j < z.length; j++) {
      output[j] = result == Result.POINT ? z[j] : all;
    }
  }

  private static double excess(double[] z, double[] w, double c) {
    CompensatedSum sum = new CompensatedSum().add(-c);
    for (int j = 0; j < z.length; j++) {
      sum.addProduct(w[j], z[j]);
    }
    return sum.value();
  }

  /** The largest element of z + tau w where w is not 0. */
  private static double size(double[] z, double[] w, double tau) {
    double size = 0;
    for (int j = 0; j < z.length; j++) {
      size = w[j] == 0 ? size : Math.max(size, Math.abs(Math.fma(tau, w[j], z[j])));
    }
    return size;
  }

  /** {a'y = b}: see {@link Projection#ontoHyperplane}. */
  record Hyperplane(Extent extent, Var normal, Var offset) {
    Var of(Var point) {
      Var unit = unit();
      Var a = normal.divide(unit);
      Var b = offset.divide(unit);
      Var square =
          AtLeast.require("squared length of a normal", extent.sum(a.square()), Double.MIN_NORMAL);
      Var near =
          extent.fromRows(NearPlane.of(extent.toRows(point), extent.toRows(a), b), point.shape());
      return near.minus(a.times(extent.sum(a.times(near)).minus(b).divide(square)));
    }

    /** How far the point is beyond the plane, in units of {@link #unit}. */
    Var excess(Var point) {
      Var unit = unit();
      return extent.sum(normal.divide(unit).times(point)).minus(offset.divide(unit));
    }

    /** A power of two near the normal's largest element. */
    private Var unit() {
      return extent.toRows(normal.abs()).maxCols().binaryScale();
    }
  }
}
