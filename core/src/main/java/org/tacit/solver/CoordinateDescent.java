package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#coordinateDescent}. */
record CoordinateDescent() implements Solver {
  @Override
  public String name() {
    return "coordinate descent";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    List<Integer> single = Collections.nCopies(composite.size(), 1);
    Separability.require(name(), composite, single);
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    SecondOrderSteps.of((model, of) -> new BlockSweeps(model, single).minimise(of))
        .run(new MeteredComposite(composite, iterates), iterates);
    return iterates.solution(name(), Outcome.STALLED);
  }
}
