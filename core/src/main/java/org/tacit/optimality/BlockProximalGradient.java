package org.tacit.optimality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * The minimiser of f(x, theta) + sum_j g_j(x_j, theta) over blocks x_j of x, as the fixed point
 *
 * <pre>
 *   [T(x, theta)]_j = prox_{eta_j g_j}(x_j - eta_j [grad_x f(x, theta)]_j, theta)
 * </pre>
 *
 * with a step and a proximal map for each block: the fixed point of block coordinate descent.
 * {@link ProximalGradient} is the case of one block. The steps change the conditioning of A, never
 * the derivative; near 1 / L_j, L_j being the largest eigenvalue of the block's Hessian, is best.
 * One pass. Source: arXiv 2105.15183, Table 1, row "block proximal gradient".
 */
public final class BlockProximalGradient {
  private BlockProximalGradient() {}

  /**
   * A block of consecutive unknowns.
   *
   * @param size how many
   * @param prox the proximal map of its g_j, of points size x 1
   * @param eta its step; empty for one near 1 / L of the whole Hessian
   */
  public record Block(int size, ProximalGradient.ProximalMap prox, OptionalDouble eta) {
    public Block {
      if (size < 1) {
        throw new IllegalArgumentException("Invalid block size: " + size + " (must be >= 1)");
      }
      eta.ifPresent(StepSize::require);
    }

    /** With an automatic step. */
    public Block(int size, ProximalGradient.ProximalMap prox) {
      this(size, prox, OptionalDouble.empty());
    }

    /** With step {@code eta}. */
    public Block(int size, ProximalGradient.ProximalMap prox, double eta) {
      this(size, prox, OptionalDouble.of(eta));
    }
  }

  private static Var moved(List<Block> blocks, Var point, Var theta, List<Var> steps) {
    List<Var> moved = new ArrayList<>();
    int at = 0;
    for (int j = 0; j < blocks.size(); j++) {
      int end = at + blocks.get(j).size();
      Var part = point.slice(Side.ROWS, at, end);
      moved.add(blocks.get(j).prox().of(part, theta, steps.get(j)));
      at = end;
    }
    return Var.concatenate(Side.ROWS, moved);
  }

  /** The condition on the unknowns of {@code blocks} in order, and q parameters. */
  public static Condition of(List<Block> blocks, int q, ProximalGradient.Smooth smooth) {
    int n = blocks.stream().mapToInt(Block::size).sum();
    if (n == 0) {
      throw new IllegalArgumentException("Invalid blocks: none (must be one or more)");
    }
    Var x = Written.x(n);
    Var theta = Written.theta(q);
    Var objective = smooth.of(x, theta);
    Var gradient = Vjp.gradient(objective, x);
    List<Var> steps = steps(blocks, gradient, x, theta);
    Var step = joined(blocks, steps);
    Composite composite =
        new Composite(
            objective,
            gradient,
            step,
            (point, at, eta) -> moved(blocks, point, at, Collections.nCopies(blocks.size(), eta)),
            Structure.SYMMETRIC,
            blocks.stream().map(Block::size).toList());
    Var residual = moved(blocks, x.minus(gradient.times(step)), theta, steps).minus(x);
    return new Written(n, q, residual, composite);
  }

  private static List<Var> steps(List<Block> blocks, Var gradient, Var x, Var theta) {
    Var automatic =
        blocks.stream().allMatch(block -> block.eta().isPresent())
            ? Var.constant(1)
            : StepSize.automatic().of(gradient, x, theta);
    return blocks.stream()
        .map(b -> b.eta().isPresent() ? Var.constant(b.eta().getAsDouble()) : automatic)
        .toList();
  }

  /** One step for all, or each for the unknowns of its block. */
  private static Var joined(List<Block> blocks, List<Var> steps) {
    if (steps.stream().distinct().count() == 1) {
      return steps.get(0);
    }
    List<Var> columns = new ArrayList<>();
    for (int j = 0; j < steps.size(); j++) {
      columns.add(steps.get(j).times(Var.constant(Matrix.filled(blocks.get(j).size(), 1, 1))));
    }
    return Var.concatenate(Side.ROWS, columns);
  }
}
