package org.tacit.optimality;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;

/**
 * The minimiser of f(x, theta) + g(x, theta) for a smooth f and a g with a proximal map, as the
 * fixed point
 *
 * <pre>
 *   T(x, theta) = prox_{eta g(., theta)}(x - eta grad_x f(x, theta))
 * </pre>
 *
 * so A = D prox (I - eta Hess f) - I, which is not symmetric. Valid where the proximal map is
 * differentiable at the solution; at a kink the derivative returned is the one the map's primitives
 * state. Projected gradient is the case of a projection. Where the proximal map acts on each
 * coordinate by itself (which is found out at the solution), linear systems are those of the
 * support or the free variables only ({@link org.tacit.operator.ProximalOperator}).
 *
 * <p>The step eta changes the conditioning of A, never the derivative: near 1 / L, L being the
 * largest eigenvalue of Hess f, is best, and is chosen automatically unless given. One pass.
 * Source: arXiv 2105.15183, Table 1, rows "proximal gradient" and "projected gradient".
 */
public final class ProximalGradient {
  private ProximalGradient() {}

  private static Condition of(int n, int q, Objective of, StepSize eta) {
    Var x = Written.x(n);
    Var theta = Written.theta(q);
    Var objective = of.smooth.of(x, theta);
    Var gradient = Vjp.gradient(objective, x);
    Var step = eta.of(gradient, x, theta);
    return new Written(
        n,
        q,
        of.prox.of(x.minus(gradient.times(step)), theta, step).minus(x),
        new Composite(objective, gradient, step, of.prox, of.curvature, List.of(n)));
  }

  private record Objective(Smooth smooth, ProximalMap prox, Structure curvature) {}

  /** A smooth objective in x and theta, 1 x 1. */
  public interface Smooth {
    Var of(Var x, Var theta);
  }

  /** prox_{eta g(., theta)}(point) as a program; eta is 1 x 1. */
  public interface ProximalMap {
    Var of(Var point, Var theta, Var eta);
  }

  /** The condition on n unknowns and q parameters, with an automatic step. */
  public static Condition of(int n, int q, Smooth smooth, ProximalMap prox) {
    return of(n, q, new Objective(smooth, prox, Structure.SYMMETRIC), StepSize.automatic());
  }

  /** The condition on n unknowns and q parameters, with step {@code eta}. */
  public static Condition of(int n, int q, Smooth smooth, ProximalMap prox, double eta) {
    return of(n, q, new Objective(smooth, prox, Structure.SYMMETRIC), StepSize.of(eta));
  }

  /**
   * The condition of a convex objective with one minimiser: on the coordinates that move there, its
   * Hessian is promised to be positive definite.
   */
  public static Condition ofConvex(int n, int q, Smooth smooth, ProximalMap prox) {
    return of(n, q, new Objective(smooth, prox, Structure.POSITIVE_DEFINITE), StepSize.automatic());
  }

  /**
   * The minimiser of a smooth f(x, theta) over a convex set C(theta), as the fixed point
   *
   * <pre>
   *   T(x, theta) = proj_{C(theta)}(x - eta grad_x f(x, theta))
   * </pre>
   *
   * where g is 0 on C and infinite outside. The set sees x as n x 1; a set of rows reshapes it, as
   * in {@code v -> Projection.ontoSimplex(Extent.ROWS, total).of(v.reshape(m, k)).reshape(n, 1)}.
   * Of the fixed points of one problem this is the best conditioned, whatever solver found x. One
   * pass. Source: arXiv 2105.15183, Table 1, row "projected gradient".
   */
  public static Condition onSet(int n, int q, Smooth smooth, Function<Var, Projection> set) {
    return of(n, q, smooth, (point, theta, step) -> set.apply(theta).of(point));
  }

  /** The same with step {@code eta}. */
  public static Condition onSet(
      int n, int q, Smooth smooth, Function<Var, Projection> set, double eta) {
    return of(n, q, smooth, (point, theta, step) -> set.apply(theta).of(point), eta);
  }

  /**
   * A block of consecutive unknowns.
   *
   * @param size how many
   * @param prox the proximal map of its g_j, of points size x 1
   * @param eta its step; empty for one near 1 / L of the whole Hessian
   */
  public record Block(int size, ProximalMap prox, OptionalDouble eta) {
    public Block {
      if (size < 1) {
        throw new IllegalArgumentException("Invalid block size: " + size + " (must be >= 1)");
      }
      eta.ifPresent(StepSize::require);
    }

    /** With an automatic step. */
    public Block(int size, ProximalMap prox) {
      this(size, prox, OptionalDouble.empty());
    }

    /** With step {@code eta}. */
    public Block(int size, ProximalMap prox, double eta) {
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

  /**
   * The minimiser of f(x, theta) + sum_j g_j(x_j, theta) over blocks x_j of x, as the fixed point
   *
   * <pre>
   *   [T(x, theta)]_j = prox_{eta_j g_j}(x_j - eta_j [grad_x f(x, theta)]_j, theta)
   * </pre>
   *
   * with a step and a proximal map for each block: the fixed point of block coordinate descent. The
   * steps change the conditioning of A, never the derivative; near 1 / L_j, L_j being the largest
   * eigenvalue of the block's Hessian, is best. One pass. Source: arXiv 2105.15183, Table 1, row
   * "block proximal gradient".
   */
  public static Condition ofBlocks(List<Block> blocks, int q, Smooth smooth) {
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
