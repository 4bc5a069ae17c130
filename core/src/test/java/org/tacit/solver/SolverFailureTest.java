package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Cone;
import org.tacit.optimality.ConicResidual;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * How every solver of the package fails: within its budget, with the outcome that says why, and the
 * best point so far. A new solver joins {@link #lines}, or the build fails.
 */
class SolverFailureTest {
  private static final int ITERATIONS = 2000;

  /** A solver, and a problem of its kind. */
  record Line(Solver solver, Supplier<Start> problem) {
    @Override
    public String toString() {
      return solver.name() + " as " + solver.getClass().getSimpleName();
    }
  }

  static Stream<Line> lines() {
    return Stream.of(
        new Line(Minimiser.acceleratedGradient(), named("logistic")),
        new Line(RootFinder.anderson(), named("cosine")),
        new Line(RootFinder.accelerated(RootFinder.picard(), 1, 5), named("cosine")),
        new Line(new Automatic(), () -> program(Kind.GENERAL)),
        new Line(new Automatic(), () -> program(Kind.EQUALITIES)),
        new Line(new Automatic(), composite("lasso")),
        new Line(new Automatic(), named("logistic")),
        new Line(new Bisection(0, 2), named("cosine")),
        new Line(CompositeMinimiser.blockCoordinateDescent(), composite("blocks with steps")),
        new Line(CompositeMinimiser.boundedLbfgs(), composite("wide box")),
        new Line(RootFinder.broyden(), named("logistic")),
        new Line(new ConicSplitting(3), () -> ball(1.7)),
        new Line(CompositeMinimiser.consensusSplitting(), composite("logistic lasso")),
        new Line(CompositeMinimiser.coordinateDescent(), composite("logistic lasso")),
        new Line(new EqualityProgram(), () -> program(Kind.EQUALITIES)),
        new Line(Minimiser.fire(), named("logistic")),
        new Line(CompositeMinimiser.fista(), composite("lasso")),
        new Line(Minimiser.gaussNewton(), SolverFailureTest::kinetics),
        new Line(new InteriorPoint(), () -> program(Kind.GENERAL)),
        new Line(CompositeMinimiser.ista(), composite("lasso")),
        new Line(Minimiser.lbfgs(), named("logistic")),
        new Line(Minimiser.levenbergMarquardt(), SolverFailureTest::kinetics),
        new Line(CompositeMinimiser.mirrorDescent(), composite("simplex by entropy")),
        new Line(Newton.of(), named("logistic")),
        new Line(RootFinder.newtonKrylov(), named("turning")),
        new Line(NewtonPolished.of(), named("logistic")),
        new Line(Minimiser.nonlinearConjugateGradient(), named("logistic")),
        new Line(
            Minimiser.nonlinearConjugateGradient(
                Minimiser.Beta.FLETCHER_REEVES, Minimiser.LineSearch.hagerZhang()),
            named("logistic")),
        new Line(
            Minimiser.nonlinearConjugateGradient(
                Minimiser.Beta.HESTENES_STIEFEL, Minimiser.LineSearch.hagerZhang()),
            named("logistic")),
        new Line(Minimiser.lbfgs(4, Minimiser.LineSearch.hagerZhang()), named("logistic")),
        new Line(RootFinder.anderson(5, 0.5, 1e-8), named("cosine")),
        new Line(
            Minimiser.stochasticGradient(StochasticStep.momentum(0.1, 0.5), 4, 3),
            named("logistic")),
        new Line(new OperatorSplitting(), () -> program(Kind.GENERAL)),
        new Line(CompositeMinimiser.owlqn(), composite("wide lasso")),
        new Line(RootFinder.picard(), named("cosine")),
        new Line(CompositeMinimiser.proximalNewton(), composite("logistic lasso")),
        new Line(Minimiser.steepestDescent(), named("logistic")),
        new Line(Minimiser.stochasticGradient(StochasticStep.armijo(1), 4, 3), named("logistic")),
        new Line(Minimiser.trustRegionNewton(), named("logistic")),
        new Line(Solver.of("user's", SolverFailureTest::picard), named("cosine")));
  }

  /** A problem and where to start. */
  record Start(Problem problem, Matrix x) {}

  enum Kind {
    GENERAL,
    EQUALITIES,
    INFEASIBLE,
    INFEASIBLE_EQUALITIES,
    UNBOUNDED,
    UNBOUNDED_EQUALITIES
  }

  static Supplier<Start> named(String name) {
    return () -> {
      ProblemCatalogue.Case of = ProblemCatalogue.of(name);
      return new Start(of.problem().get(), of.start());
    };
  }

  private static Supplier<Start> composite(String name) {
    return () -> {
      SolverProblem of = SolverTable.problem(name);
      Passes passes = of.passes(TableFactory.inProcess(4), 2);
      return new Start(ReadyCondition.of(of.condition()).at(passes, of.theta()), of.start());
    };
  }

  private static Start kinetics() {
    Problem problem =
        ReadyCondition.of(LeastSquaresSolversTest.kinetics())
            .at(LeastSquaresSolversTest.enzyme(2), Matrix.column(0));
    return new Start(problem, Matrix.column(0.9, 0.2));
  }

  private static Matrix picard(Problem problem, Matrix start) {
    Matrix x = start;
    for (int k = 0; k < 100; k++) {
      x = x.plus(problem.evaluate(x).residual());
    }
    return x;
  }

  private static Kkt<Var, Var> quadratic(Matrix q, Matrix c) {
    return Kkt.of(
        Parameters.vector(2),
        Parameters.vector(1),
        (Var z, Var t) -> z.dot(Var.constant(q).matmul(z)).times(0.5).plus(Var.constant(c).dot(z)));
  }

  private static Start program(Kind kind) {
    Kkt<Var, Var> strong = quadratic(Matrix.of(2, 2, 4, 1, 1, 2), Matrix.column(-3, 1));
    Kkt<Var, Var> kkt =
        switch (kind) {
          case GENERAL -> atMost(strong, Matrix.of(3, 2, 1, 1, -1, 0, 0, -1), 0.5, 0, 0);
          case EQUALITIES -> equal(strong, Matrix.of(1, 2, 1, 1), 1);
          case INFEASIBLE -> atMost(strong, Matrix.of(3, 2, 1, 1, -1, 0, 0, -1), -1, 0, 0);
          case INFEASIBLE_EQUALITIES -> equal(strong, Matrix.of(2, 2, 1, 1, 2, 2), 1, 3);
          case UNBOUNDED ->
              atMost(
                  quadratic(Matrix.of(2, 2, 0, 0, 0, 1), Matrix.column(1, 2)),
                  Matrix.of(1, 2, 0, -1),
                  0);
          case UNBOUNDED_EQUALITIES ->
              equal(
                  quadratic(Matrix.of(2, 2, 1, 1, 1, 1), Matrix.column(1, 0)),
                  Matrix.of(1, 2, 1, 1),
                  1);
        };
    return start(ReadyCondition.of(kkt).at(Passes.over(Map.of()), Matrix.scalar(0)));
  }

  private static Kkt<Var, Var> atMost(Kkt<Var, Var> kkt, Matrix m, double... h) {
    return kkt.withInequalities(
        (z, t) -> Var.constant(m).matmul(z).minus(Var.constant(Matrix.column(h))));
  }

  private static Kkt<Var, Var> equal(Kkt<Var, Var> kkt, Matrix e, double... d) {
    return kkt.withEqualities(
        (z, t) -> Var.constant(e).matmul(z).minus(Var.constant(Matrix.column(d))));
  }

  /** A linear objective on |z - b| <= r; without a point where r is below zero. */
  private static Start ball(double r) {
    Matrix e = Matrix.of(4, 3, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0, -1);
    return conic(e, Matrix.column(r, -0.3, -0.2, 1), Matrix.column(1, -2, 0.5));
  }

  private static Start conic(Matrix e, Matrix d, Matrix c) {
    ConicResidual condition =
        ConicResidual.of(
            Cone.secondOrder(d.rows()),
            Parameters.vector(1),
            t -> new ConicResidual.Data(Var.constant(e), Var.constant(d), Var.constant(c)));
    return start(ReadyCondition.of(condition).at(Passes.over(Map.of()), Matrix.scalar(0)));
  }

  private static Start start(Problem problem) {
    return new Start(problem, Matrix.zeros(problem.size(), 1));
  }

  private static double norm(Start at, Matrix x) {
    return at.problem().evaluate(x).residual().norm();
  }

  /**
   * The best point so far is finite, has the residual that is said, and is no worse than the start:
   * no higher where there is an objective, or no farther from a root.
   */
  private static void assertBest(Start fresh, Solution solution) {
    assertThat(solution.value().isFinite()).isTrue();
    // An automatic step is that of the first point.
    double first = norm(fresh, fresh.x());
    assertThat(solution.residualNorm()).isEqualTo(norm(fresh, solution.value()));
    OptionalDouble atStart = fresh.problem().evaluate(fresh.x()).value();
    OptionalDouble atEnd = fresh.problem().evaluate(solution.value()).value();
    boolean isLower = atStart.isPresent() && atEnd.orElseThrow() <= atStart.getAsDouble();
    boolean isNearer = solution.residualNorm() <= first;
    assertThat(isLower || isNearer).isTrue();
  }

  @Test
  void everySolverHasALine() throws ReflectiveOperationException {
    Set<String> solvers =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.tacit.solver")
                .stream()
                .filter(type -> type.isAssignableTo(Solver.class) && !type.isInterface())
                .filter(type -> type.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Set<String> lines =
        lines().map(line -> line.solver.getClass().getName()).collect(Collectors.toSet());
    assertThat(lines).isEqualTo(solvers);
    assertThat(NamedSolvers.names()).hasSizeGreaterThan(25);
    assertThat(lines().map(line -> line.solver.name())).containsAll(NamedSolvers.names());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void noPassBeyondTheBudget(Line line) {
    for (int most : new int[] {1, 2, 3, 4, 5, 7, 10}) {
      Start start = line.problem.get();
      WatchedProblem watched = WatchedProblem.of(start.problem());
      Stopping stopping = Stopping.relative(1e-15, ITERATIONS).withMaxPasses(most);
      Solution solution = line.solver.solve(watched.problem(), start.x(), stopping);
      assertThat(watched.passes()).as("passes of " + most).isLessThanOrEqualTo(most);
      assertThat(solution.passes()).isLessThanOrEqualTo(most);
      if (watched.passes() >= most) {
        assertThat(solution.outcome()).isIn(Outcome.BUDGET_EXHAUSTED, Outcome.CONVERGED);
      }
      assertThat(most > 2 || solution.outcome() == Outcome.BUDGET_EXHAUSTED).isTrue();
      assertBest(line.problem.get(), solution);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void outOfTimeIsOutOfBudgetAfterTheFirstPass(Line line) {
    Start start = line.problem.get();
    WatchedProblem watched = WatchedProblem.of(start.problem());
    Stopping stopping = Stopping.relative(1e-12, ITERATIONS).withTimeBudget(Duration.ofNanos(1));
    Solution solution = line.solver.solve(watched.problem(), start.x(), stopping);
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(solution.value()).isEqualTo(start.x());
    assertThat(watched.passes()).isEqualTo(1);
  }

  /** The listener hears of an iteration, and says no more. */
  @ParameterizedTest
  @MethodSource("lines")
  void cancelledAtTheFirstIteration(Line line) {
    Start start = line.problem.get();
    WatchedProblem watched = WatchedProblem.of(start.problem());
    AtomicInteger told = new AtomicInteger();
    Stopping stopping =
        Stopping.relative(1e-15, ITERATIONS)
            .withListener(iteration -> told.incrementAndGet())
            .withCancellation(() -> told.get() > 0);
    Solution solution = line.solver.solve(watched.problem(), start.x(), stopping);
    assertThat(told.get()).isBetween(1, 2);
    assertThat(solution.iterations()).isEqualTo(told.get());
    assertThat(solution.history()).hasSize(told.get());
    boolean isOneStep = told.get() == 1 && solution.outcome() != Outcome.CANCELLED;
    assertThat(isOneStep ? Outcome.CANCELLED : solution.outcome()).isEqualTo(Outcome.CANCELLED);
    assertBest(line.problem.get(), solution);
  }

  /** Whatever it is doing: a step, a linear solve, reading off a program. */
  @ParameterizedTest
  @MethodSource("lines")
  void cancelledAtAnyPass(Line line) {
    for (int pass = 1; pass < 8; pass++) {
      Start start = line.problem.get();
      WatchedProblem watched = WatchedProblem.of(start.problem());
      int at = pass;
      Stopping stopping =
          Stopping.relative(1e-12, ITERATIONS).withCancellation(() -> watched.passes() >= at);
      Solution solution = line.solver.solve(watched.problem(), start.x(), stopping);
      assertThat(watched.passes()).isLessThanOrEqualTo(at);
      if (solution.outcome() != Outcome.CANCELLED) {
        assertThat(solution.outcome()).isIn(Outcome.CONVERGED, Outcome.STALLED);
        assertThat(pass).isGreaterThan(2);
      }
      assertBest(line.problem.get(), solution);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void notANumberPartWayEndsAtTheBestPointBefore(Line line) {
    for (int finite = 1; finite < 9; finite++) {
      Start start = line.problem.get();
      WatchedProblem watched = WatchedProblem.finiteFor(finite, start.problem());
      Solution solution =
          line.solver.solve(watched.problem(), start.x(), Stopping.relative(1e-12, ITERATIONS));
      assertThat(solution.outcome()).isIn(Outcome.NOT_FINITE, Outcome.STALLED, Outcome.CONVERGED);
      boolean isConverged = solution.outcome().isConverged();
      assertThat(finite > 1 || !isConverged).isTrue();
      // But for what rounding leaves of the map of a composite problem.
      assertThat(solution.relativeResidual()).isLessThan(isConverged ? 2e-12 : 1e300);
      assertThat(watched.passes()).isLessThan(1500);
      assertBest(line.problem.get(), solution);
    }
  }

  @Test
  void programsWithoutASolutionAreProvedSoWithinTheBudget() {
    Map<Kind, Outcome> expected =
        Map.of(
            Kind.INFEASIBLE, Outcome.INFEASIBLE,
            Kind.INFEASIBLE_EQUALITIES, Outcome.INFEASIBLE,
            Kind.UNBOUNDED, Outcome.UNBOUNDED,
            Kind.UNBOUNDED_EQUALITIES, Outcome.UNBOUNDED);
    expected.forEach(
        (kind, outcome) -> {
          boolean isEqual = kind.name().endsWith("EQUALITIES");
          List<Solver> solvers =
              isEqual
                  ? List.of(new EqualityProgram(), new Automatic())
                  : List.of(new OperatorSplitting(), new InteriorPoint(), new Automatic());
          for (Solver solver : solvers) {
            assertProved(solver, program(kind), outcome);
          }
        });
    assertProved(new ConicSplitting(3), ball(-1), Outcome.INFEASIBLE);
    Start falling =
        conic(Matrix.identity(2).times(-1), Matrix.column(1, 0.3), Matrix.column(-1, 0));
    assertProved(new ConicSplitting(2), falling, Outcome.UNBOUNDED);
  }

  /** The proof's passes are counted, and with one less there is none. */
  private static void assertProved(Solver solver, Start start, Outcome outcome) {
    WatchedProblem watched = WatchedProblem.of(start.problem());
    Stopping stopping = new Stopping(0, 1e-11, 20_000);
    Solution solution = solver.solve(watched.problem(), start.x(), stopping);
    assertThat(solution.outcome()).as(solver.name()).isEqualTo(outcome);
    assertThat(solution.passes()).isEqualTo(watched.passes());
    assertThat(solution.history()).hasSize(solution.iterations());
    int enough = solution.passes();
    Solution again = solver.solve(start.problem(), start.x(), stopping.withMaxPasses(enough));
    assertThat(again.outcome()).isEqualTo(outcome);
    Solution less = solver.solve(start.problem(), start.x(), stopping.withMaxPasses(enough - 1));
    assertThat(less.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(less.passes()).isLessThan(enough + 1);
  }

  /** x + F(x) = 3 x + 1 runs away from its fixed point. */
  @Test
  void aDivergingStepIsSaid() {
    Start start =
        new Start(
            CountedProblem.root(
                1, x -> CountedProblem.At.root(2 * x.at(0) + 1), x -> Matrix.scalar(2)),
            Matrix.column(1));
    Solution solution =
        RootFinder.picard().solve(start.problem(), start.x(), Stopping.relative(1e-12, ITERATIONS));
    assertThat(solution.outcome()).isEqualTo(Outcome.UNBOUNDED);
    assertBest(start, solution);
  }
}
