package org.tacit.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * The block of a {@link HeldHessian} of some of its unknowns S, such as those of a lasso's support:
 *
 * <pre>
 *   A_SS = R_SS + J_S' C J_S
 * </pre>
 *
 * <p>by those columns of X alone that S touches: a product costs what these hold, not what the rows
 * do. No passes.
 */
public final class HeldBlock implements LinearOperator {
  private static final double ROUNDING = 1e-12;
  private static final long SEED = 20210531;

  private final Support support;
  private final LinearOperator rest;
  private final PickedParts parts;
  private final MarginMap j;
  private final RowRoots curvature;
  private final Supplier<Optional<Matrix>> ofWhole;
  private final Optional<Matrix> restDiagonal;
  private Optional<Optional<Matrix>> diagonal = Optional.empty();

  /**
   * Of these unknowns.
   *
   * @param rest R, of all unknowns
   * @param j from all unknowns
   * @param curvature C
   * @param diagonal of A
   */
  HeldBlock(
      Support support,
      LinearOperator rest,
      MarginMap j,
      RowRoots curvature,
      Supplier<Optional<Matrix>> diagonal) {
    this.support = support;
    this.rest = rest;
    this.parts = PickedParts.of(j.parts(), support, j.outputs());
    this.j = new MarginMap(parts, j.x().only(parts.features()), j.outputs());
    this.curvature = curvature;
    this.ofWhole = diagonal;
    this.restDiagonal = diagonalOf(rest);
  }

  /** Where R_SS has no more, which a product with a seeded random vector tells. */
  private Optional<Matrix> diagonalOf(LinearOperator whole) {
    int n = support.size();
    Matrix probe = Matrix.column(new Random(SEED).doubles(n, 1, 2).toArray());
    Matrix d = support.restrict(whole.apply(support.embed(Matrix.filled(n, 1, 1))));
    Matrix mixed = support.restrict(whole.apply(support.embed(probe)));
    double apart = mixed.minus(d.with(probe, (a, z) -> a * z)).maxAbs();
    return apart <= ROUNDING * mixed.maxAbs() ? Optional.of(d) : Optional.empty();
  }

  @Override
  public int rows() {
    return support.size();
  }

  @Override
  public Matrix apply(Matrix x) {
    return Dual.eachColumn(x, this::product);
  }

  private Matrix product(Matrix v) {
    Matrix sums = j.transposed(curvature.times(j.apply(v)));
    return restDiagonal
        .map(d -> d.with(v, (a, b) -> a * b))
        .orElseGet(() -> support.restrict(rest.apply(support.embed(v))))
        .plus(sums);
  }

  /** By columns, where margins are one a row, and each unknown has a weight or a shift. */
  public Optional<HeldColumns> columns() {
    return j.outputs() == 1 && parts.isApart() ? restDiagonal.map(this::columns) : Optional.empty();
  }

  private HeldColumns columns(Matrix r) {
    int features = parts.features().length;
    int rows = j.margins();
    int[] begin = new int[features + 1];
    j.x().each((i, k, value) -> begin[k + 1]++);
    Arrays.parallelPrefix(begin, Integer::sum);
    int[] row = new int[begin[features]];
    double[] numbers = new double[row.length];
    int[] at = begin.clone();
    j.x()
        .each(
            (i, k, value) -> {
              row[at[k]] = i;
              numbers[at[k]++] = value;
            });
    HeldColumns.Builder all = new HeldColumns.Builder(curvature.blocks(), r);
    for (int k = 0; k < rows(); k++) {
      int place = parts.place(k);
      if (place < features) {
        all.add(row, numbers, begin[place], begin[place + 1], parts.scale(k));
      } else {
        double[] ones = new double[rows];
        Arrays.fill(ones, 1);
        all.add(IntStream.range(0, rows).toArray(), ones, 0, rows, parts.scale(k));
      }
    }
    return all.build();
  }

  @Override
  public HeldBlock transpose() {
    return this;
  }

  @Override
  public synchronized Optional<Matrix> diagonal() {
    if (diagonal.isEmpty()) {
      diagonal = Optional.of(ofWhole.get().map(support::restrict));
    }
    return diagonal.get();
  }

  @Override
  public Cost cost() {
    return Cost.ofRows(rows(), (double) j.x().numbers(), j.margins()).withoutDual();
  }

  @Override
  public Structure structure() {
    return Structure.SYMMETRIC;
  }

  @Override
  public boolean isHeld() {
    return true;
  }
}
