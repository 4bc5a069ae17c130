package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tacit.bilevel.Shrinkage.WIDE;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.optimality.Problem;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** What an outer optimisation rests on may fail: it goes on where it can, and never hides it. */
interface OuterFailureLaws extends OuterProblems {
  Matrix C = Matrix.column(4, 2, -3);
  Matrix D = Matrix.column(1, 1.5, -2);
  OuterStopping STOPPING = new OuterStopping(1e-6, 100, 1e-11);

  /** Gives up at once: zeros for every right-hand side. */
  record GivingUp() implements LinearSolver {
    @Override
    public String name() {
      return "giving up";
    }

    @Override
    public PreparedSolver prepare(LinearOperator operator) {
      return (of, b, start) ->
          new Solution(
              b.times(0), Outcome.BUDGET_EXHAUSTED, name(), 1, b.norm(), 1, OptionalDouble.empty());
    }
  }

  /** Another solver's solutions, called unfinished. */
  record Unfinished(LinearSolver solver) implements LinearSolver {
    @Override
    public String name() {
      return solver.name();
    }

    @Override
    public PreparedSolver prepare(LinearOperator operator) {
      PreparedSolver prepared = solver.prepare(operator);
      return (of, b, start) -> unfinished(prepared.solve(of, b, start));
    }

    private static Solution unfinished(Solution s) {
      return new Solution(
          s.value(),
          Outcome.STALLED,
          s.method(),
          s.iterations(),
          s.residualNorm(),
          s.relativeResidual(),
          s.smallestEigenvalue());
    }
  }

