package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** A derivative is one where every side of a kink has it, and no other: each system is regular. */
class KinkSidesTest {
  private record Asked(double vjp, Matrix jvp, Certificate vjps, Certificate jvps) {
    String reasons() {
      return vjps.reason().orElse("trusted") + " / " + jvps.reason().orElse("trusted");
    }
  }

  private static Asked ask(Condition condition, LinearSolver linear, double theta, double... x) {
    ImplicitFunction function =
        ImplicitFunction.of(
            condition, Minimiser.newtonPolished(), linear, Stopping.relative(1e-10, 100));
    Matrix at = Matrix.scalar(theta);
    Matrix one = Matrix.filled(x.length, 1, 1);
    double residual = function.residualNorm(Passes.none(), at, Matrix.column(x));
    Solution known =
        new Solution(
            Matrix.column(x), Outcome.CONVERGED, "known", 0, residual, 0, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(Passes.none(), at, known)) {
      Derivative vjp = solution.vjp(one);
      Derivative jvp = solution.jvp(Matrix.scalar(1));
      return new Asked(
          vjp.value().value(),
          jvp.value(),
          solution.certificate(one, vjp),
          solution.certificateAlong(Matrix.scalar(1), jvp));
    }
  }

  private static Asked ask(Condition condition, double theta, double... x) {
    return ask(condition, LinearSolver.auto(1e-12), theta, x);
  }

  private static Condition stationary(int n, BiFunction<Var, Var, Var> objective) {
    return Stationarity.of(Parameters.vector(n), Parameters.vector(1), objective);
  }

  private static Var contact(Var overlap) {
    return overlap.max(Var.constant(0)).square().sum().times(0.5);
  }

  /** A ball that a wall at theta pushes, and nothing holds: argmin is all x >= theta. */
  private static final Condition WALL = stationary(1, (x, t) -> contact(t.minus(x)));

  /** The same in a corner, walls at theta and 2 theta, as a third sphere between two. */
  private static final Condition CORNER =
      stationary(
          2,
          (x, t) -> contact(t.minus(x.at(0))).plus(contact(t.times(2).minus(x.at(1).times(0.8)))));

  /** A ball of radius theta between walls at 0 and 2, without room where theta is 1. */
  private static final Condition CAGE =
      stationary(1, (x, t) -> contact(t.minus(x)).plus(contact(x.plus(t).minus(2))));

  private static void assertBesideNone(Asked asked) {
    assertBesideNone(asked.vjps);
    assertBesideNone(asked.jvps);
  }

  private static void assertBesideNone(Certificate certificate) {
    assertThat(certificate.reason().orElse("trusted"))
        .contains("degenerate: the solution is on a kink where the arguments of max are equal")
        .contains("beside it the system is singular");
  }

  @ParameterizedTest
  @ValueSource(doubles = {3e-13, 2e-12})
  void whatOneSideDoesNotHoldHasNoDerivative(double overlap) {
    assertBesideNone(ask(WALL, 1, 1 - overlap));
    assertBesideNone(ask(CORNER, 1, 1 - overlap, 2.5 - overlap));
  }

