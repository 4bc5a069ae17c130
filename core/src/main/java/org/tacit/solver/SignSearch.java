package org.tacit.solver;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/**
 * The minimiser of a quadratic model plus an {@link AbsolutePenalty}, by the signs of its unknowns:
 *
 * <pre>
 *   1/2 x'Hx + c'x + sum_j a_j |x_j|
 * </pre>
 *
 * with b on the diagonal of H. On the unknowns that are not zero, and some zeros that had better
 * not be, the model with their signs held is a quadratic; a step goes towards its minimiser, as far
 * as the model with its kinks falls, which is found exactly. Every step falls, however badly
 * conditioned or singular H is, so that no signs come twice. Each factorises H on the unknowns that
 * are not zero. No pass. Source: Lee, Battle, Raina and Ng, Efficient sparse coding algorithms,
 * 2006, section 3 (feature-sign search).
 */
final class SignSearch {
  private static final int STEPS = 2000;
  private static final double ROUNDING = 1e-13;
  private static final double RIDGE = 1e-10;

  private final Matrix hessian;
  private final Matrix sizes;
  private final Matrix linear;
  private final double[] weights;
  private final double[] noise;
  private double[] x;
  private Matrix gradient;

  private SignSearch(QuadraticModel model, AbsolutePenalty penalty, Matrix start) {
    int n = model.size();
    Matrix h = model.hessian();
    Matrix b = penalty.squares();
    this.hessian = Matrix.tabulate(n, n, (i, j) -> i == j ? h.at(i, i) + b.at(i) : h.at(i, j));
    this.sizes = hessian.map(Math::abs);
    this.linear = model.at(start).gradient().minus(model.hessian().times(start));
    this.weights = penalty.weights().toArray();
    this.noise = new double[n];
    moveTo(start.toArray());
  }

  /** A point of the model that no step makes lower, from a start. */
  static Matrix minimiser(QuadraticModel model, AbsolutePenalty penalty, Matrix start) {
    SignSearch search = new SignSearch(model, penalty, start);
    int steps = 0;
    while (steps < STEPS && search.step()) {
      steps++;
    }
    return Matrix.column(search.x);
  }

  private void moveTo(double[] next) {
    x = next;
    Matrix at = Matrix.column(next);
    gradient = hessian.times(at).plus(linear);
    Matrix size = sizes.times(at.map(Math::abs)).plus(linear.map(Math::abs));
    Arrays.setAll(noise, j -> ROUNDING * (size.at(j) + weights[j]));
  }

  /** Whether the model fell: on the signs as they are, then with many zeros let go, or one. */
  private boolean step() {
    int[] used = IntStream.range(0, x.length).filter(j -> x[j] != 0 || weights[j] == 0).toArray();
    if (Arrays.stream(used).anyMatch(j -> Math.abs(slope(j)) > noise[j]) && step(used)) {
      return true;
    }
    List<Integer> bound =
        IntStream.range(0, x.length)
            .filter(j -> x[j] == 0 && weights[j] > 0 && Math.abs(slope(j)) > noise[j])
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -Math.abs(slope(j))))
            .toList();
    int many = Math.min(bound.size(), Math.max(4, used.length / 4));
    return many > 0 && (step(with(used, bound, many)) || step(with(used, bound, 1)));
  }

  private static int[] with(int[] used, List<Integer> more, int count) {
    return IntStream.concat(Arrays.stream(used), more.stream().limit(count).mapToInt(j -> j))
        .toArray();
  }

  /** The slope of the model in an unknown; at a zero, the one-sided one nearest to zero. */
  private double slope(int j) {
    double g = gradient.at(j);
    return x[j] == 0
        ? Math.signum(g) * Math.max(0, Math.abs(g) - weights[j])
        : g + weights[j] * Math.signum(x[j]);
  }

  private boolean step(int[] moving) {
    double[] target = Arrays.stream(moving).mapToDouble(j -> -slope(j)).toArray();
    Matrix way = solved(moving, Matrix.column(target));
    if (!way.isFinite()) {
      return false;
    }
    double[] d = new double[x.length];
    for (int k = 0; k < moving.length; k++) {
      d[moving[k]] = way.at(k);
    }
    return walk(d);
  }

  /** With {@value #RIDGE} of its diagonal more where H is singular on them. */
  private Matrix solved(int[] moving, Matrix target) {
    int m = moving.length;
    Matrix h = Matrix.tabulate(m, m, (i, j) -> hessian.at(moving[i], moving[j]));
    double least = RIDGE * h.maxAbs();
    Matrix ridged =
        Matrix.tabulate(
            m, m, (i, j) -> i == j ? h.at(i, i) + RIDGE * (h.at(i, i) + least) : h.at(i, j));
    return Factorisation.scaledCholesky(h)
        .orElseGet(() -> Factorisation.scaledSymmetric(ridged))
        .solve(target);
  }

  /** To the lowest point of the way, at most its whole length; whether the model falls on it. */
  private boolean walk(double[] d) {
    Matrix direction = Matrix.column(d);
    double curvature = direction.dot(hessian.times(direction));
    double slope = 0;
    for (int j = 0; j < d.length; j++) {
      double side = x[j] == 0 ? Math.signum(d[j]) : Math.signum(x[j]);
      slope += (gradient.at(j) + weights[j] * side) * d[j];
    }
    if (!(slope < 0)) {
      return false;
    }
    int[] kinks =
        IntStream.range(0, d.length)
            .filter(j -> weights[j] > 0 && x[j] * d[j] < 0 && -x[j] / d[j] < 1)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -x[j] / d[j]))
            .mapToInt(j -> j)
            .toArray();
    double t = 1;
    int zero = -1;
    for (int j : kinks) {
      double at = -x[j] / d[j];
      if (slope + at * curvature >= 0) {
        break;
      }
      slope += 2 * weights[j] * Math.abs(d[j]);
      if (slope + at * curvature >= 0) {
        t = at;
        zero = j;
        break;
      }
    }
    t = zero < 0 && curvature > 0 ? Math.min(1, -slope / curvature) : t;
    double[] next = new double[x.length];
    for (int j = 0; j < d.length; j++) {
      next[j] = j == zero ? 0 : x[j] + t * d[j];
    }
    boolean isMoved = !Arrays.equals(next, x);
    moveTo(next);
    return isMoved;
  }
}
