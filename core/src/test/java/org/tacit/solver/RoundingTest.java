package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;

/** Residuals that are as small as rounding lets them be are good enough; larger ones are not. */
class RoundingTest {
  private static final int N = 4;

  /** 1/2 w'Hw - b'w + lambda |w|_1, whose largest useful lambda is the largest |b|. */
  private record Quadratic(Matrix h, Matrix b) {
    static Quadratic drawn(int seed) {
      Random random = new Random(seed);
      Matrix a = RandomMatrix.normal(N, N, random);
      Matrix h = a.transpose().times(a).plus(0.5, Matrix.identity(N));
      return new Quadratic(h, RandomMatrix.normal(N, 1, random));
    }

    Problem at(double lambda) {
      Condition lasso =
          ProximalGradient.ofConvex(
              N,
              1,
              (w, t) ->
                  w.transpose()
                      .matmul(Var.constant(h).matmul(w))
                      .sum()
                      .times(0.5)
                      .minus(w.times(Var.constant(b)).sum()),
              (v, t, eta) -> Prox.lasso(t).of(v, eta));
      return ReadyCondition.of(lasso).at(Passes.none(), Matrix.column(lambda));
    }

    int largest() {
      int k = 0;
      for (int j = 1; j < N; j++) {
        k = Math.abs(b.at(j)) > Math.abs(b.at(k)) ? j : k;
      }
      return k;
    }

    /** The one unknown that is not zero just below the largest lambda. */
    double closedForm(double lambda) {
      double b1 = b.at(largest());
      return Math.signum(b1) * Math.max(0, Math.abs(b1) - lambda) / h.at(largest(), largest());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-15, 1e-12, 1e-9, 1e-7, 1e-5, -1e-9})
  void aLassoNearItsLargestPenaltyIsSolved(double below) {
    List<Solver> solvers =
        List.of(
            new Automatic(),
            CompositeMinimiser.proximalNewton(),
            CompositeMinimiser.fista(),
            CompositeMinimiser.ista(),
            CompositeMinimiser.owlqn());
    for (int seed = 0; seed < 10; seed++) {
      Quadratic of = Quadratic.drawn(seed);
      double largest = of.b.maxAbs();
      double lambda = largest * (1 - below);
      for (Solver solver : solvers) {
        Solution solution =
            solver.solve(of.at(lambda), Matrix.zeros(N, 1), Stopping.relative(1e-10, 5000));
        assertThat(solution.outcome())
            .as(solver.name() + " of " + seed)
            .isEqualTo(Outcome.CONVERGED);
        for (int j = 0; j < N; j++) {
          double expected = j == of.largest() ? of.closedForm(lambda) : 0;
          assertThat(solution.value().at(j))
              .isCloseTo(expected, within(1e-15 * largest + 1e-9 * Math.abs(expected)));
        }
      }
    }
  }

  @Test
  void tenTimesTheRoundingIsNotGoodEnough() {
    for (int seed = 0; seed < 10; seed++) {
      Quadratic of = Quadratic.drawn(seed);
      Problem problem = of.at(0.3 * of.b.maxAbs());
      Matrix x =
          CompositeMinimiser.proximalNewton()
              .solve(problem, Matrix.zeros(N, 1), Stopping.relative(1e-14, 500))
              .orThrow();
      Stopping tight = Stopping.relative(1e-30, 500);
      Matrix off = x.map(v -> v * (1 + 1e-13));
      assertThat(new Iterates(problem, off, tight).isConverged()).isFalse();
      assertThat(new Iterates(problem, x, new Stopping(0, 0, 500)).bound()).isZero();
    }
  }

  /** A ridge on 90 rows of 30 features, whose gradient is written out here. */
  @Test
  void quasiNewtonStepsGoOnWhereValuesTellNoMore() {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      Matrix x = RandomMatrix.normal(90, 30, random);
      Matrix y = RandomMatrix.normal(90, 1, random);
      Problem problem =
          ReadyCondition.of(
                  Stationarity.ofStronglyConvex(
                      Parameters.vector(30),
                      Parameters.vector(1),
                      (w, t) ->
                          Var.constant(x)
                              .matmul(w)
                              .minus(Var.constant(y))
                              .square()
                              .sum()
                              .plus(t.times(w.square()).sum())
                              .times(0.5)))
              .at(Passes.none(), Matrix.column(0.1));
      Solution solution =
          Minimiser.lbfgs().solve(problem, Matrix.zeros(30, 1), Stopping.relative(1e-10, 500));
      assertThat(solution.outcome()).as("seed " + seed).isEqualTo(Outcome.CONVERGED);
      Matrix w = solution.value();
      Matrix gradient = x.transpose().times(x.times(w).minus(y)).plus(0.1, w);
      assertThat(gradient.norm()).isLessThan(1.01e-10 * x.transpose().times(y).norm());
      assertThat(solution.passes()).isLessThan(100);
    }
  }
}
