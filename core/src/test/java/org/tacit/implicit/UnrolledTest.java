package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Prox;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/**
 * Unrolled iterations: the implicit derivative in the limit, by either mode, whatever is stored.
 */
class UnrolledTest {
  private final Passes passes = Passes.over("train", Golden.table(4));
  private final Passes none = Passes.over(Map.of());

  static Matrix implicit(Condition condition, Passes on, Matrix theta, Matrix x) {
    Solution found =
        new Solution(x, Outcome.CONVERGED, "iterations", 1, 0, 0, OptionalDouble.empty());
    ImplicitFunction function =
        ImplicitFunction.of(
            condition, RootFinder.picard(), LinearSolver.auto(1e-14), Stopping.relative(1e-12, 1));
    try (ImplicitSolution solution = function.at(on, theta, found)) {
      return solution.jacobian().orThrow();
    }
  }

  private static void assertClose(Matrix found, Matrix expected, double tolerance) {
    assertThat(found.minus(expected).maxAbs()).isLessThan(tolerance);
  }

  @Test
  void descentOnRidgeReachesTheGoldenDerivative() {
    Unrolled descent = Unrolled.ofDescent(Golden.ridge(), 1.0, 200);
    Unrolled.Derivative found = descent.jacobian(passes, Matrix.scalar(0.5), Matrix.zeros(3, 1));
    assertClose(found.x(), Matrix.column(0.280490721037, 0.064766301913, -0.055831959339), 1e-11);
    assertClose(
        found.value(), Matrix.column(-0.287057067713, -0.069908938568, 0.064995611912), 1e-11);
    assertClose(
        found.value(), implicit(Golden.ridge(), passes, Matrix.scalar(0.5), found.x()), 1e-12);
    assertThat(found.passes()).isEqualTo(200);
    assertThat(found.iterations()).isEqualTo(200);
    assertThat(found.storedIterates()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "0.02, -2.36460946539, -1.740082133795, 1.980980234929",
    "0.1, -1.999427910296, 0, 0",
  })
  void proximalGradientOnLassoReachesTheGoldenDerivative(
      double lambda, double d0, double d1, double d2) {
    Condition lasso =
        ProximalGradient.of(
            3,
            1,
            (w, theta) ->
                Golden.ROWS
                    .features()
                    .matmul(w)
                    .minus(Golden.ROWS.label())
                    .square()
                    .meanRows()
                    .times(0.5),
            (v, theta, eta) -> Prox.lasso(theta).of(v, eta),
            1.0);
    Matrix at = Matrix.scalar(lambda);
    Unrolled.Derivative forward = Unrolled.of(lasso, 400).jacobian(passes, at, Matrix.zeros(3, 1));
    assertClose(forward.value(), Matrix.column(d0, d1, d2), 1e-8);
    assertClose(forward.value(), implicit(lasso, passes, at, forward.x()), 1e-8);
    Matrix reverse =
        Unrolled.of(lasso, 400).vjp(passes, at, Matrix.zeros(3, 1), Matrix.identity(3)).value();
    assertClose(reverse.transpose(), forward.value(), 1e-12);
  }

  /** t x^4 / 4 + |x - 1|^2 / 2 over x >= 0: of an automatic step that depends on x. */
  private static Condition quartic() {
    return ProximalGradient.of(
        3,
        1,
        (x, t) ->
            t.times(x.square().square().sum())
                .times(0.25)
                .plus(x.minus(1).square().sum().times(0.5)),
        (v, t, eta) -> v.max(Var.constant(0)));
  }

  @Test
  void iterationsWithMomentumReachTheImplicitDerivativeByEitherMode() {
    Matrix theta = Matrix.scalar(0.7);
    Matrix start = Matrix.column(0.2, 0.5, 2);
    Unrolled accelerated = Unrolled.ofAccelerated(quartic(), 600);
    Unrolled.Derivative forward = accelerated.jacobian(none, theta, start);
    // t x^3 + x = 1, so dx (3 t x^2 + 1) = -x^3.
    double x = forward.x().at(0);
    assertThat(0.7 * x * x * x + x).isCloseTo(1, within(1e-12));
    double slope = -x * x * x / (3 * 0.7 * x * x + 1);
    assertClose(forward.value(), Matrix.filled(3, 1, slope), 1e-9);
    assertThat(slope).isLessThan(-0.1);
    for (int interval : new int[] {1, 25}) {
      Unrolled.Derivative reverse =
          accelerated
              .withCheckpointInterval(interval)
              .vjp(none, theta, start, (Matrix last) -> last.times(2));
      double expected = 2 * forward.x().dot(forward.value());
      assertThat(reverse.value().value()).isCloseTo(expected, within(1e-9));
      assertThat(reverse.x()).isEqualTo(accelerated.last(none, theta, start));
    }
  }

