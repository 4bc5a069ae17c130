package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.KktRegularity;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** Quadratic programs by every method for them, and proofs where there is no solution. */
class QuadraticProgramsTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Matrix NO_THETA = Matrix.scalar(0);
  private static final Stopping TIGHT = new Stopping(0, 1e-11, 20_000);

  private static Kkt<Var, Var> program(Matrix q, Matrix c) {
    return Kkt.of(
        Parameters.vector(c.rows()),
        Parameters.vector(1),
        (Var z, Var t) -> z.dot(Var.constant(q).matmul(z)).times(0.5).plus(Var.constant(c).dot(z)));
  }

  private static Kkt<Var, Var> atMost(Kkt<Var, Var> kkt, Matrix m, Matrix h) {
    return kkt.withInequalities((z, t) -> Var.constant(m).matmul(z).minus(Var.constant(h)));
  }

  private static Kkt<Var, Var> equal(Kkt<Var, Var> kkt, Matrix e, Matrix d) {
    return kkt.withEqualities((z, t) -> Var.constant(e).matmul(z).minus(Var.constant(d)));
  }

  private static Solution solve(Solver solver, Kkt<Var, Var> kkt, Stopping stopping) {
    Problem problem = ReadyCondition.of(kkt).at(NONE, NO_THETA);
    return solver.solve(problem, Matrix.zeros(kkt.unknowns(), 1), stopping);
  }

  /** Feasible by construction; rows and columns of sizes from 0.1 to 10. */
  private static Kkt<Var, Var> general(int seed) {
    Random random = new Random(seed);
    int n = 3 + random.nextInt(10);
    int p = 1 + random.nextInt(20);
    Matrix sizes = RandomMatrix.normal(n, 1, random).map(v -> Math.pow(10, v / 2));
    Matrix root = RandomMatrix.normal(n, 1 + random.nextInt(n), random);
    double[] scaled = root.toArray();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= sizes.at(i / root.cols());
    }
    Matrix r = Matrix.adopting(n, root.cols(), scaled);
    Matrix inside = RandomMatrix.normal(n, 1, random);
    Matrix g = RandomMatrix.normal(p, n, random);
    Matrix h = g.times(inside).plus(RandomMatrix.normal(p, 1, random).map(Math::abs));
    Matrix box = Matrix.identity(n);
    Matrix three = Matrix.filled(n, 1, 3);
    Kkt<Var, Var> kkt =
        atMost(program(r.times(r.transpose()), RandomMatrix.normal(n, 1, random)), g, h);
    kkt = atMost(kkt, box, inside.plus(three));
    kkt = atMost(kkt, box.times(-1), three.minus(inside));
    Matrix e = RandomMatrix.normal(1, n, random);
    return seed % 2 == 0 ? kkt : equal(kkt, e, e.times(inside));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void splittingAgreesWithTheInteriorPoint(int seed) {
    Kkt<Var, Var> kkt = general(seed);
    Solution found = solve(new OperatorSplitting(), kkt, TIGHT);
    Matrix x = found.orThrow();
    Matrix expected = solve(new InteriorPoint(), kkt, TIGHT).orThrow();
    assertThat(KktRegularity.of(kkt, NONE, NO_THETA, x).infeasibility()).isLessThan(1e-11);
    Matrix z = kkt.primal(x).get(0);
    assertThat(z.minus(kkt.primal(expected).get(0)).norm())
        .isLessThan(1e-8 * Math.max(1, z.norm()));
    assertThat(found.iterations()).isLessThanOrEqualTo(1000);
  }

  private static final Matrix Q = Matrix.of(2, 2, 4, 1, 1, 2);
  private static final Matrix ONES = Matrix.of(1, 2, 1, 1);

  /** mathematics.md's golden values: x = (1/4, 3/4), nu = -11/4, with x >= 0 slack. */
  @Test
  void goldenValues() {
    Kkt<Var, Var> equality = equal(program(Q, Matrix.column(1, 1)), ONES, Matrix.scalar(1));
    Kkt<Var, Var> both = atMost(equality, Matrix.identity(2).times(-1), Matrix.zeros(2, 1));
    Matrix expected = Matrix.column(0.25, 0.75, -2.75);
    for (Solver solver :
        new Solver[] {new EqualityProgram(), new OperatorSplitting(), new Automatic()}) {
      Matrix x = solve(solver, equality, TIGHT).orThrow();
      assertThat(x.minus(expected).maxAbs()).isLessThan(1e-14);
    }
    for (Solver solver : new Solver[] {new OperatorSplitting(), new Automatic()}) {
      Matrix x = solve(solver, both, TIGHT).orThrow();
      assertThat(x.minus(Matrix.column(0.25, 0.75, -2.75, 0, 0)).maxAbs()).isLessThan(1e-10);
    }
  }

  @Test
  void automaticSaysWhatItChose() {
    Kkt<Var, Var> equality = equal(program(Q, Matrix.column(1, 1)), ONES, Matrix.scalar(1));
    assertThat(solve(new Automatic(), equality, TIGHT).method())
        .isEqualTo("equality-constrained qp");
    Kkt<Var, Var> both = atMost(equality, Matrix.identity(2).times(-1), Matrix.zeros(2, 1));
    assertThat(solve(new Automatic(), both, TIGHT).method()).isEqualTo("interior point");
    assertThat(solve(new OperatorSplitting(), both, TIGHT).method()).isEqualTo("osqp");
  }

  @Test
  void theSolutionIsFoundAtOnceFromItself() {
    Kkt<Var, Var> kkt = general(3);
    Problem problem = ReadyCondition.of(kkt).at(NONE, NO_THETA);
    Matrix x = solve(new OperatorSplitting(), kkt, TIGHT).orThrow();
    Solution again = new OperatorSplitting().solve(problem, x, TIGHT);
    assertThat(again.orThrow()).isEqualTo(x);
    assertThat(again.iterations()).isZero();
  }

  /** x + y <= -1 with x, y >= 0. */
  private static Kkt<Var, Var> infeasible() {
    return atMost(
        program(Q, Matrix.column(1, 1)),
        Matrix.of(3, 2, 1, 1, -1, 0, 0, -1),
        Matrix.column(-1, 0, 0));
  }

  @Test
  void infeasibilityIsProved() {
    for (Solver solver :
        new Solver[] {new OperatorSplitting(), new InteriorPoint(), new Automatic()}) {
      Solution solution = solve(solver, infeasible(), TIGHT);
      assertThat(solution.outcome()).isEqualTo(Outcome.INFEASIBLE);
      Matrix y = solution.value();
      assertThat(y.minus(Matrix.column(0, 0, 1, 1, 1)).maxAbs()).isLessThan(1e-7);
      assertThatThrownBy(solution::orThrow).hasMessageContaining("infeasible");
    }
    Kkt<Var, Var> equalities =
        atMost(
            equal(
                program(Q, Matrix.column(1, 1)), Matrix.of(2, 2, 1, 1, 2, 2), Matrix.column(1, 3)),
            ONES,
            Matrix.scalar(5));
    Solution solution = solve(new OperatorSplitting(), equalities, TIGHT);
    assertThat(solution.outcome()).isEqualTo(Outcome.INFEASIBLE);
    assertThat(Math.abs(solution.value().at(2) + 2 * solution.value().at(3))).isLessThan(1e-7);
    assertThat(solution.value().at(2) + 3 * solution.value().at(3)).isLessThan(-0.1);
  }

  /** x + 2 y falls along (-1, 0), which the constraint y >= 0 allows. */
  @Test
  void unboundednessIsProved() {
    Kkt<Var, Var> kkt =
        atMost(
            program(Matrix.of(2, 2, 0, 0, 0, 1), Matrix.column(1, 2)),
            Matrix.of(1, 2, 0, -1),
            Matrix.scalar(0));
    for (Solver solver :
        new Solver[] {new OperatorSplitting(), new InteriorPoint(), new Automatic()}) {
      Solution solution = solve(solver, kkt, TIGHT);
      assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
      assertThat(solution.value().minus(Matrix.column(-1, 0, 0)).maxAbs()).isLessThan(1e-7);
    }
  }

  @Test
  void equalitiesWithoutASolutionAreProved() {
    Solution apart =
        solve(
            new EqualityProgram(),
            equal(
                program(Q, Matrix.column(1, 1)), Matrix.of(2, 2, 1, 1, 2, 2), Matrix.column(1, 3)),
            TIGHT);
    assertThat(apart.outcome()).isEqualTo(Outcome.INFEASIBLE);
    Matrix nu = Matrix.column(apart.value().at(2), apart.value().at(3));
    assertThat(Math.abs(nu.at(0) + 2 * nu.at(1))).isLessThan(1e-12);
    assertThat(nu.at(0) + 3 * nu.at(1)).isLessThan(-0.1);
    Solution falling =
        solve(
            new EqualityProgram(),
            equal(
                program(Matrix.of(2, 2, 1, 1, 1, 1), Matrix.column(1, 0)),
                Matrix.of(1, 2, 1, 1),
                Matrix.scalar(1)),
            TIGHT);
    assertThat(falling.outcome()).isEqualTo(Outcome.UNBOUNDED);
    assertThat(falling.value().at(0)).isLessThan(-0.1);
    assertThat(falling.value().at(0) + falling.value().at(1)).isLessThan(1e-12);
  }

  @Test
  void redundantEqualitiesAreSolved() {
    Solution solution =
        solve(
            new EqualityProgram(),
            equal(
                program(Q, Matrix.column(1, 1)), Matrix.of(2, 2, 1, 1, 2, 2), Matrix.column(1, 2)),
            TIGHT);
    Matrix x = solution.orThrow();
    assertThat(Math.abs(x.at(0) - 0.25) + Math.abs(x.at(1) - 0.75)).isLessThan(1e-12);
  }

  @Test
  void programsThatAreNotQuadraticAreSaid() {
    Kkt<Var, Var> exponential =
        Kkt.of(
                Parameters.vector(2),
                Parameters.vector(1),
                (Var z, Var t) -> z.exp().sum().minus(z.sum().times(3)))
            .withEqualities((z, t) -> z.slice(Side.ROWS, 0, 1).minus(2));
    for (Solver solver : new Solver[] {new OperatorSplitting(), new EqualityProgram()}) {
      assertThat(solve(solver, exponential, TIGHT).outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
    }
    Matrix x = solve(new Automatic(), exponential, TIGHT).orThrow();
    assertThat(Math.abs(x.at(1) - Math.log(3))).isLessThan(1e-10);
  }

  @Test
  void anExhaustedBudgetReturnsTheBestPoint() {
    Kkt<Var, Var> kkt = general(8);
    Problem problem = ReadyCondition.of(kkt).at(NONE, NO_THETA);
    Matrix start = Matrix.zeros(kkt.unknowns(), 1);
    Solution solution = new OperatorSplitting().solve(problem, start, new Stopping(0, 1e-12, 3));
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(solution.residualNorm())
        .isEqualTo(problem.evaluate(solution.value()).residual().norm());
    Matrix infinite = Matrix.filled(kkt.unknowns(), 1, Double.NaN);
    assertThat(new OperatorSplitting().solve(problem, infinite, TIGHT).outcome())
        .isEqualTo(Outcome.NOT_FINITE);
  }

  /** Limits hold for the interior point, proofs and all, as for every solver. */
  @Test
  void theInteriorPointCountsItsPasses() {
    for (Kkt<Var, Var> kkt : List.of(general(4), infeasible())) {
      List<Solver.Iteration> told = new ArrayList<>();
      Solution whole = solve(new InteriorPoint(), kkt, TIGHT.withListener(told::add));
      assertThat(whole.passes()).isGreaterThan(3 * whole.iterations());
      assertThat(whole.history()).hasSize(whole.iterations());
      assertThat(told).extracting(Solver.Iteration::residualNorm).isEqualTo(whole.history());
      for (int most : new int[] {1, 2, 4}) {
        Solution some = solve(new InteriorPoint(), kkt, TIGHT.withMaxPasses(most));
        assertThat(some.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
        assertThat(some.passes()).isEqualTo(most);
      }
      int before = told.size();
      Stopping cancelled = TIGHT.withCancellation(() -> told.size() > before + 1);
      Solution none = solve(new InteriorPoint(), kkt, cancelled.withListener(told::add));
      assertThat(none.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(none.iterations()).isEqualTo(2);
    }
  }

  /** What is read off, tried and given up counts as what solves; iterations are numbered on. */
  @Test
  void severalMethodsInTurnAreCountedAsOneSolve() {
    Kkt<Var, Var> exponential =
        Kkt.of(
                Parameters.vector(2),
                Parameters.vector(1),
                (Var z, Var t) -> z.exp().sum().minus(z.sum().times(3)))
            .withEqualities((z, t) -> z.slice(Side.ROWS, 0, 1).minus(2));
    Problem problem = ReadyCondition.of(exponential).at(NONE, NO_THETA);
    WatchedProblem watched = WatchedProblem.of(problem);
    List<Solver.Iteration> told = new ArrayList<>();
    Solution solution =
        new Automatic().solve(watched.problem(), Matrix.zeros(3, 1), TIGHT.withListener(told::add));
    assertThat(solution.orThrow().at(0)).isEqualTo(2);
    assertThat(solution.method()).isEqualTo("l-bfgs + newton");
    assertThat(solution.passes()).isEqualTo(watched.passes());
    assertThat(told).extracting(Solver.Iteration::residualNorm).isEqualTo(solution.history());
    assertThat(told).extracting(Solver.Iteration::passes).isSorted();
    for (int k = 0; k < told.size(); k++) {
      assertThat(told.get(k).iteration()).isEqualTo(k + 1);
    }
  }

  @Test
  void conditionsWithoutConstraintsAreRefused() {
    Problem problem = ProblemCatalogue.of("quadratic").problem().get();
    assertThatThrownBy(() -> new OperatorSplitting().solve(problem, Matrix.zeros(30, 1), TIGHT))
        .hasMessage("Invalid condition for osqp: no constraints (must be a Kkt)");
  }

  /**
   * Quadratic at the points where a program is read off, and flat or bounded elsewhere: max(z - 2,
   * 0)^2 - z falls at 0 and around 1 as if it had no end, |z| is linear there, and max(z - 5, 0)^2
   * <= -1 + z / 3 has solutions only far off.
   */
  @Test
  void whatLooksQuadraticAtAPointIsNotTakenForIt() {
    Parameters<Var> one = Parameters.vector(1);
    Kkt<Var, Var> bent =
        Kkt.of(
                one,
                one,
                (Var z, Var t) -> z.minus(2).max(Var.constant(0)).square().sum().minus(z.sum()))
            .withInequalities((z, t) -> z.negate());
    Kkt<Var, Var> absolute =
        Kkt.of(one, one, (Var z, Var t) -> z.minus(3).abs().sum().plus(z.sum().times(0.5)))
            .withInequalities((z, t) -> z.negate());
    Kkt<Var, Var> far =
        Kkt.of(one, one, (Var z, Var t) -> z.square().sum())
            .withEqualities((z, t) -> z.times(z.greaterThan(Var.constant(2))).minus(3));
    assertThat(bent.as(Condition.Constrained.class).orElseThrow().constraints().isQuadratic())
        .isFalse();
    assertThat(absolute.as(Condition.Constrained.class).orElseThrow().constraints().isQuadratic())
        .isFalse();
    assertThat(far.as(Condition.Constrained.class).orElseThrow().constraints().isQuadratic())
        .isFalse();
    Matrix theta = Matrix.scalar(0);
    Problem problem = ReadyCondition.of(bent).at(Passes.over(Map.of()), theta);
    Stopping stopping = new Stopping(0, 1e-9, 500);
    Solution found = new Automatic().solve(problem, Matrix.column(0.5, 1), stopping);
    assertThat(found.orThrow().at(0)).isCloseTo(2.5, within(1e-7));
    for (Solver solver : new Solver[] {new OperatorSplitting(), new Automatic()}) {
      Problem hard = ReadyCondition.of(absolute).at(Passes.over(Map.of()), theta);
      Solution ended = solver.solve(hard, Matrix.column(0.5, 1), stopping);
      assertThat(ended.outcome()).isNotIn(Outcome.UNBOUNDED, Outcome.INFEASIBLE);
    }
    Problem jump = ReadyCondition.of(far).at(Passes.over(Map.of()), theta);
    Solution ended = new Automatic().solve(jump, Matrix.column(0.5, 0), stopping);
    assertThat(ended.outcome()).isNotIn(Outcome.UNBOUNDED, Outcome.INFEASIBLE);
  }
}