  @Test
  default void anAdjointThatFailsIsTheOutcome() {
    BilevelResult found =
        ridge(1, C, D).tuned(WIDE, STOPPING, Matrix.scalar(-1), tolerance -> new GivingUp());
    assertThat(found.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(found.reason()).contains("the adjoint solve ended with budget exhausted");
    assertThat(found.theta().value()).isEqualTo(-1);
  }

  @Test
  default void anAdjointThatStallsNearItsSolutionStillDescendsAndIsNamed() {
    BilevelResult found =
        ridge(1, C, D)
            .tuned(
                WIDE,
                STOPPING,
                Matrix.scalar(-1),
                tolerance -> new Unfinished(LinearSolver.auto(tolerance)));
    assertThat(found.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(found.reason()).contains("the adjoint solve ended with stalled");
    assertThat(found.theta().value()).isCloseTo(Math.log(C.dot(C) / C.dot(D) - 1), within(1e-4));
  }

  @Test
  default void thetasAtWhichTheSolutionIsNotANumberAreRefusedSteps() {
    int[] failures = new int[1];
    Solver counting = counting(failures);
    // x = log(1/2 - theta), NaN above 1/2; L is least at theta = 0.49
    Shrinkage cliff =
        of(
                Stationarity.ofStronglyConvex(
                    Parameters.vector(1),
                    Parameters.vector(1),
                    (x, theta) ->
                        x.square().times(0.5).minus(x.times(theta.negate().plus(0.5).log())).sum()),
                (x, theta) -> x.minus(Math.log(0.01)).square().times(0.5).sum())
            .solvedBy(counting, 500);
    BilevelResult found = cliff.tuned(WIDE, Matrix.scalar(-3));
    assertThat(failures[0]).isPositive();
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().value()).isCloseTo(0.49, within(1e-4));
  }

  private static Solver counting(int[] failures) {
    Solver solver = Solver.automatic();
    return new Solver() {
      @Override
      public String name() {
        return solver.name();
      }

      @Override
      public Solution solve(Problem problem, Matrix start, Stopping stopping) {
        failures[0]++;
        Solution solution = solver.solve(problem, start, stopping);
        failures[0] -= solution.outcome().isConverged() ? 1 : 0;
        return solution;
      }
    };
  }

  @Test
  default void thetasAtWhichOnlyTheOuterValueIsNotFiniteAreRefusedSteps() {
    Shrinkage cliff =
        identity(1, (x, theta) -> x.negate().plus(0.5).log().minus(Math.log(0.01)).square().sum());
    BilevelResult found = cliff.tuned(WIDE, Matrix.scalar(-3));
    assertThat(found.outcome()).as(found.reason()).isEqualTo(Outcome.CONVERGED);
    assertThat(found.theta().value()).isCloseTo(0.49, within(1e-4));
  }

  @Test
  default void thetasAtWhichOnlyTheDerivativeIsNotFiniteAreRefusedSteps() {
    // |x - 1|^(1/2) has no derivative at 1, the bound at which the first step would end
    Shrinkage root = identity(1, (x, theta) -> x.minus(1).square().sqrt().sqrt().sum().plus(1));
    BilevelResult found = root.tuned(Bounds.of(-4, 1), Matrix.scalar(0.5));
    assertThat(found.hypergradient().gradient().isFinite()).isTrue();
    assertThat(found.hypergradient().outerValue()).isLessThan(1.8);
  }

  /** x = 0.4 for 1: the Newton step that the certificate takes leaves the domain of the loss. */
  @Test
  default void aCertificateThatLeavesTheDomainIsNotTrustedAndThrowsNothing() {
    Shrinkage cliff = identity(1, (x, theta) -> x.negate().plus(0.5).sqrt().sum());
    ImplicitFunction inner =
        ImplicitFunction.of(
            cliff.condition(),
            Solver.of("near", (problem, start) -> Matrix.scalar(0.4)),
            LinearSolver.auto(1e-10),
            Stopping.relative(1, 1));
    BilevelProblem problem = BilevelProblem.of(inner, cliff.loss());
    try (ImplicitSolution solution = inner.solve(Shrinkage.NO_TABLES, Matrix.scalar(1))) {
      Hypergradient found = problem.hypergradient(Shrinkage.NO_TABLES, solution);
      Certificate certificate = problem.certificate(solution, found);
      assertThat(certificate.isTrusted()).isFalse();
      assertThat(certificate.reason().orElseThrow()).contains("not finite");
    }
  }

  @Test
  default void aStartThatIsNotFiniteIsNamed() {
    Shrinkage cliff = identity(2, (x, theta) -> x.negate().plus(0.5).log().sum());
    assertThatThrownBy(() -> cliff.tuned(WIDE, Matrix.column(0.25, 3)))
        .isInstanceOf(UnusableStartException.class)
        .hasMessageContaining("at theta = [0.25, 3.0]")
        .hasMessageContaining("not finite")
        .hasMessageContaining("start at another theta");
  }

  /** Five steps of gradient descent on a Hessian of condition 100, from wherever it is started. */
  private Shrinkage slow() {
    Matrix c = Matrix.column(4, 2);
    Var scale = Var.constant(Matrix.column(1, 100));
    return of(
            Stationarity.ofStronglyConvex(
                Parameters.vector(2),
                Parameters.vector(1),
                (x, theta) ->
                    x.minus(Var.constant(c))
                        .square()
                        .times(scale)
                        .sum()
                        .plus(theta.exp().times(x.square().times(scale)).sum())
                        .times(0.5)),
            (x, theta) -> x.minus(Var.constant(Matrix.column(1, 1))).square().sum().times(0.5))
        .solvedBy(
            Solver.of(
                "five steps",
                (problem, start) -> {
                  Matrix x = start;
                  for (int k = 0; k < 5; k++) {
                    x = x.plus(-0.008, problem.evaluate(x).residual());
                  }
                  return x;
                }),
            5);
  }

  @Test
  default void aFirstSolveOutOfBudgetGoesOnLooserAndSaysSo() {
    BilevelResult found = slow().tuned(WIDE, Matrix.scalar(-2));
    assertThat(found.remarks()).hasSize(1);
    assertThat(found.remarks().get(0))
        .startsWith("the first inner solve ended with")
        .contains("1.0e-04 asked: tuning goes on at that");
    assertThat(found.history().size()).isGreaterThan(1);
    assertThat(found.hypergradient().outerValue()).isLessThan(found.history().get(0).outerValue());
    assertThat(found.outcome().isConverged()).isFalse();
    assertThat(found.reason()).contains("the inner solve ended with");
  }

  @Test
  default void whenEveryLaterSolveFailsTheStartIsReturned() {
    int[] solves = new int[1];
    Solver once =
        new Solver() {
          @Override
          public String name() {
            return "once";
          }

          @Override
          public Solution solve(Problem problem, Matrix start, Stopping stopping) {
            Matrix nothing = start.times(Double.NaN);
            return solves[0]++ == 0
                ? Solver.automatic().solve(problem, start, Stopping.relative(1e-12, 100))
                : new Solution(
                    nothing, Outcome.NOT_FINITE, name(), 1, 1, 1, OptionalDouble.empty());
          }
        };
    BilevelResult found = ridge(1, C, D).solvedBy(once, 100).tuned(WIDE, Matrix.scalar(-1));
    assertThat(found.theta().value()).isEqualTo(-1);
    assertThat(found.outcome()).isEqualTo(Outcome.STALLED);
    assertThat(found.reason()).contains("the last step was refused since its inner solve ended");
    double s = 1 / (1 + Math.exp(-1));
    assertThat(found.inner().value().minus(C.times(s)).norm()).isLessThan(1e-9);
  }
}
