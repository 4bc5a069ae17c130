package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.breeze.Eigenvalues;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProjectedGradient;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Simplex;

/**
 * The dual of a multiclass support vector machine of m rows and k classes, and its validation loss:
 *
 * <pre>
 *   x*(lam) = argmin theta / 2 |W|^2 + &lt;x, Y&gt;   over x, m x k, every row on the simplex
 *   W(x, lam) = A' (Y - x) / theta,   theta = exp(lam)
 *   L(x, lam) = 1/2 |A_val W - Y_val|^2
 * </pre>
 *
 * It is written times theta, which moves no minimiser: its Hessian is then that of A A', and one
 * step, 1 / |A|^2, suits every lam.
 */
final class SvmDual {
  private static final String ROW = "row";
  private static final int ROWS_A_BLOCK = 10;

  private final int m;
  private final int k;
  private final Samples samples;
  private final Rows train;
  private final Rows held;
  private final Passes passes;
  private final Matrix kernel;
  private final double step;

  SvmDual(Samples samples, Samples validation, int k) {
    this.m = samples.count();
    this.k = k;
    this.samples = samples;
    Table trainTable = samples.numberedTable(ROW);
    Table heldTable = validation.table();
    this.train = new Rows("train", trainTable.schema());
    this.held = new Rows("validation", heldTable.schema());
    this.passes = Passes.over(Map.of("train", trainTable, "validation", heldTable));
    this.kernel = samples.features().times(samples.features().transpose());
    this.step = 1 / Eigenvalues.ofSymmetric(kernel).maxAbs();
  }

  Passes passes() {
    return passes;
  }

  /** The middle of every simplex, m k x 1. */
  Matrix start() {
    return Matrix.filled(m * k, 1, 1.0 / k);
  }

  /** The fixed point of projected gradient. */
  Condition projected() {
    return ProjectedGradient.of(m * k, 1, this::objective, lam -> flat(simplices()), step);
  }

  /** The fixed point of mirror descent. */
  Condition mirrored() {
    return MirrorDescent.ofSimplexRows(m * k, k, 1, this::objective, step);
  }

  /** Iterations of a solver, as maps. */
  Unrolled iterations(SvmSolver solver, int count) {
    return switch (solver) {
      case MIRROR_DESCENT -> Unrolled.of(mirrored(), count);
      case ACCELERATED_GRADIENT -> Unrolled.ofAccelerated(projected(), count);
      case BLOCK_DESCENT -> Unrolled.of(m * k, 1, (x, lam) -> sweep(x, lam.exp()), count);
    };
  }

  /** The loss on the validation rows of what {@code inner} solves. */
  BilevelProblem validation(ImplicitFunction inner) {
    Var w = primal(inner.condition().x(), inner.condition().theta());
    Var gap = held.features().matmul(w).minus(oneHot(held.label()));
    return BilevelProblem.of(inner, gap.square().sum().times(0.5));
  }

  private Var objective(Var x, Var lam) {
    Var energy = combined(x).square().sum().times(0.5);
    return energy.plus(lam.exp().times(mine(x).times(oneHot(train.label())).sum()));
  }

  private Var primal(Var x, Var lam) {
    return combined(x).divide(lam.exp());
  }

  /** A' (Y - x), theta W. */
  private Var combined(Var x) {
    return train.features().transpose().matmul(oneHot(train.label()).minus(mine(x)));
  }

  /** A row of x for every row of the table. */
  private Var mine(Var x) {
    return x.reshape(m, k).rows(train.column(ROW));
  }

  private Var oneHot(Var labels) {
    return Var.constant(Matrix.identity(k)).rows(labels);
  }

  private static Projection simplices() {
    return v -> Simplex.ofRows(Var.constant(1)).of(v);
  }

  private Projection flat(Projection ofRows) {
    return v -> ofRows.of(v.reshape(m, k)).reshape(m * k, 1);
  }

  /**
   * A sweep over blocks of rows, each a projected step of theta over the largest eigenvalue of its
   * block of the kernel A A', by which the gradients of all rows are kept up to date.
   */
  private Var sweep(Var x, Var theta) {
    Var rows = x.reshape(m, k);
    Var classes = oneHot(Var.constant(samples.labels()));
    Var gradient = classes.minus(Var.constant(kernel).matmul(classes.minus(rows)).divide(theta));
    List<Var> moved = new ArrayList<>();
    for (int from = 0; from < m; from += ROWS_A_BLOCK) {
      int to = Math.min(m, from + ROWS_A_BLOCK);
      Matrix columns = kernel.columns(from, to);
      double[] block = Arrays.copyOfRange(columns.toArray(), from * (to - from), to * (to - from));
      double largest =
          Eigenvalues.ofSymmetric(Matrix.adopting(to - from, to - from, block)).maxAbs();
      Var before = rows.slice(Side.ROWS, from, to);
      Var step = gradient.slice(Side.ROWS, from, to).times(theta.divide(largest));
      Var after = simplices().of(before.minus(step));
      Var change = Var.constant(columns).matmul(after.minus(before));
      gradient = gradient.plus(change.divide(theta));
      moved.add(after);
    }
    return Var.concatenate(Side.ROWS, moved).reshape(m * k, 1);
  }
}
