package org.tacit.solver;

import java.util.Optional;
import java.util.function.DoubleFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link RootFinder#newton}. */
record Newton(DoubleFunction<LinearSolver> linearSolver, Nearby nearby) implements Solver {
  private static final int HALVINGS = 20;
  private static final double SHORTEST = 0x1p-60;
  private static final double ARMIJO = 1e-4;
  private static final double LOOSEST = 0.1;
  private static final double FINEST = 1e-12;

  /** A step of this part of x or less is short: F is as good as linear along it. */
  private static final double SHORT = 1e-6;

  /** Why steps ended. */
  enum End {
    /** Converged, or out of budget. */
    DONE,
    /** F is known to rounding only. */
    ROUNDING,
    NO_DECREASE,
    /** The Jacobian is not finite. */
    NOT_FINITE,
    /** The Jacobian is not what it promised to be. */
    WRONG_STRUCTURE;

    Outcome outcome() {
      return switch (this) {
        case WRONG_STRUCTURE -> Outcome.WRONG_STRUCTURE;
        case NOT_FINITE -> Outcome.NOT_FINITE;
        default -> Outcome.STALLED;
      };
    }
  }

  /** Nothing is known of a neighbour. */
  public Newton(DoubleFunction<LinearSolver> linearSolver) {
    this(linearSolver, Nearby.NOTHING);
  }

  /**
   * With linear systems solved by {@link LinearSolver#auto}, which trusts the promised structure: a
   * step that is none is noticed anyway.
   */
  public static Newton of() {
    return new Newton(
        tolerance -> LinearSolver.auto(tolerance, 1000, LinearSolver.Promise.TRUSTED));
  }

  @Override
  public Newton near(Nearby known) {
    return new Newton(linearSolver, known);
  }

  /** Whether steps on the whole Jacobian cost no more than those by products with it do. */
  static boolean isWhole(Problem problem) {
    Cost cost = problem.cost();
    return problem.isHeld() || (problem.isAffine() ? cost.isCheapWhole() : cost.isCheapInSteps());
  }

  @Override
  public String name() {
    return "newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    iterates.keep(nearby);
    End end = run(problem, iterates);
    return iterates.solution(name(), end.outcome());
  }

  /** Takes steps until one fails. */
  End run(Problem problem, Iterates iterates) {
    double forcing = LOOSEST;
    while (iterates.goesOn()) {
      double before = iterates.norm();
      // Within the bound, where the solve goes on since x still moves, half of what is left is too.
      double enough = 0.5 * Math.min(1, iterates.bound() / before);
      Optional<Matrix> step;
      try {
        step = step(problem, iterates, Math.max(FINEST, Math.max(enough, forcing)));
      } catch (NotANumberException overflow) {
        iterates.stay();
        return End.NOT_FINITE;
      }
      if (step.isEmpty()) {
        iterates.stay();
        return iterates.isOpen() ? End.WRONG_STRUCTURE : End.DONE;
      }
      End end = search(iterates, step.get());
      if (end != End.DONE) {
        iterates.stay();
        return end;
      }
      double ratio = iterates.norm() / before;
      forcing = Math.min(LOOSEST, 0.9 * ratio * ratio);
    }
    return End.DONE;
  }

  /** s with dF s = F; empty when the Jacobian breaks its promise, or out of budget. */
  private Optional<Matrix> step(Problem problem, Iterates iterates, double tolerance) {
    LinearSolver method = linearSolver.apply(tolerance).near(iterates.nearby().withoutDiagonal());
    if (isWhole(problem)) {
      Optional<DenseOperator> whole = iterates.whole(problem, iterates.x());
      if (whole.isPresent()) {
        return step(method, whole.get(), iterates);
      }
    }
    try (ClosableOperator jacobian = iterates.metered(() -> problem.jacobian(iterates.x()))) {
      return step(method, jacobian, iterates);
    }
  }

  private static Optional<Matrix> step(
      LinearSolver method, LinearOperator jacobian, Iterates iterates) {
    PreparedSolver prepared = method.prepare(jacobian);
    Solution solution = prepared.solve(iterates.here().residual());
    iterates.keep(prepared.nearby());
    boolean isUsable = solution.outcome() != Outcome.WRONG_STRUCTURE && solution.value().isFinite();
    return isUsable ? Optional.of(solution.value()) : Optional.empty();
  }

  private static End search(Iterates iterates, Matrix step) {
    Matrix x = iterates.x();
    double t = 1;
    double departureBefore = Double.POSITIVE_INFINITY;
    int refused = 0;
    for (int k = 0; k < HALVINGS + refused && t > SHORTEST; k++, t /= 2) {
      Matrix trial = x.plus(-t, step);
      if (trial.equals(x)) {
        return End.ROUNDING;
      }
      Optional<Problem.Evaluated> there = iterates.evaluate(trial);
      if (there.isEmpty()) {
        refused++;
        if (!iterates.isOpen()) {
          break;
        }
        continue;
      }
      Matrix residual = there.get().residual();
      if (residual.norm() <= (1 - ARMIJO * t) * iterates.norm()) {
        iterates.moveTo(trial, there.get());
        return End.DONE;
      }
      double departure = residual.plus(t - 1, iterates.here().residual()).norm();
      boolean isShort = t * step.norm() <= SHORT * x.norm();
      if (isShort && departure > 0.7 * departureBefore) {
        return End.ROUNDING;
      }
      departureBefore = departure;
    }
    return End.NO_DECREASE;
  }
}
