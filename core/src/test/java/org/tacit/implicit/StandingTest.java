package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Which kinks of programs are known, and which side's derivative is said to be given. */
class StandingTest {
  private static final Passes NONE = Passes.over(Map.of());

  private record Asked(double vjp, Certificate certificate) {
    String reason() {
      return certificate.reason().orElse("trusted");
    }
  }

  private static ImplicitFunction function(Condition condition) {
    return ImplicitFunction.of(
        condition, Solver.automatic(), LinearSolver.auto(1e-10), Stopping.relative(1e-10, 500));
  }

  private static Asked ask(Condition condition, Passes passes, double theta) {
    Matrix one = Matrix.filled(condition.unknowns(), 1, 1);
    try (ImplicitSolution solution = function(condition).solve(passes, Matrix.scalar(theta))) {
      Derivative vjp = solution.vjp(one);
      return new Asked(vjp.value().value(), solution.certificate(one, vjp));
    }
  }

  private static Condition stationary(BiFunction<Var, Var, Var> objective) {
    return Stationarity.of(Parameters.vector(1), Parameters.vector(1), objective);
  }

  private static final Condition LASSO =
      ProximalGradient.of(
          1,
          1,
          (x, t) -> x.minus(1).square().sum().times(0.5),
          (v, t, eta) -> Prox.lasso(t).of(v, eta));

  /** x = max(1 - lambda, 0): slope -1 to the left of 1, 0 to the right. */
  @ParameterizedTest
  @ValueSource(doubles = {-1e-3, -1e-6, 1e-6, 1e-3})
  void lassoIsTrustedOnBothSidesOfItsLargestPenalty(double past) {
    Asked asked = ask(LASSO, NONE, 1 + past);
    assertThat(asked.reason()).isEqualTo("trusted");
    assertThat(asked.vjp()).isCloseTo(past < 0 ? -1 : 0, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-12, 0, 1e-12})
  void lassoStandsOnAKinkAtItsLargestPenalty(double past) {
    Asked asked = ask(LASSO, NONE, 1 + past);
    assertThat(asked.reason())
        .contains("on a kink where x[0] is on the edge between zero and non-zero; ")
        .doesNotContain("two compared values are equal");
    boolean isLeft = Math.abs(asked.vjp() + 1) < 1e-9;
    assertThat(asked.reason()).contains(isLeft ? "from the left" : "from the right");
    assertThat(isLeft || Math.abs(asked.vjp()) < 1e-9).isTrue();
  }

  /** (x - t)^2 + max(x - 1, 0)^2: x = t to the left of 1, (t + 1) / 2 to the right. */
  @Test
  void maxInAnObjectiveIsAKink() {
    Condition condition =
        stationary(
            (x, t) ->
                x.minus(t).square().sum().plus(x.minus(1).max(Var.constant(0)).square().sum()));
    Asked asked = ask(condition, NONE, 1);
    assertThat(asked.reason()).contains("the arguments of max are equal");
    assertThat(asked.reason()).contains(asked.vjp() < 0.75 ? "from the right" : "from the left");
    assertThat(ask(condition, NONE, 1 - 1e-6).vjp()).isCloseTo(1, within(1e-9));
    assertThat(ask(condition, NONE, 1 + 1e-6).vjp()).isCloseTo(0.5, within(1e-9));
    assertThat(ask(condition, NONE, 1 + 1e-6).reason()).isEqualTo("trusted");
  }

  /** |x| |x| = x^2, of which the rules of primitives make a derivative that no side has. */
  @Test
  void derivativesOfNeitherSideAreNotTrusted() {
    Condition square = stationary((x, t) -> x.minus(t).square().plus(x.abs().times(x.abs())).sum());
    assertThat(ask(square, NONE, 0).reason()).contains("the derivative given is that of neither");
    assertThat(ask(square, NONE, 1e-3).vjp()).isCloseTo(0.5, within(1e-9));
    assertThat(ask(square, NONE, 1e-3).reason()).isEqualTo("trusted");
  }

  /** Of |x| x, |x| x^2, and of a max that nothing reads, no derivative jumps. */
  @Test
  void kinksWithoutAJumpAreTrusted() {
    Condition odd = FixedPoint.of(1, 1, (x, t) -> t.minus(x.abs().times(x).times(0.1)));
    Condition cubic =
        stationary((x, t) -> x.minus(t).square().plus(x.abs().times(x.square())).sum());
    Condition unread = stationary((x, t) -> x.minus(t).square().plus(x.max(t).times(0)).sum());
    for (Condition condition : new Condition[] {odd, cubic, unread}) {
      Asked asked = ask(condition, NONE, 0);
      assertThat(asked.reason()).isEqualTo("trusted");
      assertThat(asked.vjp()).isCloseTo(1, within(1e-9));
    }
  }