  @Test
  void momentumIsThatOfTheStatedSequence() {
    Condition halving = FixedPoint.of(1, 1, (x, t) -> x.times(0.5).plus(t));
    Matrix theta = Matrix.scalar(1);
    // x1 = 0.5 * 4 + 1 = 3 = y1, t1 = (1 + sqrt 5) / 2; x2 = 2.5, y2 = 2.5 + (t1 - 1) / t2 * -0.5.
    double t1 = (1 + Math.sqrt(5)) / 2;
    double t2 = (1 + Math.sqrt(1 + 4 * t1 * t1)) / 2;
    double x3 = 0.5 * (2.5 - 0.5 * (t1 - 1) / t2) + 1;
    Matrix last = Unrolled.ofAccelerated(halving, 3).last(none, theta, Matrix.scalar(4));
    assertThat(last.value()).isCloseTo(x3, within(1e-15));
    Unrolled.Derivative slope =
        Unrolled.ofAccelerated(halving, 3).jvp(none, theta, Matrix.scalar(4), Matrix.scalar(1));
    // dx1 = dy1 = 1, dx2 = 1.5, dy2 = 1.5 + 0.5 (t1 - 1) / t2.
    double expected = 0.5 * (1.5 + 0.5 * (t1 - 1) / t2) + 1;
    assertThat(slope.value().value()).isCloseTo(expected, within(1e-15));
    // Going on begins momentum anew: x4 = x3 / 2 + 1, its y as far along as x3.
    Unrolled.Derivative on =
        Unrolled.ofAccelerated(halving, 1).jvp(none, theta, slope, Matrix.scalar(1));
    assertThat(on.x().value()).isCloseTo(0.5 * x3 + 1, within(1e-15));
    assertThat(on.value().value()).isCloseTo(0.5 * expected + 1, within(1e-15));
  }

  @Test
  void anAutomaticStepIsHeldAtTheStart() {
    Matrix theta = Matrix.scalar(0.7);
    Matrix start = Matrix.column(0.2, 0.5, 2);
    // The Hessian at the start is at most 3 * 0.7 * 4 + 1 = 9.4: a step of 1 / 16 throughout.
    Condition given =
        ProximalGradient.of(
            3,
            1,
            (x, t) ->
                t.times(x.square().square().sum())
                    .times(0.25)
                    .plus(x.minus(1).square().sum().times(0.5)),
            (v, t, eta) -> v.max(Var.constant(0)),
            1.0 / 16);
    assertClose(
        Unrolled.of(quartic(), 5).last(none, theta, start),
        Unrolled.of(given, 5).last(none, theta, start),
        1e-15);
  }

  /** Entropic mirror steps x exp(-eta g) / Z on the simplex, for g = Q x - theta. */
  private static Var mirror(Var x, Var theta) {
    Var q = Var.constant(Matrix.of(3, 3, 2, 0.3, 0.1, 0.3, 1.5, 0.2, 0.1, 0.2, 1.8));
    Var scores = x.log().minus(q.matmul(x).minus(theta).times(0.5));
    return scores.transpose().softmax().transpose();
  }

  @Test
  void mirrorDescentAgreesWithTheImplicitDerivativeOfAnotherMap() {
    Matrix theta = Matrix.column(0.2, -0.1, 0.3);
    Matrix start = Matrix.filled(3, 1, 1.0 / 3);
    Unrolled.Derivative found =
        Unrolled.of(3, 3, UnrolledTest::mirror, 400).jacobian(none, theta, start);
    Condition projected =
        FixedPoint.of(
            3,
            3,
            (x, t) -> {
              Var q = Var.constant(Matrix.of(3, 3, 2, 0.3, 0.1, 0.3, 1.5, 0.2, 0.1, 0.2, 1.8));
              Var moved = x.minus(q.matmul(x).minus(t).times(0.4));
              return org.tacit.projection.Projection.ontoSimplex(Extent.WHOLE, Var.constant(1))
                  .of(moved);
            });
    assertClose(found.value(), implicit(projected, none, theta, found.x()), 1e-8);
    assertThat(found.value().maxAbs()).isGreaterThan(0.1);
    assertThat(found.passes()).isZero();
  }

