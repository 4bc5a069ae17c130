package org.tacit.linsolve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.tacit.matrix.EuclideanNorm;

/**
 * The recurrence of {@link LinearSolver#conjugateGradient}, from d = 0, z = M^-1 r and p = z:
 *
 * <pre>
 *   alpha = r'z / p'Ap    d += alpha p    r -= alpha A p    z = M^-1 r    beta = r+'z+ / r'z    p = z+ + beta p
 * </pre>
 *
 * <p>Where A = diag(A_1, ..., A_K) and M is diagonal, each of the K systems has an alpha and a beta
 * of its own, while they share z = M^-1 r and the product: each is the recurrence of its own Krylov
 * space, which takes fewer steps than one for the spectra of all together. A system whose residual
 * is below 1 / sqrt(K) of the target rests.
 */
final class ConjugateGradientRecurrence implements Recurrence {
  /** A drift of the recursive residual beyond this part of the true one spoils the directions. */
  private static final double DRIFT = 0.1;

  private final double target;
  private final Preconditioned m;
  private final Block[] blocks;
  private double smallestRitzValue = Double.POSITIVE_INFINITY;
  private double[] d;
  private double[] r;
  private double[] p;
  private double largestValue;
  private double[] best;
  private double bestResidual;
  private boolean isSingular;
  private final Deque<double[]> free = new ArrayDeque<>();

  ConjugateGradientRecurrence(double[] r, double target, Preconditioned m) {
    this(r, target, m, List.of());
  }

  /** Of blocks of so many rows; of one where there are none. */
  ConjugateGradientRecurrence(
      double[] r, double target, Preconditioned m, List<Integer> rowsOfBlocks) {
    this.target = target;
    this.m = m;
    List<Integer> rows = rowsOfBlocks.isEmpty() ? List.of(r.length) : rowsOfBlocks;
    this.blocks = new Block[rows.size()];
    int from = 0;
    for (int k = 0; k < blocks.length; k++) {
      blocks[k] = new Block(from, from + rows.get(k));
      from = blocks[k].to;
    }
    begin(r);
    steepest();
  }

  private void begin(double[] residual) {
    r = residual;
    free.clear();
    d = new double[r.length];
    best = d;
    bestResidual = Vectors.norm(r);
  }

  private void steepest() {
    double[] z = m.apply(r);
    p = blocks.length == 1 ? z : z.clone();
    for (Block block : blocks) {
      block.rz = Vectors.dot(r, z, block.from, block.to);
    }
  }

  @Override
  public double[] wanted() {
    return p;
  }

  @Override
  public State advance(double[] ap) {
    for (Block block : blocks) {
      State state = judged(block, ap);
      if (state != State.GOES_ON) {
        return state;
      }
    }
    double[] moved = free.isEmpty() ? new double[d.length] : free.pop();
    double[] left = new double[r.length];
    for (Block block : blocks) {
      Vectors.sum(d, block.alpha, p, moved, block.from, block.to);
      Vectors.sum(r, -block.alpha, ap, left, block.from, block.to);
    }
    release(d);
    d = moved;
    r = left;
    double[] z = m.apply(r);
    double[] next = new double[z.length];
    double squares = 0;
    for (Block block : blocks) {
      squares += turn(block, z, next);
    }
    p = next;
    double residual = EuclideanNorm.of(squares, r, 0, r.length);
    return remembered(residual) <= target ? State.AT_TARGET : State.GOES_ON;
  }

  /** The next direction of one system; the sum of squares of its residual. */
  private double turn(Block block, double[] z, double[] next) {
    double before = block.rz;
    Vectors.Products products = Vectors.products(r, z, block.from, block.to);
    block.rz = products.ab();
    double norm = EuclideanNorm.of(products.aa(), r, block.from, block.to - block.from);
    boolean isResting = blocks.length > 1 && norm <= target / Math.sqrt(blocks.length);
    double beta = block.isMoving ? block.rz / before : 0;
    if (!isResting) {
      Vectors.sum(z, beta, p, next, block.from, block.to);
    }
    if (block.isMoving) {
      block.lanczos.add(block.alpha, beta);
    } else {
      restart(block);
    }
    return products.aa();
  }

