package org.tacit.experiment;

import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.breeze.Eigenvalues;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.ConjugateGradient;
import org.tacit.loss.Multinomial;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Lbfgs;
import org.tacit.solver.Stopping;

/**
 * A multinomial regression fitted to one image a class, T, classes x pixels, and its loss on a
 * table:
 *
 * <pre>
 *   W*(T) = argmin mean_c CE(T_c W, c) + l2 / 2 |W|^2
 *   L(T) = mean_i CE(a_i W*(T), b_i)   over the training rows
 * </pre>
 */
final class DistilledModel {
  private static final double TOLERANCE = 1e-8;

  private final int classes;
  private final int pixels;
  private final double l2;
  private final Passes passes;
  private final Var trainingLoss;
  private final Condition fit;

  DistilledModel(Samples train, int classes, double l2) {
    this.classes = classes;
    this.pixels = train.features().cols();
    this.l2 = l2;
    Table table = train.table();
    Rows rows = new Rows("train", table.schema());
    this.passes = Passes.over("train", table);
    this.fit =
        Stationarity.ofStronglyConvex(
            Parameters.vector(pixels * classes), Parameters.vector(classes * pixels), this::loss);
    Var scores = rows.features().matmul(fit.x().reshape(pixels, classes));
    this.trainingLoss = new Multinomial().of(scores, rows.label()).meanRows();
  }

  private Var loss(Var w, Var images) {
    Var scores = images.reshape(classes, pixels).matmul(w.reshape(pixels, classes));
    Matrix each = Matrix.column(IntStream.range(0, classes).mapToDouble(c -> c).toArray());
    Var data = new Multinomial().of(scores, Var.constant(each)).meanRows();
    return data.plus(w.dot(w).times(l2 / 2));
  }

  Passes passes() {
    return passes;
  }

  /**
   * Its Hessian is that of as few images beside l2 times the identity: conjugate gradients end
   * soon.
   */
  BilevelProblem problem() {
    ImplicitFunction solved =
        ImplicitFunction.of(
            fit,
            new Lbfgs(),
            new ConjugateGradient(TOLERANCE, 1000),
            Stopping.relative(TOLERANCE, 2000));
    return BilevelProblem.of(solved, trainingLoss);
  }

  /** The weights that gradient descent begins from. */
  Matrix start() {
    return Matrix.zeros(pixels * classes, 1);
  }

  /** Steps of gradient descent on the fit to these images, of length 1 / L. */
  Unrolled descent(Matrix images, int steps) {
    Matrix rows = images.reshape(classes, pixels);
    double curvature = Eigenvalues.ofSymmetric(rows.times(rows.transpose())).maxAbs();
    return Unrolled.ofDescent(fit, 1 / (0.5 * curvature / classes + l2), steps);
  }

  /** The implicit hypergradient where these steps end. */
  Hypergradient implicitAfter(Matrix images, Unrolled descent) {
    BilevelProblem problem = problem();
    Matrix w = descent.last(passes, images, start());
    try (ImplicitSolution solution = problem.inner().at(passes, images, w)) {
      return problem.hypergradient(solution);
    }
  }

  /** The implicit hypergradient of the solved fit. */
  Hypergradient implicit(Matrix images) {
    BilevelProblem problem = problem();
    try (ImplicitSolution solution = problem.inner().solve(passes, images)) {
      return problem.hypergradient(solution);
    }
  }

  /** The part of rows whose largest score is their label's, by these weights. */
  double accuracy(Samples rows, Matrix w) {
    Matrix scores = rows.features().times(w.reshape(pixels, classes));
    long right = 0;
    for (int i = 0; i < rows.count(); i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        best = scores.at(i, c) > scores.at(i, best) ? c : best;
      }
      right += best == (int) rows.labels().at(i) ? 1 : 0;
    }
    return right / (double) rows.count();
  }
}