  /** x = (|t| + sort-like min) / 2 and the like: kinks of theta alone, in a fixed point. */
  @Test
  void primitivesInFixedPointsAreKinks() {
    Map<String, Condition> conditions =
        Map.of(
            "abs", FixedPoint.of(1, 1, (x, t) -> x.times(0.5).plus(t.minus(1).abs())),
            "min", FixedPoint.of(1, 1, (x, t) -> x.times(0.5).plus(t.min(Var.constant(1)))),
            "clip", FixedPoint.of(1, 1, (x, t) -> x.times(0.5).plus(t.clip(0, 1))),
            "choice",
                FixedPoint.of(
                    1,
                    1,
                    (x, t) -> x.times(0.5).plus(Var.where(t.minus(1), t.minus(1), x.times(0)))),
            "compared",
                FixedPoint.of(
                    1,
                    1,
                    (x, t) ->
                        x.times(0.5)
                            .plus(Var.where(t.lessThan(Var.constant(1)), t, t.times(3).minus(2)))),
            "largest",
                FixedPoint.of(
                    1,
                    1,
                    (x, t) ->
                        x.times(0.5)
                            .plus(
                                Var.concatenate(
                                        org.tacit.primitive.Side.COLS, t, t.times(2).minus(1))
                                    .maxCols())));
    conditions.forEach(
        (what, condition) -> {
          assertThat(ask(condition, NONE, 1).reason()).as(what).contains("on a kink where");
          if (!what.equals("choice")) {
            assertThat(ask(condition, NONE, 1).reason()).contains(what);
          }
          for (double theta : new double[] {1 - 1e-4, 1 + 1e-4}) {
            Asked asked = ask(condition, NONE, theta);
            double h = 1e-6;
            double difference =
                (solved(condition, theta + h) - solved(condition, theta - h)) / (2 * h);
            if (difference != 0) {
              assertThat(asked.reason()).as(what).isEqualTo("trusted");
            }
            assertThat(asked.vjp()).as(what).isCloseTo(difference, within(1e-5));
          }
        });
  }

  private static double solved(Condition condition, double theta) {
    try (ImplicitSolution solution = function(condition).solve(NONE, Matrix.scalar(theta))) {
      return solution.x().value();
    }
  }

  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 1, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private static InProcessTable table(double... rows) {
    Matrix data = Matrix.adopting(rows.length / 2, 2, rows);
    return InProcessTable.of(SCHEMA, data, 2, 3);
  }

  /** Mean of max(1 - y a w, 0)^2 with theta w^2: one of 200 rows at its margin at the solution. */
  @Test
  void aRowOfATableOnItsKinkIsKnown() {
    Random random = new Random(4);
    double[] rows = new double[400];
    for (int i = 0; i < 200; i++) {
      rows[2 * i] = 1.5 + random.nextDouble();
      rows[2 * i + 1] = i % 3 == 0 ? -0.1 : 0.3;
    }
    Rows train = new Rows("train", SCHEMA);
    Condition hinge =
        Stationarity.of(
            Parameters.vector(1),
            Parameters.vector(1),
            (w, t) ->
                Var.constant(1)
                    .minus(train.features().matmul(w).times(train.label()))
                    .max(Var.constant(0))
                    .square()
                    .meanRows()
                    .plus(t.times(w.square())));
    Passes passes = Passes.over("train", table(rows));
    double w;
    try (ImplicitSolution solution = function(hinge).solve(passes, Matrix.scalar(0.01))) {
      w = solution.x().value();
      assertThat(ask(hinge, passes, 0.01).reason()).isEqualTo("trusted");
    }
    double[] more = java.util.Arrays.copyOf(rows, 402);
    more[400] = 1 / w;
    more[401] = 1;
    Matrix weights = Matrix.scalar(0.01 * 200 / 201.0);
    Passes on = Passes.over("train", table(more));
    long before = on.ledger().total();
    Asked asked = ask(hinge, on, weights.value());
    assertThat(asked.reason()).contains("on a kink where the arguments of max are equal");
    assertThat(on.ledger().total() - before).isLessThan(100);
  }

  /** The outer loss max(1 - x, 0) at x = theta = 1. */
  @Test
  void theOuterLossHasKinksToo() {
    Condition same = stationary((x, t) -> x.minus(t).square().sum());
    ImplicitFunction inner = function(same);
    Var loss = Var.constant(1).minus(same.x()).max(Var.constant(0)).sum();
    BilevelProblem problem = BilevelProblem.of(inner, loss);
    for (double theta : new double[] {1, 1 - 1e-6, 1 + 1e-6}) {
      try (ImplicitSolution solution = inner.solve(NONE, Matrix.scalar(theta))) {
        Hypergradient found = problem.hypergradient(NONE, solution);
        Certificate certificate = problem.certificate(solution, found);
        assertThat(certificate.isTrusted()).as("%s", certificate).isEqualTo(theta != 1);
        if (theta == 1) {
          assertThat(certificate.reason().orElseThrow()).contains("on a kink");
        } else {
          assertThat(found.gradient().value()).isCloseTo(theta < 1 ? -1 : 0, within(1e-9));
        }
      }
    }
  }