  /** Whether A can be positive definite, p'Ap being what it is, and alpha. */
  private State judged(Block block, double[] ap) {
    Vectors.Products products = Vectors.products(p, ap, block.from, block.to);
    double curvature = products.ab();
    double square = products.aa();
    block.isMoving = square != 0 || blocks.length == 1;
    block.alpha = 0;
    if (!block.isMoving) {
      return State.GOES_ON;
    }
    double image = EuclideanNorm.of(products.bb(), ap, block.from, block.to - block.from);
    block.largestValue = Math.max(block.largestValue, image / Math.sqrt(square));
    largestValue = Math.max(largestValue, block.largestValue);
    double rounding = (block.to - block.from) * Math.ulp(1.0) * block.largestValue * square;
    if (!Double.isFinite(curvature) || !Double.isFinite(rounding)) {
      return State.NOT_FINITE;
    }
    boolean isFlat = Math.abs(curvature) <= rounding;
    boolean isRefuted = isFlat ? isBent(block, image, rounding) : curvature < 0;
    isSingular = isFlat && !isRefuted;
    block.alpha = block.rz / curvature;
    return isSingular ? State.LEAST_SQUARES : isRefuted ? State.WRONG_STRUCTURE : State.GOES_ON;
  }

  /**
   * Whether A has eigenvalues of both signs, p'Ap being zero: of a semi-definite one A p would be,
   * as |A p|^2 &lt;= |A| p'Ap.
   */
  private static boolean isBent(Block block, double image, double rounding) {
    return image > 2 * Math.sqrt(block.largestValue) * Math.sqrt(rounding);
  }

  private double remembered(double residual) {
    if (residual < bestResidual) {
      double[] before = best;
      best = d;
      bestResidual = residual;
      release(before);
    }
    return residual;
  }

  /** What is neither the last step nor the best is written anew. */
  @SuppressWarnings("ArrayEquality")
  private void release(double[] step) {
    if (step != best) {
      free.push(step);
    }
  }

  @Override
  public boolean replaces(double[] trueResidual) {
    double drift = Vectors.norm(Vectors.sum(trueResidual, -1, r));
    begin(trueResidual);
    if (drift > DRIFT * bestResidual || Vectors.norm(p) == 0) {
      for (Block block : blocks) {
        restart(block);
      }
      steepest();
    }
    return true;
  }

  /** Its next direction is the gradient, so that a new Krylov space begins. */
  private void restart(Block block) {
    smallestRitzValue = Math.min(smallestRitzValue, block.lanczos.smallest());
    block.lanczos = new LanczosTridiagonal();
  }

  private double smallestValueSeen() {
    double smallest = smallestRitzValue;
    for (Block block : blocks) {
      smallest = Math.min(smallest, block.lanczos.smallest());
    }
    return smallest;
  }

  @Override
  public double largestValue() {
    return largestValue;
  }

  /**
   * Where A is singular d runs away along its null space, so the step of the smallest residual is
   * returned; otherwise the last step, which is the best in the norm of A.
   */
  @Override
  public double[] correction() {
    return isSingular ? best : d;
  }

  /** The smallest Ritz value; infinite when no step was made. */
  @Override
  public double smallestValue() {
    return m.smallestOfOperator(smallestValueSeen());
  }

  /** One of the systems: rows {@code from} (inclusive) to {@code to} (exclusive). */
  private static final class Block {
    private final int from;
    private final int to;
    private LanczosTridiagonal lanczos = new LanczosTridiagonal();
    private double rz;
    private double alpha;
    private double largestValue;
    private boolean isMoving;

    Block(int from, int to) {
      this.from = from;
      this.to = to;
    }
  }
}
