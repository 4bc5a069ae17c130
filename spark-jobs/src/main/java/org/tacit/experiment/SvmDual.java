package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.breeze.Eigenvalues;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.Gmres;
import org.tacit.linsolve.Preconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProjectedGradient;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Simplex;
import org.tacit.solver.Fista;
import org.tacit.solver.Stopping;

/**
 * The dual of a multiclass support vector machine of m rows and k classes, and its validation loss:
 *
 * <pre>
 *   x*(lam) = argmin theta / 2 |W|^2 + &lt;x, Y&gt;   over x, m x k, every row on the simplex
 *   W(x, lam) = A' (Y - x) / theta,   theta = exp(lam)
 *   L(x, lam) = 1/2 |A_val W - Y_val|^2
 * </pre>
 *
 * times theta, which moves no minimiser: its Hessian is then that of A A', and 1 / |A|^2 a step for
 * every lam. That of mirror descent is 8 times as long: entropy curves by 1 / x.
 */
final class SvmDual {
  private static final int ROWS_A_BLOCK = 10;
  private final int m;
  private final int k;
  private final Samples samples;
  private final Rows train;
  private final Rows held;
  final Passes passes;
  private final Matrix kernel;
  final Condition projected;
  final Condition mirrored;

  SvmDual(Samples samples, Samples validation, int k) {
    this.m = samples.count();
    this.k = k;
    this.samples = samples;
    Table trainTable = samples.numberedTable("row");
    Table heldTable = validation.table();
    this.train = new Rows("train", trainTable.schema());
    this.held = new Rows("validation", heldTable.schema());
    this.passes = Passes.over(Map.of("train", trainTable, "validation", heldTable));
    this.kernel = samples.features().times(samples.features().transpose());
    double step = 1 / Eigenvalues.ofSymmetric(kernel).maxAbs();
    this.projected =
        ProjectedGradient.of(m * k, 1, this::objective, lam -> v -> onSimplices(v), step);
    this.mirrored = MirrorDescent.ofSimplexRows(m * k, k, 1, this::objective, 8 * step);
  }

  /** The middle of every simplex, m k x 1. */
  Matrix start() {
    return mirrored.start();
  }

  /** The loss of x, with derivatives by a fixed point; GMRES takes up to 1000 products. */
  BilevelProblem validation(Condition fixedPoint, Preconditioner preconditioner) {
    Gmres gmres = new Gmres(1e-8, 1000, 120, preconditioner);
    Var w = combined(fixedPoint.x()).divide(fixedPoint.theta().exp());
    Var gap = held.features().matmul(w).minus(oneHot(held.label()));
    Stopping stopping = Stopping.relative(1e-10, 5000);
    return BilevelProblem.of(
        ImplicitFunction.of(fixedPoint, new Fista(), gmres, stopping),
        gap.square().sum().times(0.5));
  }

  private Var objective(Var x, Var lam) {
    Var energy = combined(x).square().sum().times(0.5);
    return energy.plus(lam.exp().times(mine(x).times(oneHot(train.label())).sum()));
  }

  /** A' (Y - x), theta W. */
  private Var combined(Var x) {
    return train.features().transpose().matmul(oneHot(train.label()).minus(mine(x)));
  }

  /** A row of x for every row of the table. */
  private Var mine(Var x) {
    return x.reshape(m, k).rows(train.column("row"));
  }

  private Var oneHot(Var labels) {
    return Var.constant(Matrix.identity(k)).rows(labels);
  }

  private Var onSimplices(Var x) {
    return Simplex.ofRows(Var.constant(1))
        .of(x.reshape(x.shape().size() / k, k))
        .reshape(x.shape());
  }

  /**
   * Sweeps over blocks of rows, each a projected step of theta over the largest eigenvalue of its
   * block of the kernel A A', by which the gradients of all rows are kept up to date.
   */
  Unrolled sweeps(int count) {
    List<Matrix> columns = new ArrayList<>();
    for (int from = 0; from < m; from += ROWS_A_BLOCK) {
      columns.add(kernel.columns(from, Math.min(m, from + ROWS_A_BLOCK)));
    }
    return Unrolled.of(m * k, 1, (x, lam) -> sweep(x, lam.exp(), columns), count);
  }

  private Var sweep(Var x, Var theta, List<Matrix> kernelColumns) {
    Var rows = x.reshape(m, k);
    Var classes = oneHot(Var.constant(samples.labels()));
    Var gradient = classes.times(theta).minus(Var.constant(kernel).matmul(classes.minus(rows)));
    List<Var> moved = new ArrayList<>();
    int from = 0;
    for (Matrix columns : kernelColumns) {
      int size = columns.cols();
      double[] block = Arrays.copyOfRange(columns.toArray(), from * size, (from + size) * size);
      double largest = Eigenvalues.ofSymmetric(Matrix.adopting(size, size, block)).maxAbs();
      Var before = rows.slice(Side.ROWS, from, from + size);
      Var step = gradient.slice(Side.ROWS, from, from + size).divide(largest);
      Var after = onSimplices(before.minus(step));
      gradient = gradient.plus(Var.constant(columns).matmul(after.minus(before)));
      moved.add(after);
      from += size;
    }
    return Var.concatenate(Side.ROWS, moved).reshape(m * k, 1);
  }
}
