package org.tacit.solver;

import java.util.OptionalInt;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * OWL-QN for min f(x) + sum_j a_j |x_j| + b_j / 2 x_j^2, lasso and elastic net ({@link
 * org.tacit.optimality.ProximalGradient}): limited-memory BFGS on the smooth objective of one
 * orthant at a time, steps being cut off where they leave it.
 *
 * <p>Its line search compares values and stalls near a relative residual of 1e-8. So {@link Newton}
 * steps on the support, accepted by the residual, take over at 1e-4 or after 200 steps; {@link
 * ProximalNewton} goes on where they do not pay, then OWL-QN again. The weights are read off the
 * proximal map; one that is no soft thresholding is refused. One pass a value with its gradient.
 * Source: Andrew and Gao, Scalable training of L1-regularized log-linear models, 2007; Breeze's
 * implementation.
 */
public record Owlqn(OptionalInt memory) implements Solver {
  private static final double ENOUGH = 1e-4;
  private static final int STEPS = 200;

  public Owlqn {
    memory.ifPresent(Lbfgs::requireMemory);
  }

  /** With the memory of its kind, 10 pairs or more. */
  public Owlqn() {
    this(OptionalInt.empty());
  }

  /** With so many pairs of steps kept. */
  public Owlqn withMemory(int pairs) {
    return new Owlqn(OptionalInt.of(pairs));
  }

  @Override
  public String name() {
    return "owl-qn + newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    AbsolutePenalty penalty = AbsolutePenalty.of(this, composite);
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    MeteredComposite metered = new MeteredComposite(composite, iterates);
    new SemismoothPolish(penalty.descent(memory), ENOUGH, STEPS).run(metered, iterates);
    return iterates.solution(name(), Outcome.STALLED);
  }
}
