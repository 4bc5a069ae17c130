package org.tacit.solver;

import java.util.OptionalInt;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#owlqn}. */
record Owlqn(OptionalInt memory) implements Solver {
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
