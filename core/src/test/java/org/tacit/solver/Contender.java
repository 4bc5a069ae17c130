package org.tacit.solver;

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
import org.tacit.breeze.Lu;
import org.tacit.matrix.Matrix;
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
        of(new Lbfgs(), SMOOTH, CURVED),
        of(NewtonPolished.of(), SMOOTH, CURVED, SQUARES, FIT, FIXED_POINT, SCALAR),
        of(SteepestDescent.of(), SMOOTH, CURVED),
        of(NonlinearConjugateGradient.of(), SMOOTH, CURVED),
        of(new AcceleratedGradient(), SMOOTH, CURVED),
        of(new TrustRegionNewton(), SMOOTH, CURVED, SQUARES),
        of("svrg", new StochasticGradient(new StochasticStep.Svrg(0.1), 3, 4), SMOOTH),
        of(Solver.of("users newton", Contender::usersNewton), SMOOTH));
  }

  /** A user's function: seven steps. */
  private static Matrix usersNewton(Problem problem, Matrix start) {
    Matrix x = start;
    for (int k = 0; k < 7; k++) {
      try (var jacobian = problem.jacobian(x)) {
        Matrix whole = jacobian.apply(Matrix.identity(problem.size()));
        x = x.minus(Lu.of(whole).solve(problem.evaluate(x).residual()));
      }
    }
    return x;
  }

  private static List<Contender> ofSquares() {
    return List.of(of(new GaussNewton(), SQUARES, FIT), of(LevenbergMarquardt.of(), SQUARES, FIT));
  }

  private static List<Contender> ofComposites() {
    return List.of(
        of(new ConsensusSplitting(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(new Ista(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(new Fista(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(new BoundedLbfgs(), BOUNDED),
        of(new Owlqn(), PENALISED),
        of(new CoordinateDescent(), PENALISED, BOUNDED),
        new Contender(
            "blocks", Set.of(GROUPED, SIMPLEX), BlockCoordinateDescent.of(), Contender::inBlocks),
        of(new ProximalNewton(), PENALISED, BOUNDED, GROUPED, SIMPLEX),
        of(new AdaptiveMirrorDescent(), ENTROPIC));
  }

  /** The condition's blocks; of one block, the rows of its matrix: of the dual 3, of groups 4. */
  private static Solver inBlocks(SolverProblem problem) {
    boolean isOne = problem.condition().composite().orElseThrow().blocks().size() == 1;
    boolean isMachine = problem.start().rows() == 72;
    if (isOne && (isMachine || problem.kind() == GROUPED)) {
      return BlockCoordinateDescent.ofWidth(isMachine ? 3 : 4);
    }
    return BlockCoordinateDescent.of();
  }

  private static List<Contender> ofPrograms() {
    return List.of(
        of(new EqualityProgram(), EQUALITIES),
        of(new OperatorSplitting(), EQUALITIES, QUADRATIC),
        new Contender(
            "interior point",
            Set.of(SMOOTH, EQUALITIES, QUADRATIC, CONVEX),
            new InteriorPoint(0, 0),
            problem ->
                problem
                    .condition()
                    .constraints()
                    .map(c -> new InteriorPoint(c.equalities(), c.inequalities()))
                    .orElse(new InteriorPoint(0, 0))),
        of(new ConicSplitting(3), CONE));
  }

  private static List<Contender> ofRoots() {
    return List.of(
        of(new Picard(), FIXED_POINT),
        of(Anderson.of(), FIXED_POINT),
        of(new AndersonAccelerated(new Picard(), 1, 5), FIXED_POINT),
        of(new Broyden(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of(Newton.of(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of("newton-krylov", Newton.krylov(), SMOOTH, EQUALITIES, FIXED_POINT, SCALAR),
        of(new Bisection(0, 3), SCALAR));
  }
}
