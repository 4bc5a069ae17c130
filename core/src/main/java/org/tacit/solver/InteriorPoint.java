package org.tacit.solver;

import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Constraints;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.Problem;

/**
 * Mehrotra's predictor-corrector for the equations of {@link Kkt}, F = [grad L; H; lam o G] in x =
 * [z; nu; lam], with slacks s: G + s = 0, lam o s = 0, lam > 0, s > 0.
 *
 * <p>Each iteration builds the Jacobian of F once and factorises
 *
 * <pre>
 *   [ W    J_H'  J_G'    ] [dz  ]     [grad L            ]
 *   [ J_H  0     0       ] [dnu ] = - [H                 ]
 *   [ J_G  0    -S / Lam ] [dlam]     [G + s - rC / lam  ]
 * </pre>
 *
 * for two right-hand sides: rC = lam o s, then lam o s + dlam o ds - sigma mu. The step is taken as
 * far as lam and s stay positive, if the residual of the four equations falls; else one towards lam
 * o s = 0.1 mu, a direction of descent for the residual of that, halved until it falls. For convex
 * problems, smooth where its iterates go, whose multipliers are bounded. It has converged when |F|,
 * and G's part above zero, are within the tolerance, with lam >= 0; a quadratic program without a
 * solution ends as INFEASIBLE or UNBOUNDED, with the proof that {@link OperatorSplitting} finds
 * once no step helps; other problems without one as STALLED or BUDGET_EXHAUSTED. Cost: three passes
 * an iteration or a few more, and a dense factorisation of the unknowns.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 14.3 and 16.4, and
 * section 19.3.
 *
 * @param expected the constraints that a problem must have; any where empty
 */
public record InteriorPoint(Optional<Constraints> expected) implements Solver {
  private static final int SPLITTINGS = 20_000;

  /** For whatever constraints a problem says it has. */
  public InteriorPoint() {
    this(Optional.empty());
  }

  /** For problems with so many constraints; others are refused. */
  public InteriorPoint(int equalities, int inequalities) {
    this(Optional.of(new Constraints(equalities, inequalities, false)));
  }

  /** For a condition's constraints, in whatever parameters. */
  public static InteriorPoint of(Kkt<?, ?> kkt) {
    return new InteriorPoint(kkt.equalityCount(), kkt.inequalityCount());
  }

  @Override
  public String name() {
    return "interior point";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    int inequalities = constraints(problem).inequalities();
    Iterates iterates = new Iterates(problem, start, stopping);
    Outcome end = new CentralPath(problem, iterates, inequalities).follow();
    Optional<Solution> proof =
        iterates.goesOn() ? proof(problem, iterates, stopping) : Optional.empty();
    return proof.orElseGet(
        () -> {
          iterates.backToBest();
          return iterates.solution(name(), end);
        });
  }

  private Constraints constraints(Problem problem) {
    Constraints found = problem.as(Constraints.class).orElse(new Constraints(0, 0, false));
    boolean isExpected =
        expected
            .filter(
                all ->
                    all.equalities() != found.equalities()
                        || all.inequalities() != found.inequalities())
            .isEmpty();
    if (!isExpected) {
      throw new IllegalArgumentException(
          "Invalid condition for "
              + name()
              + ": "
              + said(found)
              + " (must be "
              + said(expected.orElseThrow())
              + "; a Kkt says its own to new InteriorPoint())");
    }
    return found;
  }

  private static String said(Constraints all) {
    return all.equalities() + " equalities and " + all.inequalities() + " inequalities";
  }

  /**
   * Why a path that ended nowhere did, where the problem is a quadratic program without a solution.
   */
  private Optional<Solution> proof(Problem problem, Iterates iterates, Stopping stopping) {
    if (problem.as(Constraints.class).filter(all -> all.inequalities() > 0).isEmpty()) {
      return Optional.empty();
    }
    Stopping splitting =
        new Stopping(stopping.relativeTolerance(), stopping.absoluteTolerance(), SPLITTINGS)
            .withCancellation(() -> !iterates.isOpen());
    Problem metered = new MeteredProblem(problem, iterates);
    Solution other = new OperatorSplitting().solve(metered, iterates.x(), splitting);
    return switch (other.outcome()) {
      case INFEASIBLE, UNBOUNDED ->
          iterates
              .evaluate(other.value())
              .map(at -> iterates.proved(name(), other.outcome(), other.value(), at));
      default -> Optional.empty();
    };
  }
}
