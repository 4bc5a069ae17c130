package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.BlockProximalGradient;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * Cyclic block coordinate descent for f(x) + sum_j g_j(x_j) over blocks x_j, such as the rows of a
 * dual of a support vector machine, each on a simplex, or the groups of a group lasso:
 *
 * <pre>
 *   x_j+ = prox_{g_j / L_j}(x_j - [grad f(x)]_j / L_j)
 * </pre>
 *
 * with L_j the largest eigenvalue of the block H_jj of the Hessian, so that each step reduces the
 * objective. H is built on the driver as by {@link CoordinateDescent}; for a quadratic f sweeps
 * then take no passes, for another it is built again at the point found. An iteration is a sweep.
 * Refuses a proximal map that couples blocks. Source: Beck and Tetruashvili, On the convergence of
 * block coordinate descent type methods, 2013, section 3.
 *
 * @param width the number of unknowns of every block; empty for those of the condition ({@link
 *     BlockProximalGradient})
 */
public record BlockCoordinateDescent(OptionalInt width) implements Solver {
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
