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
  public Optional<Columns> columns() {
    return j.outputs() == 1 && parts.isApart() ? restDiagonal.map(this::columns) : Optional.empty();
  }

  private Columns columns(Matrix r) {
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
    Columns.Builder all = new Columns.Builder(curvature.blocks(), r);
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

  /**
   * A {@link HeldBlock} by columns, for methods that move one unknown at a time:
   *
   * <pre>
   *   A_SS = diag(r) + Z' diag(c) Z        A d = r d + Z' q,   q = diag(c) Z d
   * </pre>
   *
   * <p>with Z the derivative of margins in the unknowns, rows x S. A step of d_j costs twice the
   * numbers of column j where whoever moves keeps q, "naive updates" of Friedman, Hastie and
   * Tibshirani, Regularization paths for generalized linear models via coordinate descent, 2010,
   * section 2.1.
   */
  public static final class Columns {
    private final double[] c;
    private final double[] r;
    private final int[][] row;
    private final double[][] value;
    private final double[] diagonal;

    private Columns(Matrix c, Matrix r, int[][] row, double[][] value) {
      this.c = c.toArray();
      this.r = r.toArray();
      this.row = row;
      this.value = value;
      this.diagonal = r.toArray();
      for (int j = 0; j < row.length; j++) {
        for (int e = 0; e < row[j].length; e++) {
          diagonal[j] += this.c[row[j][e]] * value[j][e] * value[j][e];
        }
      }
    }

    /** Of columns one after another. */
    static final class Builder {
      private final Matrix c;
      private final Matrix r;
      private final int[][] row;
      private final double[][] value;
      private int columns;

      /**
       * @param c rows x 1
       * @param r S x 1
       */
      Builder(Matrix c, Matrix r) {
        this.c = c;
        this.r = r;
        this.row = new int[r.rows()][];
        this.value = new double[r.rows()][];
      }

      /** These numbers from one position to another (exclusive), times {@code scale}. */
      void add(int[] rows, double[] numbers, int from, int to, double scale) {
        row[columns] = Arrays.copyOfRange(rows, from, to);
        value[columns] = Arrays.stream(numbers, from, to).map(v -> scale * v).toArray();
        columns++;
      }

      Columns build() {
        return new Columns(c, r, row, value);
      }
    }

    /** q where d is zero. */
    public double[] none() {
      return new double[c.length];
    }

    /** A_jj. */
    public double diagonal(int j) {
      return diagonal[j];
    }

    /** Element j of A d. */
    public double product(int j, double d, double[] q) {
      int[] at = row[j];
      double[] z = value[j];
      double sum = r[j] * d;
      for (int e = 0; e < at.length; e++) {
        sum = Math.fma(z[e], q[at[e]], sum);
      }
      return sum;
    }

    /** Adds to q what d_j has more. */
    public void move(int j, double by, double[] q) {
      int[] at = row[j];
      double[] z = value[j];
      for (int e = 0; e < at.length; e++) {
        int i = at[e];
        q[i] = Math.fma(c[i] * z[e], by, q[i]);
      }
    }
  }
}
