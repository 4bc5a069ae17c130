package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;

/** Thetas of one kind are shrunk to their mean, and every optimiser knows it. */
class PriorTest {
  private static final List<Integer> KINDS = List.of(2, 3);
  private static final Matrix C = Matrix.column(4, 2, -3, 5, 1.5);
  private static final Matrix D = Matrix.column(1, 1.5, -2, 0.5, 1);

  private static OuterFunction function(Shrinkage problem, Prior prior) {
    BilevelProblem with =
        problem.on(Shrinkage.WIDE, LinearSolver::auto, f -> f.problem().with(prior));
    return OuterFunction.of(with, Passes.none()).within(Shrinkage.WIDE);
  }

  static Stream<Function<OuterStopping, OuterOptimiser>> optimisers() {
    return Stream.of(
        OuterOptimiser::adaptiveGradient,
        OuterOptimiser::projectedLbfgs,
        OuterOptimiser::trustRegionNewton);
  }

  /** L = 1/2 |theta - d|^2 is least with P at m + (d - m) / (1 + rho), m the mean of d by kind. */
  @ParameterizedTest
  @MethodSource("optimisers")
  void minimumIsBetweenThatWithoutAndItsMean(Function<OuterStopping, OuterOptimiser> make) {
    Matrix d = Matrix.column(1, -2, 3, 0.5, 2);
    Matrix mean = Matrix.column(-0.5, -0.5, 5.5 / 3, 5.5 / 3, 5.5 / 3);
    var identity =
        Shrinkage.identity(5, (x, theta) -> x.minus(Var.constant(d)).square().sum().times(0.5));
    for (double strength : new double[] {0, 0.5, 30}) {
      Prior prior = new Prior(strength, KINDS);
      BilevelResult found =
          make.apply(Shrinkage.UNTIL).minimise(function(identity, prior), Matrix.zeros(5, 1));
      Matrix due = mean.plus(1 / (1 + strength), d.minus(mean));
      assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
      assertThat(found.theta().minus(due).maxAbs()).isLessThan(1e-4);
      Matrix missed = due.minus(d);
      assertThat(found.hypergradient().outerValue())
          .isCloseTo(0.5 * missed.dot(missed) + prior.value(due), within(1e-8));
    }
  }

  /** Of ridge x_j = c_j / (1 + exp(theta_j)), with what the prior adds to it. */
  @Test
  void gradientAndHessianAreTheClosedForm() {
    Matrix theta = Matrix.column(-1, 0.5, 2, -0.3, 1);
    double rho = 0.7;
    Matrix apart = Matrix.column(-0.75, 0.75, 1.1, -1.2, 0.1);
    Shrinkage.ridge(5, C, D)
        .on(
            Shrinkage.WIDE,
            LinearSolver::auto,
            without -> {
              BilevelProblem problem = without.problem().with(new Prior(rho, KINDS));
              OuterFunction function = OuterFunction.of(problem, without.passes());
              try (OuterFunction.Trial trial = function.converged(theta, 1e-11, function.cold())) {
                OuterState.Point point = trial.differentiated().orElseThrow();
                Matrix hessian = trial.hessian(point).orElseThrow().hessian();
                double value = 0;
                for (int j = 0; j < 5; j++) {
                  double s = 1 / (1 + Math.exp(theta.at(j)));
                  double slope = -C.at(j) * s * (1 - s);
                  double bend = C.at(j) * s * (1 - s) * (1 - 2 * s);
                  double missed = C.at(j) * s - D.at(j);
                  value += 0.5 * missed * missed + rho / 2 * apart.at(j) * apart.at(j);
                  assertThat(point.gradient().at(j))
                      .isCloseTo(missed * slope + rho * apart.at(j), within(1e-9));
                  for (int k = 0; k < 5; k++) {
                    boolean isOneKind = (j < 2) == (k < 2);
                    double shared = isOneKind ? -rho / (j < 2 ? 2 : 3) : 0;
                    double own = j == k ? slope * slope + missed * bend + rho : 0;
                    assertThat(hessian.at(j, k)).isCloseTo(own + shared, within(1e-8));
                  }
                }
                assertThat(point.value()).isCloseTo(value, within(1e-10));
                assertThat(trial.certificate(point).isTrusted()).isTrue();
              }
              return 0;
            });
  }

  @Test
  void gradientAndHessianAreThoseOfDifferences() {
    Prior prior = new Prior(0.03, KINDS);
    Matrix theta = Matrix.column(-1, 0.5, 2, -0.3, 1);
    double h = 1e-4;
    Shrinkage.ridge(5, C, D)
        .on(
            Shrinkage.WIDE,
            LinearSolver::auto,
            without -> {
              OuterFunction function =
                  OuterFunction.of(without.problem().with(prior), without.passes());
              OuterState.Point here = point(function, theta);
              Matrix hessian;
              try (OuterFunction.Trial trial = function.converged(theta, 1e-11, function.cold())) {
                hessian = trial.hessian(here).orElseThrow().hessian();
              }
              for (int j = 0; j < 5; j++) {
                Matrix unit = Matrix.identity(5).columnAt(j);
                OuterState.Point up = point(function, theta.plus(h, unit));
                OuterState.Point down = point(function, theta.plus(-h, unit));
                assertThat(here.gradient().at(j))
                    .isCloseTo((up.value() - down.value()) / (2 * h), within(1e-7));
                Matrix bent = up.gradient().minus(down.gradient()).times(1 / (2 * h));
                assertThat(hessian.columnAt(j).minus(bent).maxAbs()).isLessThan(1e-6);
              }
              return 0;
            });
  }

  private static OuterState.Point point(OuterFunction function, Matrix theta) {
    try (OuterFunction.Trial trial = function.converged(theta, 1e-11, function.cold())) {
      return trial.differentiated().orElseThrow();
    }
  }

  @Test
  void withoutStrengthAProblemIsItself() {
    Shrinkage.ridge(5, C, D)
        .on(
            Shrinkage.WIDE,
            LinearSolver::auto,
            function -> {
              assertThat(function.problem().with(new Prior(0, KINDS))).isSameAs(function.problem());
              return 0;
            });
  }

  @Test
  void ofOneThetaAKindThereIsNothingToShrink() {
    assertThat(new Prior(3, List.of(1, 1)).value(Matrix.column(-4, 9))).isZero();
    assertThat(new Prior(3, List.of(1, 1)).isUseful()).isFalse();
    assertThat(new Prior(3, List.of(1, 2)).isUseful()).isTrue();
  }

  @Test
  void whatCannotBeAPriorIsRefused() {
    assertThatThrownBy(() -> new Prior(-1, KINDS))
        .hasMessage("Invalid strength of a prior: -1.0 (must be >= 0 and finite)");
    assertThatThrownBy(() -> new Prior(Double.POSITIVE_INFINITY, KINDS))
        .hasMessageContaining("must be >= 0 and finite");
    assertThatThrownBy(() -> new Prior(1, List.of(2, 0)))
        .hasMessage("Invalid kind of thetas: of 0 (must have one at least)");
    assertThatThrownBy(() -> function(Shrinkage.ridge(1, C, D), new Prior(1, KINDS)))
        .hasMessageContaining("of kinds [2, 3], that is 5 thetas (must be of the problem's 1)");
  }
}
