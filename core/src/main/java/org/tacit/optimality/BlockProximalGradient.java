package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.autodiff.Vjp;
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

    private StepSize step() {
      return eta.isPresent() ? StepSize.of(eta.getAsDouble()) : StepSize.automatic();
    }
  }

  /** The condition on the unknowns of {@code blocks} in order, and q parameters. */
  public static Condition of(List<Block> blocks, int q, ProximalGradient.Smooth smooth) {
    int n = blocks.stream().mapToInt(Block::size).sum();
    if (n == 0) {
      throw new IllegalArgumentException("Invalid blocks: none (must be one or more)");
    }
    return FixedPoint.of(
        n,
        q,
        (x, theta) -> {
          Var gradient = Vjp.gradient(smooth.of(x, theta), x);
          List<Var> moved = new ArrayList<>();
          int at = 0;
          for (Block block : blocks) {
            int end = at + block.size();
            Var step = block.step().of(gradient, x, theta);
            Var point =
                x.slice(Side.ROWS, at, end).minus(gradient.slice(Side.ROWS, at, end).times(step));
            moved.add(block.prox().of(point, theta, step));
            at = end;
          }
          return Var.concatenate(Side.ROWS, moved);
        });
  }
}
