package org.tacit.operator;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * From some unknowns to the weights of the features that they touch, and to all shifts: the rows
 * and columns of a map from all unknowns to all weights and shifts that are not zero there. Where
 * each unknown has one weight of its own, as in a model whose unknowns are scaled weights, products
 * are as long as there are unknowns.
 */
final class PickedParts implements LinearOperator {
  private static final double ROUNDING = 1e-12;
  private static final long SEED = 20210531;

  private final LinearOperator parts;
  private final Support unknowns;
  private final Support kept;
  private final int[] features;
  private final Support moving;
  private final Matrix scales;
  private final boolean isApart;
  private final boolean isTransposed;

  private PickedParts(
      LinearOperator parts,
      Support unknowns,
      Support kept,
      int[] features,
      Scaled scaled,
      boolean isTransposed) {
    this.parts = parts;
    this.unknowns = unknowns;
    this.kept = kept;
    this.features = features;
    this.moving = scaled.moving;
    this.scales = scaled.scales;
    this.isApart = scaled.isApart;
    this.isTransposed = isTransposed;
  }

  /** The rows that move, and by how much where each unknown moves one. */
  private record Scaled(Support moving, Matrix scales, boolean isApart) {}

  /** Of these unknowns, of a map to features x outputs weights and then outputs shifts. */
  static PickedParts of(LinearOperator parts, Support unknowns, int outputs) {
    int n = unknowns.size();
    Matrix probe = Matrix.column(new Random(SEED).doubles(n, 1, 2).toArray());
    Matrix moved = parts.apply(unknowns.embed(probe));
    int shifts = moved.rows() - outputs;
    int[] features =
        IntStream.range(0, shifts / outputs)
            .filter(j -> IntStream.range(0, outputs).anyMatch(c -> moved.at(j * outputs + c) != 0))
            .toArray();
    // Columns of X there must be.
    int[] touched = features.length == 0 && shifts > 0 ? new int[1] : features;
    double[] in = new double[moved.rows()];
    for (int j : touched) {
      Arrays.fill(in, j * outputs, (j + 1) * outputs, 1);
    }
    Arrays.fill(in, shifts, in.length, 1);
    Support kept = Support.of(Matrix.column(in));
    Support moving = Support.of(kept.restrict(moved));
    Matrix once = kept.restrict(parts.apply(unknowns.embed(Matrix.filled(n, 1, 1))));
    boolean isApart = moving.size() == n;
    Matrix scales = isApart ? moving.restrict(once) : Matrix.zeros(n, 1);
    if (isApart) {
      Matrix expected = scales.with(probe, (s, z) -> s * z);
      double apart = moving.restrict(kept.restrict(moved)).minus(expected).maxAbs();
      isApart = apart <= ROUNDING * expected.maxAbs();
    }
    Scaled scaled = new Scaled(moving, scales, isApart);
    return new PickedParts(parts, unknowns, kept, touched, scaled, false);
  }

  /** Whether each unknown moves one weight or shift, its own. */
  boolean isApart() {
    return isApart;
  }

  /** Which of the rows that are kept unknown k moves, where {@link #isApart}. */
  int place(int k) {
    return moving.at(k);
  }

  /** By how much it does. */
  double scale(int k) {
    return scales.at(k);
  }

  /** Those touched, ascending; one at least. */
  int[] features() {
    return features.clone();
  }

  @Override
  public int rows() {
    return isTransposed ? unknowns.size() : kept.size();
  }

  @Override
  public int cols() {
    return isTransposed ? kept.size() : unknowns.size();
  }

  @Override
  public Matrix apply(Matrix x) {
    if (isApart) {
      return isTransposed ? scaled(moving.restrict(x)) : moving.embed(scaled(x));
    }
    return isTransposed
        ? unknowns.restrict(parts.transpose().apply(kept.embed(x)))
        : kept.restrict(parts.apply(unknowns.embed(x)));
  }

  private Matrix scaled(Matrix x) {
    return Matrix.tabulate(x.rows(), x.cols(), (i, k) -> scales.at(i) * x.at(i, k));
  }

  @Override
  public PickedParts transpose() {
    return new PickedParts(
        parts, unknowns, kept, features, new Scaled(moving, scales, isApart), !isTransposed);
  }

  @Override
  public Structure structure() {
    return Structure.GENERAL;
  }
}
