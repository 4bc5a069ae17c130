package org.tacit.solver;

import java.util.OptionalInt;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * L-BFGS-B for min f(x) subject to low &lt;= x &lt;= high, the fixed point of a projected gradient
 * ({@link org.tacit.optimality.ProjectedGradient}) on a box or on x >= 0: limited-memory BFGS from
 * the Cauchy point of the projected path, on the unknowns that no bound holds there. It begins at
 * the point of the box nearest to the start, and f is evaluated inside only.
 *
 * <p>Its line search compares values of f and stalls near a relative residual of 1e-8. So {@link
 * Newton} steps on the free unknowns, accepted by the residual, take over at 1e-4; L-BFGS-B goes on
 * where they do not pay, {@link Fista} where neither does. Refuses a proximal map that is not a
 * box's projection. One pass a value with its gradient. Source: Byrd, Lu, Nocedal and Zhu, A
 * limited memory algorithm for bound constrained optimization, 1995; Breeze's implementation.
 */
public record BoundedLbfgs(OptionalInt memory) implements Solver {
  private static final double ENOUGH = 1e-4;
  private static final int STEPS = 200;

  public BoundedLbfgs {
    memory.ifPresent(Lbfgs::requireMemory);
  }

  /** With the memory of its kind, 10 pairs or more. */
  public BoundedLbfgs() {
    this(OptionalInt.empty());
  }

  /** With so many pairs of steps kept. */
  public BoundedLbfgs withMemory(int pairs) {
    return new BoundedLbfgs(OptionalInt.of(pairs));
  }

  @Override
  public String name() {
    return "l-bfgs-b + newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    BoxBounds bounds = BoxBounds.of(this, composite);
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    MeteredComposite metered = new MeteredComposite(composite, iterates);
    new SemismoothPolish(bounds.descent(memory), ENOUGH, STEPS).run(metered, iterates);
    return iterates.solution(name(), Outcome.STALLED);
  }
}