  /** A cotangent pushes the ball, and is held on one side; along theta it stays on both. */
  @Test
  void aCageThatOpensHoldsNothing() {
    Asked asked = ask(CAGE, 1 + 3e-13, 1);
    assertBesideNone(asked.jvps);
    assertThat(asked.vjps.reason().orElse("trusted")).contains("one-sided: from the right");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3e-13, 0})
  void whatIsOnTheOtherSideHasNoneEither(double overlap) {
    for (Asked asked :
        List.of(
            ask(WALL, 1, 1 - overlap),
            ask(CORNER, 1, 1 - overlap, 2.5 - overlap),
            ask(CAGE, 1 + overlap, 1))) {
      assertThat(asked.vjps.isTrusted()).as(asked.reasons()).isFalse();
      assertThat(asked.jvps.isTrusted()).as(asked.reasons()).isFalse();
    }
  }

  /** Pushed with 1e-9, the point is in doubt by as much, and so is on which side x* is. */
  @Test
  void sidesWithinTheErrorCount() {
    Asked asked = ask(WALL, 1, 1 - 1e-9);
    assertThat(asked.vjps.isTrusted()).as(asked.reasons()).isFalse();
    assertThat(asked.jvps.isTrusted()).as(asked.reasons()).isFalse();
  }

  /** With x - theta in its residual only where it is positive, or with no slope there. */
  @Test
  void rootsAndFixedPointsAreAskedToo() {
    Condition root =
        Root.of(
            Parameters.vector(1),
            Parameters.vector(1),
            (Var x, Var t) -> t.minus(x).max(Var.constant(0)));
    Condition fixed = FixedPoint.of(1, 1, (x, t) -> x.max(t));
    assertBesideNone(ask(root, 1, 1 - 3e-13));
    assertBesideNone(ask(fixed, 1, 1 - 3e-13));
  }

  /** Springs of 1 to the one side and 4 to the other: x = theta whichever pulls. */
  @Test
  void whatBothSidesHoldIsTrusted() {
    Condition held =
        stationary(1, (x, t) -> contact(t.minus(x)).plus(contact(x.minus(t)).times(4)));
    Condition softened = stationary(1, (x, t) -> contact(x.minus(t)).plus(x.minus(t).square()));
    Condition pushed =
        stationary(2, (x, t) -> contact(t.minus(x)).plus(x.minus(t).square().sum().times(1e-3)));
    for (Condition condition : List.of(held, softened)) {
      Asked asked = ask(condition, 1, 1);
      assertThat(asked.reasons()).isEqualTo("trusted / trusted");
      assertThat(asked.vjp).isCloseTo(1, within(1e-12));
    }
    Asked asked = ask(pushed, 1, 1, 1);
    assertThat(asked.reasons()).isEqualTo("trusted / trusted");
    assertThat(asked.jvp.minus(Matrix.column(1, 1)).maxAbs()).isLessThan(1e-12);
  }

  /** In contact, with room to spare to where it ends: x = theta - 0.1. */
  @Test
  void whatIsPushedIsTrusted() {
    Condition pushed = stationary(1, (x, t) -> contact(t.minus(x)).plus(x.sum().times(0.1)));
    Asked asked = ask(pushed, 1, 0.9);
    assertThat(asked.reasons()).isEqualTo("trusted / trusted");
    assertThat(asked.vjp).isCloseTo(1, within(1e-12));
  }

  static List<LinearSolver> iterative() {
    return List.of(
        LinearSolver.minres(1e-12, 1000),
        LinearSolver.gmres(1e-12, 1000),
        LinearSolver.lsmr(1e-12, 1000),
        LinearSolver.normalConjugateGradient(1e-12, 1000));
  }

  /** 1/2 (x1 + x2 - theta)^2: its system has solutions, and so has no right-hand side beside it. */
  @ParameterizedTest
  @MethodSource("iterative")
  void systemsThatAreSingularAreSaidToBe(LinearSolver linear) {
    Condition split =
        stationary(3, (x, t) -> x.at(0).plus(x.at(1)).minus(t).square().plus(x.at(2).square()));
    Asked asked = ask(split, linear, 1, 0.5, 0.5, 0);
    assertThat(asked.vjps.outcome()).as(asked.reasons()).isEqualTo(Outcome.SINGULAR);
    assertThat(asked.jvps.outcome()).as(asked.reasons()).isEqualTo(Outcome.SINGULAR);
    assertThat(asked.jvps.reason().orElseThrow()).contains("singular; solved by least squares");
    assertThat(asked.jvp.minus(Matrix.column(0.5, 0.5, 0)).maxAbs()).isLessThan(1e-10);
  }

  @ParameterizedTest
  @MethodSource("iterative")
  void systemsThatAreRegularAreNot(LinearSolver linear) {
    Condition both =
        stationary(
            2, (x, t) -> x.at(0).plus(x.at(1)).minus(t).square().plus(x.square().sum().times(0.1)));
    Asked asked = ask(both, linear, 1, 1 / 2.1, 1 / 2.1);
    assertThat(asked.reasons()).isEqualTo("trusted / trusted");
    assertThat(asked.vjp).isCloseTo(2 / 2.1, within(1e-10));
  }
}
