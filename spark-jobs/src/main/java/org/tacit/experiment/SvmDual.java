package org.tacit.experiment;

import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.breeze.Eigenvalues;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Stopping;

/**
 * The dual of a multiclass support vector machine of m rows and k classes, and its validation loss:
 *
 * <pre>
 *   x*(lam) = argmin theta / 2 |W|^2 - &lt;Y - x, Y&gt;   over x, m x k, every row on the simplex
 *   W(x, lam) = A' (Y - x) / theta,   theta = exp(lam)
 *   L(x, lam) = 1/2 |A_val W - Y_val|^2
 * </pre>
 *
 * times theta, which moves no minimiser: its Hessian is then that of A A', and 1 / |A|^2 a step for
 * every lam. That of mirror descent is 8 times as long: entropy curves by 1 / x.
 */
final class SvmDual {
  private static final Projection SIMPLICES =
      v -> Projection.ontoSimplex(Extent.ROWS, Var.constant(1)).of(v);

  private final int m;
  private final int k;
  private final Rows train;
  private final Rows held;
  final Passes passes;
  final Condition projected;
  final Condition mirrored;
  final BlockSweep sweep;

  SvmDual(Samples samples, Samples validation, int k) {
    this.m = samples.count();
    this.k = k;
    Matrix kernel = samples.features().times(samples.features().transpose());
    Table trainTable = samples.numberedTable("row");
    Table heldTable = validation.table();
    this.train = new Rows("train", trainTable.schema());
    this.held = new Rows("validation", heldTable.schema());
    this.passes = Passes.over(Map.of("train", trainTable, "validation", heldTable));
    int n = m * k;
    double step = 1 / Eigenvalues.ofSymmetric(kernel).maxAbs();
    Projection flat = v -> SIMPLICES.of(v.reshape(m, k)).reshape(n, 1);
    this.projected = ProximalGradient.onSet(n, 1, this::objective, lam -> flat, step);
    this.mirrored = MirrorDescent.ofSimplexRows(n, k, 1, this::objective, 8 * step);
    Var y = oneHot(Var.constant(samples.labels()));
    Var fixed = Var.constant(kernel).matmul(y);
    this.sweep = new BlockSweep(kernel, t -> y.times(t.exp()).minus(fixed), SIMPLICES, 10);
  }

  /** The loss at what a fixed point defines. */
  BilevelProblem validation(Condition fixedPoint, Preconditioner preconditioner) {
    LinearSolver gmres = LinearSolver.gmres(1e-8, 1000, 120, preconditioner);
    Var w = combined(fixedPoint.x()).divide(fixedPoint.theta().exp());
    Var gap = held.features().matmul(w).minus(oneHot(held.label()));
    Stopping stopping = Stopping.relative(1e-10, 5000);
    return BilevelProblem.of(
        ImplicitFunction.of(fixedPoint, CompositeMinimiser.fista(), gmres, stopping),
        gap.square().sum().times(0.5));
  }

  private Var objective(Var x, Var lam) {
    Var energy = combined(x).square().sum().times(0.5);
    return energy.minus(lam.exp().times(gap(x).times(oneHot(train.label())).sum()));
  }

  /** A' (Y - x), theta W. */
  private Var combined(Var x) {
    return train.features().transpose().matmul(gap(x));
  }

  /** Y - x, by the rows of the table. */
  private Var gap(Var x) {
    return oneHot(train.label()).minus(x.reshape(m, k).rows(train.column("row")));
  }

  private Var oneHot(Var of) {
    return Var.constant(Matrix.identity(k)).rows(of);
  }
}