  /** Along a tangent that does not move the tie the derivative exists. */
  @Test
  void tangentsThatStayOnAKinkAreTrusted() {
    Condition simplex =
        ProximalGradient.onSet(
            3,
            3,
            (x, q) -> x.minus(q).square().sum().times(0.5),
            q -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)));
    Matrix theta = Matrix.column(1, 1, 0.5);
    try (ImplicitSolution solution = function(simplex).solve(NONE, theta)) {
      Matrix kept = Matrix.column(1, -1, 0);
      Derivative along = solution.jvp(kept);
      assertThat(solution.certificateAlong(kept, along).reason()).isEmpty();
      assertThat(along.value().minus(kept).maxAbs()).isLessThan(1e-12);
      Matrix off = Matrix.column(1, 0, 0);
      Certificate certificate = solution.certificateAlong(off, solution.jvp(off));
      assertThat(certificate.standing()).isPresent();
    }
  }

  /** x = argmin of (x - y(t))^2 with y the lasso's solution, whose kinks are its own. */
  @Test
  void kinksInsideOfASolutionAreNotPassedOver() {
    ImplicitFunction lasso = function(LASSO);
    Condition outside = stationary((x, t) -> x.minus(lasso.value(t)).square().sum());
    assertThat(ask(outside, NONE, 0.5).reason()).contains("kink distance unknown");
    ImplicitFunction smooth = function(stationary((x, t) -> x.minus(t).square().sum()));
    Condition nested = stationary((x, t) -> x.minus(smooth.value(t)).square().sum());
    assertThat(ask(nested, NONE, 0.5).reason()).isEqualTo("trusted");
  }

  /** All of the solution is fixed with room to spare: the derivative is 0, and known to be. */
  @Test
  void zeroForAGoodReasonIsTrusted() {
    Condition vertex =
        ProximalGradient.onSet(
            3,
            3,
            (x, q) -> x.minus(q).square().sum().times(0.5),
            q -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)));
    Matrix theta = Matrix.column(3, 0.5, -1);
    Matrix cotangent = Matrix.column(1, 2, 3);
    try (ImplicitSolution solution = function(vertex).solve(NONE, theta)) {
      Derivative vjp = solution.vjp(cotangent);
      assertThat(vjp.value().maxAbs()).isLessThan(1e-15);
      assertThat(solution.certificate(cotangent, vjp).reason()).isEmpty();
      Derivative jvp = solution.jvp(cotangent);
      assertThat(solution.certificateAlong(cotangent, jvp).reason()).isEmpty();
    }
    assertThat(ask(LASSO, NONE, 2).reason()).isEqualTo("trusted");
  }

  /** x_2 = 0 with multiplier 0 at theta = 1, in a mirror step and in KKT equations. */
  @Test
  void strictComplementarityIsAsked() {
    Var corner = Var.constant(Matrix.column(1, 0));
    Condition mirror =
        MirrorDescent.ofSimplex(
            2, 1, (x, t) -> x.minus(t.times(corner)).square().sum().times(0.5), 1);
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(2),
                Parameters.vector(1),
                (Var z, Var t) -> z.minus(t.times(corner)).square().sum().times(0.5))
            .withEqualities((z, t) -> z.sum().minus(1))
            .withInequalities((z, t) -> z.negate());
    for (double theta : new double[] {1, 1.5}) {
      double multiplier = theta - 1;
      assertDegenerate(mirror, theta, Matrix.column(1, 0));
      assertDegenerate(kkt, theta, Matrix.column(1, 0, multiplier, 0, multiplier));
    }
  }

  private static void assertDegenerate(Condition condition, double theta, Matrix x) {
    Matrix cotangent = Matrix.filled(x.rows(), 1, 1);
    Matrix at = Matrix.scalar(theta);
    ImplicitFunction function = function(condition);
    double residual = function.residualNorm(NONE, at, x);
    assertThat(residual).isLessThan(1e-15);
    Solution known =
        new Solution(x, Outcome.CONVERGED, "known", 0, residual, 0, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(NONE, at, known)) {
      Derivative vjp = solution.vjp(cotangent);
      Certificate certificate = solution.certificate(cotangent, vjp);
      assertThat(certificate.isTrusted()).as("%s", certificate).isEqualTo(theta != 1);
      if (theta == 1) {
        assertThat(certificate.reason().orElseThrow())
            .contains("on a kink where a multiplier and what it belongs to are both 0");
      }
    }
  }
}