  @Test
  void picardOnCosineReachesTheGoldenDerivative() {
    Unrolled picard = Unrolled.of(FixedPoint.of(1, 1, (x, theta) -> x.cos().plus(theta)), 100);
    Matrix zero = Matrix.scalar(0);
    Unrolled.Derivative forward = picard.jvp(none, zero, zero, Matrix.scalar(1));
    assertThat(forward.x().value()).isCloseTo(0.7390851332151607, within(1e-14));
    assertThat(forward.value().value()).isCloseTo(0.5975100456753034, within(1e-13));
  }

  @Test
  void forwardIsReverseIsDifferencesBeforeConvergence() {
    Unrolled few = Unrolled.of(2, 3, (x, t) -> Var.constant(M).matmul(x).sin().plus(shifted(t)), 7);
    Matrix theta = Matrix.column(0.3, -0.2, 0.7);
    Matrix start = Matrix.column(0.5, -1);
    Matrix forward = few.jvp(none, theta, start, Matrix.identity(3)).value();
    Matrix reverse = few.vjp(none, theta, start, Matrix.identity(2)).value();
    assertClose(reverse.transpose(), forward, 1e-12);
    assertClose(few.jacobian(none, theta, start).value(), forward, 1e-12);
    double h = 1e-5;
    for (int j = 0; j < 3; j++) {
      Matrix e = Matrix.identity(3).columnAt(j);
      Matrix up = few.jvp(none, theta.plus(h, e), start, e).x();
      Matrix down = few.jvp(none, theta.plus(-h, e), start, e).x();
      assertClose(forward.columnAt(j), up.minus(down).times(1 / (2 * h)), 1e-9);
    }
    assertThat(forward.maxAbs()).isGreaterThan(0.5);
  }

  private static final Matrix M = Matrix.of(2, 2, 0.6, -0.8, 0.9, 0.4);

  private static Var shifted(Var theta) {
    return Var.constant(Matrix.of(2, 3, 1, 0.5, 0, 0, -0.3, 1)).matmul(theta.square());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 10, 29, 30, 64})
  void checkpointsChangeNoBitAndCostAtMostHalfAsManyPassesMore(int interval) {
    Unrolled descent = Unrolled.ofDescent(Golden.ridge(), 0.7, 30);
    Matrix at = Matrix.scalar(0.5);
    Matrix start = Matrix.column(1, 2, 3);
    Matrix cotangents = Matrix.of(3, 2, 1, 0, 2, -1, 3, 5);
    Unrolled.Derivative stored =
        descent.withCheckpointInterval(1).vjp(passes, at, start, cotangents);
    Unrolled.Derivative found =
        descent.withCheckpointInterval(interval).vjp(passes, at, start, cotangents);
    assertThat(found.value()).isEqualTo(stored.value());
    assertThat(stored.passes()).isEqualTo(60);
    assertThat(stored.storedIterates()).isEqualTo(30);
    int runs = (30 + interval - 1) / interval;
    assertThat(found.passes()).isEqualTo(90 - runs);
    assertThat(found.storedIterates()).isEqualTo(runs + Math.min(interval, 30) - 1);
    assertThat(descent.vjp(passes, at, start, cotangents).storedIterates()).isEqualTo(10);
  }

  @Test
  void whatCannotBeUnrolledIsNamed() {
    Condition ridge = Golden.ridge();
    assertThatThrownBy(() -> Unrolled.of(ridge, 0))
        .hasMessage("Invalid iterations: 0 (must be >= 1)");
    assertThatThrownBy(() -> Unrolled.ofDescent(ridge, 0, 5))
        .hasMessage("Invalid step: 0.0 (must be > 0)");
    Unrolled descent = Unrolled.ofDescent(ridge, 1, 5);
    assertThatThrownBy(() -> descent.withCheckpointInterval(0))
        .hasMessage("Invalid checkpoint interval: 0 (must be >= 1)");
    assertThatThrownBy(() -> descent.jacobian(passes, Matrix.column(1, 2), Matrix.zeros(3, 1)))
        .hasMessage("Invalid theta: 2 rows (must be 1)");
  }
}
