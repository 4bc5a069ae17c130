package org.tacit.solver;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.QuasiNewton;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Limited-memory BFGS on the objective that F is the gradient of. Each evaluation is one pass. Its
 * line search compares values of the objective, so that it stalls near a relative residual of 1e-8;
 * {@link NewtonPolished} goes on from there. Source: Nocedal and Wright, Numerical Optimization,
 * 2nd ed., section 7.2; Breeze's implementation.
 */
public record Lbfgs() implements Solver {
  @Override
  public String name() {
    return "l-bfgs";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    if (iterates.isStartFinite() && iterates.here().value().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid problem: F is no gradient (l-bfgs needs an objective; use newton or a fixed-point iteration)");
    }
    run(iterates, 0, stopping.maxIterations());
    return iterates.solution(name(), Outcome.STALLED);
  }

  /**
   * Iterates until the relative residual is at most {@code enough}, for {@code steps} at most, or
   * until the line search is stuck. Returns whether it could go on.
   */
  static boolean run(Iterates iterates, double enough, int steps) {
    if (!iterates.goesOn()) {
      return true;
    }
    Memory memory = new Memory(iterates);
    Iterator<QuasiNewton.State> states = QuasiNewton.states(memory, iterates.x());
    states.next();
    for (int k = 0;
        k < steps && iterates.goesOn() && iterates.relativeNorm() > enough && states.hasNext();
        k++) {
      QuasiNewton.State state = states.next();
      if (state.isStuck()) {
        return false;
      }
      iterates.moveTo(
          state.x(), new Problem.Evaluated(OptionalDouble.of(state.value()), state.gradient()));
    }
    return true;
  }

  /** The objective as Breeze sees it; the point where it starts is known already. */
  private static final class Memory implements QuasiNewton.Objective {
    private final Iterates iterates;
    private final Matrix start;
    private final Problem.Evaluated atStart;

    Memory(Iterates iterates) {
      this.iterates = iterates;
      this.start = iterates.x();
      this.atStart = iterates.here();
    }

    @Override
    public QuasiNewton.Point at(Matrix x) {
      Optional<Problem.Evaluated> evaluated =
          x.equals(start) ? Optional.of(atStart) : iterates.evaluate(x);
      return evaluated
          .map(at -> new QuasiNewton.Point(at.value().orElseThrow(), at.residual()))
          .orElseGet(() -> new QuasiNewton.Point(Double.POSITIVE_INFINITY, x));
    }
  }
}
