package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;

/**
 * A solution with an automatic step that suits it: where the step of the start did not, a solve
 * that ended short of its tolerance goes on with another, from its best point and with what is left
 * of its budget. F scales with the step, so its tolerance is then relative to the new F at the
 * start, or to what {@link ResidualScale} says of it.
 *
 * @param step what derivatives at the solution hold the step at
 */
public record SuitedStep(Solution solution, AnchoredStep step) {
  private static final int MOST = 6;

  /** The solution of a condition at one theta. */
  public static SuitedStep of(
      ReadyCondition programs, Passes passes, Matrix theta, Start from, Stopping until) {
    return of(programs, new At(passes, theta, programs.step(theta)), from, until);
  }

  /** The tables and the theta of a solve, and the step that it begins with. */
  public record At(Passes passes, Matrix theta, AnchoredStep step) {}

  /** The same from a step, where that is held. */
  public static SuitedStep of(ReadyCondition programs, At at, Start from, Stopping until) {
    Passes passes = at.passes();
    Matrix theta = at.theta();
    AnchoredStep step = at.step();
    Stopping first = from.until(step, passes, until);
    MethodsInTurn stages = new MethodsInTurn(programs.at(passes, theta, step), from.x(), first);
    Solution solution = stages.solve(from.solver());
    for (int k = 0; k < MOST; k++) {
      Optional<AnchoredStep> suited = suited(step, passes, solution);
      if (suited.isEmpty()) {
        break;
      }
      step = suited.get();
      boolean isOver =
          switch (solution.outcome()) {
            case STALLED, NOT_FINITE -> !stages.hasBudget();
            default -> true;
          };
      if (isOver) {
        break;
      }
      try {
        Problem other = programs.at(passes, theta, step);
        solution =
            from.reference().isPresent()
                ? stages.solve(
                    from.solver(), other, solution.value(), from.until(step, passes, until))
                : stages.solve(from.solver(), other, solution.value());
      } catch (NotANumberException overflow) {
        break;
      }
    }
    return new SuitedStep(solution, step);
  }

  /**
   * A method and where it begins.
   *
   * @param reference what tolerances are relative to; empty for F at x
   */
  public record Start(Solver solver, Matrix x, Optional<ResidualScale> reference) {
    /** To tolerances relative to F at x. */
    public Start(Solver solver, Matrix x) {
      this(solver, x, Optional.empty());
    }

    /** With the tolerances of this F: its step is held at x, unless it is already. */
    private Stopping until(AnchoredStep step, Passes passes, Stopping asked) {
      if (reference.isEmpty()) {
        return asked;
      }
      NotANumberException.orNothing(() -> Optional.of(step.held(passes, x)));
      return asked.withTolerances(0, asked.bound(reference.get().by(step)));
    }
  }

  private static Optional<AnchoredStep> suited(AnchoredStep step, Passes passes, Solution at) {
    return at.outcome() == Outcome.CANCELLED
        ? Optional.empty()
        : NotANumberException.orNothing(() -> step.suitedTo(passes, at.value()));
  }
}
