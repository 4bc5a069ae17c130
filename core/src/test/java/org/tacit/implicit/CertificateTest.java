package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.ConstrainedMinimiser;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** What certificates say of warm starts, rare features, kinks and singular systems. */
class CertificateTest {
  private static final int GROUPS = 8;
  private static final int VALUES = 5;
  private static final int P = GROUPS * VALUES;
  private static final int ROWS = 400;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.CSR),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final Rows TRAIN = new Rows("train", SCHEMA);
  private static final Rows HELD = new Rows("held", SCHEMA);

  private final Condition model =
      Stationarity.ofStronglyConvex(
          Parameters.vector(P),
          Parameters.vector(P),
          (w, theta) -> losses(TRAIN, w).plus(theta.exp().times(w.square()).sum().times(0.5)));
  private final Passes passes = Passes.over(Map.of("train", indicators(1), "held", indicators(2)));
  private final Matrix theta = Matrix.filled(P, 1, -12);

  private static Var losses(Rows rows, Var w) {
    return rows.features().matmul(w).times(rows.label()).negate().softplus().meanRows();
  }

  /** One value of each of some groups a row, the k-th 3^-k times as often as the first, as a9a. */
  private static InProcessTable indicators(long seed) {
    Random random = new Random(seed);
    double[] rows = new double[ROWS * (P + 1)];
    for (int i = 0; i < ROWS; i++) {
      double score = random.nextGaussian();
      for (int group = 0; group < GROUPS; group++) {
        int value = 0;
        while (value < VALUES - 1 && random.nextInt(3) == 0) {
          value++;
        }
        rows[i * (P + 1) + group * VALUES + value] = 1;
        score += (value - 1) * ((group % 3) - 1);
      }
      rows[i * (P + 1) + P] = Math.signum(score);
    }
    Matrix data = Matrix.adopting(ROWS, P + 1, rows);
    return InProcessTable.of(SCHEMA, data, 2, 100);
  }

  private ImplicitFunction function(LinearSolver linear) {
    return ImplicitFunction.of(
        model, Minimiser.newtonPolished(), linear, Stopping.relative(1e-13, 500));
  }

  private static Solution near(ImplicitFunction function, Passes passes, Matrix theta, Matrix x) {
    double residual = function.residualNorm(passes, theta, x);
    return new Solution(x, Outcome.CONVERGED, "near", 0, residual, 0, OptionalDouble.empty());
  }

  @Test
  void rareFeaturesDoNotMakeGoodDerivativesUntrusted() {
    ImplicitFunction function = function(LinearSolver.auto(1e-10));
    BilevelProblem problem = BilevelProblem.of(function, losses(HELD, model.x()));
    try (ImplicitSolution exact = function.solve(passes, theta)) {
      Matrix truth = problem.hypergradient(passes, exact).gradient();
      Matrix direction = RandomMatrix.normal(P, 1, new Random(3));
      Matrix x = exact.x().plus(1e-7 / direction.norm(), direction);
      try (ImplicitSolution found = function.at(passes, theta, near(function, passes, theta, x))) {
        Hypergradient hypergradient = problem.hypergradient(passes, found);
        long before = passes.ledger().total();
        Certificate certificate = problem.certificate(found, hypergradient);
        assertThat(passes.ledger().total() - before).isEqualTo(3 * 2);
        double error = hypergradient.gradient().minus(truth).norm();
        assertThat(certificate.reason()).isEmpty();
        assertThat(certificate.firstOrder().orElseThrow()).isBetween(0.99 * error, 1.01 * error);
        assertThat(certificate.derivativeError().orElseThrow()).isBetween(error, 20 * error);
        assertThat(certificate.theorem().orElseThrow()).isGreaterThan(100 * error);
      }
    }
  }

  @Test
  void aWarmAdjointHasABound() {
    ImplicitFunction function = function(LinearSolver.conjugateGradient(1e-4, 1000));
    BilevelProblem problem = BilevelProblem.of(function, losses(HELD, model.x()));
    try (ImplicitSolution solution = function.solve(passes, theta);
        ImplicitSolution exact = function(LinearSolver.auto(1e-10)).solve(passes, theta)) {
      Hypergradient truth = problem.hypergradient(passes, exact);
      var outer = problem.outerValue(passes, solution);
      Matrix start = truth.adjoint().value().times(1 + 1e-5);
      Hypergradient warm = problem.hypergradient(solution, outer, start);
      assertThat(warm.adjoint().smallestEigenvalue()).isEmpty();
      Certificate certificate = problem.certificate(solution, warm);
      double error = warm.gradient().minus(truth.gradient()).norm();
      assertThat(error).isGreaterThan(1e-9 * truth.gradient().norm());
      assertThat(certificate.smallestEigenvalue()).isPresent();
      assertThat(certificate.derivativeError().orElseThrow()).isGreaterThan(error);
      assertThat(certificate.firstOrder().orElseThrow()).isBetween(0.9 * error, 1.1 * error);
    }
  }

  @Test
  void tangentsAreCertifiedToo() {
    ImplicitFunction function = function(LinearSolver.auto(1e-10));
    Matrix tangent = RandomMatrix.normal(P, 1, new Random(5));
    try (ImplicitSolution exact = function.solve(passes, theta)) {
      Matrix truth = exact.jvp(tangent).value();
      Matrix direction = RandomMatrix.normal(P, 1, new Random(4));
      Matrix x = exact.x().plus(1e-7 / direction.norm(), direction);
      try (ImplicitSolution found = function.at(passes, theta, near(function, passes, theta, x))) {
        Derivative jvp = found.jvp(tangent);
        Certificate certificate = found.certificateAlong(tangent, jvp);
        double error = jvp.value().minus(truth).norm();
        assertThat(certificate.firstOrder().orElseThrow()).isBetween(0.99 * error, 1.01 * error);
        assertThat(certificate.derivativeError().orElseThrow()).isGreaterThan(error);
        assertThat(certificate.isTrusted()).isTrue();
      }
    }
  }

  /** min 1/2 (x - a)^2 + lambda |x| at a - lambda = 1e-4: x* = 1e-4 is that far from a kink. */
  @Test
  void aKinkWithinTheErrorIsNamed() {
    Condition lasso =
        ProximalGradient.of(
            1,
            1,
            (x, lambda) -> x.minus(1).square().sum().times(0.5),
            (v, lambda, eta) -> Prox.lasso(lambda).of(v, eta),
            0.5);
    ImplicitFunction function =
        ImplicitFunction.of(
            lasso,
            CompositeMinimiser.fista(),
            LinearSolver.auto(1e-10),
            Stopping.relative(1e-14, 100));
    Passes none = Passes.over(Map.of());
    Matrix lambda = Matrix.scalar(1 - 1e-4);
    for (double error : new double[] {1e-6, 1e-3}) {
      Solution x = near(function, none, lambda, Matrix.scalar(1e-4 + error));
      try (ImplicitSolution found = function.at(none, lambda, x)) {
        Derivative vjp = found.vjp(Matrix.scalar(1));
        assertThat(vjp.value().value()).isEqualTo(-1);
        Certificate certificate = found.certificate(Matrix.scalar(1), vjp);
        double distance = certificate.kinkDistance().orElseThrow();
        assertThat(distance / (1e-4 + error / 2)).isBetween(0.999, 1.001);
        assertThat(certificate.isTrusted()).isEqualTo(error == 1e-6);
        assertThat(certificate.reason().orElse("degenerate")).contains("degenerate");
      }
    }
  }

  /** min 1/2 (z - theta)^2 over z <= 1 at theta = 1: multiplier and slack are both zero. */
  @Test
  void aDegenerateProgramIsNotTrusted() {
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(1),
                Parameters.vector(1),
                (Var z, Var theta) -> z.minus(theta).square().times(0.5))
            .withInequalities((z, theta) -> z.minus(1));
    ImplicitFunction function =
        ImplicitFunction.of(
            kkt,
            ConstrainedMinimiser.interiorPoint(),
            LinearSolver.auto(1e-10),
            Stopping.relative(1e-10, 200));
    Passes none = Passes.over(Map.of());
    for (double target : List.of(1.0, 1.5)) {
      try (ImplicitSolution solution = function.solve(none, Matrix.scalar(target))) {
        Matrix cotangent = Matrix.column(1, 1);
        Derivative vjp = solution.vjp(cotangent);
        Certificate certificate = solution.certificate(cotangent, vjp);
        assertThat(certificate.isTrusted()).as("%s", certificate).isEqualTo(target == 1.5);
        assertThat(certificate.reason().orElse("degenerate")).contains("degenerate");
      }
    }
  }

  /** 1/2 (x1 + x2 - theta)^2: any split of theta is a solution. */
  @Test
  void aSingularSystemNamesItsFallback() {
    Condition redundant =
        Stationarity.of(
            Parameters.vector(2),
            Parameters.vector(1),
            (x, theta) -> x.sum().minus(theta).square().times(0.5));
    ImplicitFunction function =
        ImplicitFunction.of(
            redundant,
            Minimiser.newtonPolished(),
            LinearSolver.auto(1e-10),
            Stopping.relative(1e-10, 100));
    Passes none = Passes.over(Map.of());
    Matrix one = Matrix.scalar(1);
    Matrix cotangent = Matrix.column(1, 1);
    Solution x = near(function, none, one, Matrix.column(0.5, 0.5));
    try (ImplicitSolution solution = function.at(none, one, x)) {
      Derivative vjp = solution.vjp(cotangent);
      assertThat(vjp.value().value()).isCloseTo(1, within(1e-12));
      Certificate certificate = solution.certificate(cotangent, vjp);
      assertThat(certificate.outcome()).isEqualTo(Outcome.SINGULAR);
      assertThat(certificate.derivativeError()).isEmpty();
      assertThat(certificate.fallback()).hasValue("least squares (dense least squares)");
      assertThat(certificate.reason().orElseThrow())
          .contains("singular; solved by least squares (dense least squares) instead")
          .contains("add a penalty");
    }
  }
}
