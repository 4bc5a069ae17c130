package org.tacit.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Eigenvalues;
import org.tacit.matrix.Matrix;

/**
 * Cyclic minimisation of a quadratic model plus a g that is a sum over blocks: for each block in
 * turn
 *
 * <pre>
 *   x_j+ = prox_{g_j / L_j}(x_j - [grad]_j / L_j),    L_j the largest eigenvalue of H_jj
 * </pre>
 *
 * with the gradient kept up to date by the columns of H: exact for blocks of one unknown. A sweep
 * is n^2 operations and, for other penalties than those of a lasso or an elastic net, a proximal
 * map on the driver for each block; no pass.
 */
final class BlockSweeps {
  private static final int AT_MOST = 100_000;

  private final QuadraticModel model;
  private final List<Integer> blocks;
  private final Optional<AbsolutePenalty> penalty;
  private final double[] gram;
  private final double[] lipschitz;

  BlockSweeps(QuadraticModel model, List<Integer> blocks) {
    this.model = model;
    this.blocks = blocks;
    this.penalty = AbsolutePenalty.known(model);
    this.gram = model.hessian().toArray();
    this.lipschitz = new double[blocks.size()];
    double largest = 0;
    for (int j = 0, from = 0; j < lipschitz.length; from += blocks.get(j), j++) {
      lipschitz[j] = largestEigenvalue(from, blocks.get(j));
      largest = Math.max(largest, lipschitz[j]);
    }
    for (int j = 0; j < lipschitz.length; j++) {
      boolean isFlat = lipschitz[j] <= 1e-14 * largest;
      lipschitz[j] = isFlat ? (largest > 0 ? largest : 1) : lipschitz[j];
    }
  }

  private double largestEigenvalue(int from, int size) {
    int n = model.size();
    double[] block = new double[size * size];
    for (int i = 0; i < size; i++) {
      System.arraycopy(gram, (from + i) * n + from, block, i * size, size);
    }
    return size == 1
        ? block[0]
        : Eigenvalues.ofSymmetric(Matrix.adopting(size, size, block)).maxAbs();
  }

  /**
   * Sweeps until the residual is within half the problem's bound; each but the last is counted as
   * an iteration.
   */
  Matrix minimise(Iterates of) {
    Matrix x = of.x();
    var here = model.at(x);
    for (int k = 0; k < AT_MOST && here.residual().norm() > 0.5 * of.bound(); k++) {
      if (k > 0 && !(of.isOpen() && of.hasBudget(2))) {
        break;
      }
      if (k > 0) {
        of.stay();
      }
      Matrix next = sweep(x, here.gradient());
      if (next.equals(x) || !next.isFinite()) {
        break;
      }
      x = next;
      here = model.at(x);
    }
    return x;
  }

  private Matrix sweep(Matrix from, Matrix gradient) {
    int n = model.size();
    double[] x = from.toArray();
    double[] g = gradient.toArray();
    for (int j = 0, start = 0; j < lipschitz.length; start += blocks.get(j), j++) {
      double[] moved = moved(x, g, j, start);
      for (int i = start; i < start + moved.length; i++) {
        double delta = moved[i - start] - x[i];
        if (delta != 0) {
          x[i] = moved[i - start];
          add(g, delta, i * n);
        }
      }
    }
    return Matrix.adopting(n, 1, x);
  }

  /** The j-th block after its step: in closed form for a lasso, else by the map of all unknowns. */
  private double[] moved(double[] x, double[] g, int j, int start) {
    double step = 1 / lipschitz[j];
    double[] block = Arrays.copyOfRange(x, start, start + blocks.get(j));
    for (int i = 0; i < block.length; i++) {
      block[i] -= g[start + i] / lipschitz[j];
    }
    if (penalty.isPresent()) {
      for (int i = 0; i < block.length; i++) {
        block[i] = penalty.get().proximal(start + i, block[i], step);
      }
      return block;
    }
    double[] point = x.clone();
    System.arraycopy(block, 0, point, start, block.length);
    Matrix all = model.prox(Matrix.adopting(point.length, 1, point), step);
    return all.rows(start, start + block.length).window().data();
  }

  /** g + delta times the row of H at this place. */
  private void add(double[] g, double delta, int at) {
    for (int k = 0; k < g.length; k++) {
      g[k] += delta * gram[at + k];
    }
  }
}
