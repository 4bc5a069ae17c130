package org.tacit.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.breeze.Factorisation;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.Model;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.Passes;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Hypergradients of the cross-validated loss of more unknowns than a whole matrix is taken of,
 * against the formula of ridge logistic regression, its systems solved by Cholesky:
 *
 * <pre>
 *   A_k = X_k' S X_k / n_k + diag(exp theta)   A_k u_k = -grad L_k / K   dJ = sum_k exp(theta) x_k u_k
 * </pre>
 */
class WideHypergradientTest {
  private static final int P = 400;
  private static final int K = 3;
  private static final Folds FOLDS =
      Folds.byColumn(SweepRows.FOLD, List.of("north", "east", "west"));
  private static final Matrix THETA = Matrix.column(P, j -> -4 + 0.5 * (j % 4));

  private final SweepRows rows = new SweepRows(Loss.logistic(), 90, P, Storage.CSR, false, false);
  private final Passes passes = Passes.over(Model.TRAIN, rows.all());
  private final CrossValidation folds = CrossValidation.of(model(), Loss.logistic(), FOLDS, passes);
  private final BilevelProblem problem = problem(LinearSolver.auto(1e-10));

  private PenalisedModel model() {
    var form =
        new PenalisedModel.Form(
            Loss.logistic(),
            Average.MEAN,
            false,
            PenaltyKind.L2,
            PenaltyScope.FEATURE,
            List.of(),
            false);
    return PenalisedModel.of(form, rows.schema(), 2);
  }

  private BilevelProblem problem(LinearSolver linear) {
    return folds.problem(Solver.automatic(), linear, Stopping.relative(1e-12, 500));
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  private double margin(int i, Matrix x) {
    return IntStream.range(0, P).mapToDouble(j -> rows.x[i * P + j] * x.at(j)).sum();
  }

  private int[] inFold(int k, boolean isHeldOut) {
    return IntStream.range(0, rows.y.length)
        .filter(i -> (rows.fold[i] == k) == isHeldOut)
        .toArray();
  }

  /** exp(theta) x_k u_k. */
  private Matrix throughFold(int k, Matrix x) {
    int[] kept = inFold(k, false);
    double[] a = new double[P * P];
    for (int i : kept) {
      double s = sigmoid(margin(i, x));
      for (int j = 0; j < P; j++) {
        for (int l = 0; l < P; l++) {
          a[j * P + l] += s * (1 - s) * rows.x[i * P + j] * rows.x[i * P + l] / kept.length;
        }
      }
    }
    double[] b = new double[P];
    int[] held = inFold(k, true);
    for (int i : held) {
      double slope = -rows.y[i] * sigmoid(-rows.y[i] * margin(i, x)) / held.length / K;
      for (int j = 0; j < P; j++) {
        b[j] -= slope * rows.x[i * P + j];
      }
    }
    Matrix penalty = THETA.map(Math::exp);
    for (int j = 0; j < P; j++) {
      a[j * P + j] += penalty.at(j);
    }
    Matrix u = Factorisation.cholesky(Matrix.of(P, P, a)).orElseThrow().solve(Matrix.column(b));
    return Matrix.column(P, j -> penalty.at(j) * x.at(j) * u.at(j));
  }

  private Matrix due(Matrix x) {
    return IntStream.range(0, K)
        .mapToObj(k -> throughFold(k, folds.ofFold(k, x)))
        .reduce(Matrix::plus)
        .orElseThrow();
  }

  @Test
  void theHypergradientIsThatOfTheFormula() {
    try (ImplicitSolution solution = problem.inner().solve(passes, THETA)) {
      Hypergradient found = problem.hypergradient(solution);
      assertThat(found.outcome().isConverged()).isTrue();
      assertThat(found.adjoint().method()).isEqualTo("CG with diagonal");
      Matrix due = due(solution.x());
      assertThat(found.gradient().minus(due).norm()).isLessThan(1e-9 * due.norm());
    }
  }

  /** Beside its products: the outer value with its gradients, and what products keep of rows. */
  @Test
  void itCostsItsProductsAndTwoPasses() {
    try (ImplicitSolution solution = problem.inner().solve(passes, THETA)) {
      long before = passes.ledger().total();
      int products = problem.hypergradient(solution).adjoint().iterations();
      assertThat(passes.ledger().total() - before).isEqualTo(products + 2);
      assertThat(products(LinearSolver.auto(1e-10, 1000, LinearSolver.Promise.TRUSTED), solution))
          .as("no test of what is so by construction")
          .isEqualTo(products);
      Solution alone = solution.inner().with(Nearby.NOTHING);
      try (ImplicitSolution again = problem.inner().at(passes, THETA, alone)) {
        assertThat(problem.hypergradient(again).adjoint().iterations())
            .as("a diagonal of its own")
            .isEqualTo(products + 1);
      }
    }
  }

  private int products(LinearSolver linear, ImplicitSolution solution) {
    BilevelProblem other = problem(linear);
    try (ImplicitSolution same = other.inner().at(passes, THETA, solution.inner())) {
      return other.hypergradient(same).adjoint().iterations();
    }
  }
}
