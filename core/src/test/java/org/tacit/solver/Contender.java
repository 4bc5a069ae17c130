package org.tacit.solver;

import static org.tacit.solver.Minimiser.Beta.FLETCHER_REEVES;
import static org.tacit.solver.Minimiser.Beta.HESTENES_STIEFEL;
import static org.tacit.solver.Minimiser.Beta.POLAK_RIBIERE;
import static org.tacit.solver.SolverProblem.Kind.BOUNDED;
import static org.tacit.solver.SolverProblem.Kind.CONE;
import static org.tacit.solver.SolverProblem.Kind.CONVEX;
import static org.tacit.solver.SolverProblem.Kind.CURVED;
import static org.tacit.solver.SolverProblem.Kind.ENTROPIC;
import static org.tacit.solver.SolverProblem.Kind.EQUALITIES;
import static org.tacit.solver.SolverProblem.Kind.FIT;
import static org.tacit.solver.SolverProblem.Kind.FIXED_POINT;
import static org.tacit.solver.SolverProblem.Kind.GROUPED;
import static org.tacit.solver.SolverProblem.Kind.PENALISED;
import static org.tacit.solver.SolverProblem.Kind.QUADRATIC;
import static org.tacit.solver.SolverProblem.Kind.SCALAR;
import static org.tacit.solver.SolverProblem.Kind.SIMPLEX;
import static org.tacit.solver.SolverProblem.Kind.SMOOTH;
import static org.tacit.solver.SolverProblem.Kind.SQUARES;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;

/**
 * A solver in the table, by the name it has there.
 *
 * @param claims the kinds of problems of which it solves each
 * @param suited the solver for a problem, where it has to know that problem's shape
 */
record Contender(
    String name,
    Set<SolverProblem.Kind> claims,
    Solver solver,
    Function<SolverProblem, Solver> suited) {
  static final List<Contender> ALL =
      Stream.of(minimisers(), ofSquares(), ofComposites(), ofPrograms(), ofRoots())
          .flatMap(List::stream)
          .toList();

  Contender {
    claims = Set.copyOf(claims);
  }

  static Contender of(String name) {
    return ALL.stream()
        .filter(each -> each.name.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Unknown solver: " + name + " (must be in ALL)"));
  }

  private static Contender of(Solver solver, SolverProblem.Kind... claims) {
    return of(solver.name(), solver, claims);
  }

  private static Contender of(String name, Solver solver, SolverProblem.Kind... claims) {
    return new Contender(name, Set.of(claims), solver, problem -> solver);
  }

  private static List<Contender> minimisers() {
    return List.of(
        new Contender(
            "auto",
            EnumSet.complementOf(EnumSet.of(CONE)),
            new Automatic(),
            problem -> new Automatic()),
        of(Minimiser.lbfgs(), SMOOTH, CURVED),
        of(NewtonPolished.of(), SMOOTH, CURVED, SQUARES, FIT, FIXED_POINT, SCALAR),
        of(Minimiser.steepestDescent(), SMOOTH, CURVED),
        of(Minimiser.nonlinearConjugateGradient(), SMOOTH, CURVED),
        of("fletcher-reeves", conjugate(FLETCHER_REEVES), SMOOTH, CURVED),
        of("hestenes-stiefel", conjugate(HESTENES_STIEFEL), SMOOTH, CURVED),
        of("polak-ribiere", conjugate(POLAK_RIBIERE), SMOOTH, CURVED),
        of("l-bfgs of 8", Minimiser.lbfgs(8, Minimiser.LineSearch.hagerZhang()), SMOOTH, CURVED),
        of(Minimiser.acceleratedGradient(), SMOOTH, CURVED),
        of(Minimiser.fire(), SMOOTH, CURVED),
        of(Minimiser.trustRegionNewton(), SMOOTH, CURVED, SQUARES),
        of("svrg", Minimiser.stochasticGradient(StochasticStep.svrg(0.1), 3, 4), SMOOTH),
        of("momentum", Minimiser.stochasticGradient(momentum(), 1, 4), SMOOTH),
        of(Solver.of("users newton", Contender::usersNewton), SMOOTH));
  }

  private static Solver conjugate(Minimiser.Beta beta) {
    return Minimiser.nonlinearConjugateGradient(beta, Minimiser.LineSearch.hagerZhang());
  }

  private static StochasticStep momentum() {
    return StochasticStep.nesterov(0.2, 0.8);
  }

  /** A user's function: seven steps. */
  private static Matrix usersNewton(Problem problem, Matrix start) {
    Matrix x = start;
    for (int k = 0; k < 7; k++) {
      try (var jacobian = problem.jacobian(x)) {
        Matrix whole = jacobian.apply(Matrix.identity(problem.size()));
        x = x.minus(Factorisation.lu(whole).solve(problem.evaluate(x).residual()));
      }
    }
    return x;
  }

  private static List<Contender> ofSquares() {
    return List.of(
        of(Minimiser.gaussNewton(), SQUARES, FIT),
        of(Minimiser.levenbergMarquardt(), SQUARES, FIT));
  }

  private static List<Contender> ofComposites() {
    return List.of(
        of(CompositeMinimiser.consensusSplitting(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(CompositeMinimiser.ista(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(CompositeMinimiser.fista(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(CompositeMinimiser.boundedLbfgs(), BOUNDED),
        of(CompositeMinimiser.owlqn(), PENALISED),
        of(CompositeMinimiser.coordinateDescent(), PENALISED, BOUNDED),
        new Contender(
            "blocks",
            Set.of(GROUPED, SIMPLEX),
            CompositeMinimiser.blockCoordinateDescent(),
            Contender::inBlocks),
        of(CompositeMinimiser.proximalNewton(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(CompositeMinimiser.mirrorDescent(), ENTROPIC));
  }

  /** The condition's blocks; of one block, the rows of its matrix: of the dual 3, of groups 4. */
  private static Solver inBlocks(SolverProblem problem) {
    boolean isOne = problem.condition().as(Composite.class).orElseThrow().blocks().size() == 1;
    boolean isMachine = problem.start().rows() == 72;
    if (isOne && (isMachine || problem.kind() == GROUPED)) {
      return CompositeMinimiser.blockCoordinateDescent(isMachine ? 3 : 4);
    }
    return CompositeMinimiser.blockCoordinateDescent();
  }

  private static List<Contender> ofPrograms() {
    return List.of(
        of(new EqualityProgram(), EQUALITIES),
        of(new OperatorSplitting(), EQUALITIES, QUADRATIC),
        new Contender(
            "interior point",
            Set.of(SMOOTH, EQUALITIES, QUADRATIC, CONVEX),
            new InteriorPoint(),
            problem ->
                problem
                    .condition()
                    .as(Condition.Constrained.class)
                    .map(Condition.Constrained::constraints)
                    .map(c -> new InteriorPoint())
                    .orElse(new InteriorPoint())),
        of(new ConicSplitting(3), CONE));
  }

  private static List<Contender> ofRoots() {
    return List.of(
        of(RootFinder.picard(), FIXED_POINT),
        of(RootFinder.anderson(), FIXED_POINT),
        of("damped anderson", RootFinder.anderson(5, 0.7, 1e-10), FIXED_POINT),
        of(RootFinder.accelerated(RootFinder.picard(), 1, 5), FIXED_POINT),
        of(RootFinder.broyden(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of(Newton.of(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of("newton-krylov", RootFinder.newtonKrylov(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of(new Bisection(0, 3), SCALAR));
  }
}
