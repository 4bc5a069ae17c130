package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** {@link CompositeMinimiser#blockCoordinateDescent}. */
record BlockCoordinateDescent(OptionalInt width) implements Solver {
  public BlockCoordinateDescent {
    if (width.isPresent() && width.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Invalid width of blocks: " + width.getAsInt() + " (must be >= 1)");
    }
  }

  /** Over the blocks of the condition. */
  public static BlockCoordinateDescent of() {
    return new BlockCoordinateDescent(OptionalInt.empty());
  }

  /** Over {@code width} unknowns in turn, such as the rows of a matrix. */
  public static BlockCoordinateDescent ofWidth(int width) {
    return new BlockCoordinateDescent(OptionalInt.of(width));
  }

  @Override
  public String name() {
    return "block coordinate descent";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    List<Integer> blocks =
        width.isPresent()
            ? Collections.nCopies(composite.size() / width.getAsInt(), width.getAsInt())
            : composite.blocks();
    Separability.require(name(), composite, blocks);
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    SecondOrderSteps.of((model, of) -> new BlockSweeps(model, blocks).minimise(of))
        .run(new MeteredComposite(composite, iterates), iterates);
    return iterates.solution(name(), Outcome.STALLED);
  }
}
