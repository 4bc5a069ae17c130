package org.tacit.experiment;

import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.breeze.Eigenvalues;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * A multinomial regression fitted to one image a class, T, classes x pixels, and its loss on a
 * table:
 *
 * <pre>
 *   W*(T) = argmin mean_c CE(T_c W, c) + l2 / 2 |W|^2
 *   L(T) = mean_i CE(a_i W*(T), b_i)   over the training rows
 * </pre>
 *
 * Its Hessian is that of as few images beside l2 times the identity: conjugate gradients end soon.
 */
final class DistilledModel {
  private static final double TOLERANCE = 1e-8;
  private static final double EXACT = 1e-12;
  private static final int MOST = 2000;

  private final int classes;
  private final int pixels;
  private final double l2;
  private final Passes passes;
  private final Condition fit;
  private final Var outer;
  private final BilevelProblem problem;

  DistilledModel(Samples train, int classes, double l2) {
    this.classes = classes;
    this.pixels = train.features().cols();
    this.l2 = l2;
    Table table = train.table();
    Rows rows = new Rows("train", table.schema());
    int n = pixels * classes;
    this.passes = Passes.over("train", table);
    this.fit =
        Stationarity.ofStronglyConvex(Parameters.vector(n), Parameters.vector(n), this::loss);
    Var scores = rows.features().matmul(fit.x().reshape(pixels, classes));
    this.outer = Loss.multinomial().of(scores, rows.label()).meanRows();
    this.problem = problem(Minimiser.lbfgs(), TOLERANCE);
  }

  private BilevelProblem problem(Solver solver, double tolerance) {
    Stopping stopping = Stopping.relative(tolerance, MOST);
    return BilevelProblem.of(ImplicitFunction.of(fit, solver, linear(tolerance), stopping), outer);
  }

  private static LinearSolver linear(double tolerance) {
    return LinearSolver.conjugateGradient(tolerance, MOST);
  }

  private Var loss(Var w, Var images) {
    Var scores = images.reshape(classes, pixels).matmul(w.reshape(pixels, classes));
    Matrix each = Matrix.column(IntStream.range(0, classes).mapToDouble(c -> c).toArray());
    Var data = Loss.multinomial().of(scores, Var.constant(each)).meanRows();
    return data.plus(w.dot(w).times(l2 / 2));
  }

  /**
   * The images after some steps down the hypergradient from black ones, and the loss after each.
   * All pixels share the length of a step, so that one that says little stays small.
   */
  Matrix learned(int steps, BiConsumer<Integer, Double> listener) {
    OuterStopping stopping = new OuterStopping(0, steps, TOLERANCE);
    return OuterOptimiser.adaptiveGradient(stopping)
        .minimise(
            OuterFunction.of(problem, DistilledModel::linear, passes),
            Matrix.zeros(classes * pixels, 1),
            step -> listener.accept(step.iteration(), step.outerValue()))
        .theta();
  }

  /** Steps of gradient descent on the fit to these images, of length 1 / L. */
  Unrolled descent(Matrix images, int steps) {
    Matrix rows = images.reshape(classes, pixels);
    double curvature = Eigenvalues.ofSymmetric(rows.times(rows.transpose())).maxAbs();
    return Unrolled.ofDescent(fit, 1 / (0.5 * curvature / classes + l2), steps);
  }

  /** The implicit hypergradient of the solved fit. */
  Comparison.Found implicit(Matrix images) {
    return at(images, fitted(images));
  }

  /** The same to about rounding. */
  Comparison.Found exact(Matrix images) {
    BilevelProblem exactly = problem(RootFinder.newton(), EXACT);
    try (ImplicitSolution solution = exactly.inner().solve(passes, images)) {
      solution.inner().orThrow();
      return Comparison.Found.of(exactly.hypergradient(passes, images, solution.x()));
    }
  }

  /** The implicit hypergradient at w. */
  Comparison.Found at(Matrix images, Matrix w) {
    return Comparison.Found.of(problem.hypergradient(passes, images, w));
  }

  /** Where these steps end. */
  Matrix descended(Matrix images, Unrolled descent) {
    return descent.last(passes, images, fit.start());
  }

  /** The gradient through the steps, all iterates kept. */
  Comparison.Found unrolled(Matrix images, Unrolled descent) {
    Unrolled all = descent.withCheckpointInterval(1);
    return Comparison.Found.of(problem.hypergradient(passes, images, fit.start(), all));
  }

  /** The solved fit. */
  Matrix fitted(Matrix images) {
    try (ImplicitSolution solution = problem.inner().solve(passes, images)) {
      return solution.x();
    }
  }

  /** The part of rows whose largest score is their label's, by the model fitted to images. */
  double accuracy(Samples rows, Matrix images) {
    return rows.accuracy(rows.features().times(fitted(images).reshape(pixels, classes)));
  }
}
