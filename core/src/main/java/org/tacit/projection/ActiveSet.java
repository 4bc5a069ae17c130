package org.tacit.projection;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.EuclideanNorm;

/** The state of {@link ActiveConstraints}: y = x - C_W' u for the constraints W that hold. */
final class ActiveSet {
  /** The rounding of the point in units of what counts as violated. */
  private static final double ROUNDING = 0.1;

  /** How much of the largest multiplier rounding may have put into another. */
  private static final double DOUBT = 1e-10;

  private final double[][] constraints;
  private final double[] right;
  private final double[] y;
  private final double start;
  private final List<Integer> held = new ArrayList<>();
  private final List<Double> multipliers = new ArrayList<>();
  private int equalities;

  ActiveSet(double[][] constraints, double[] right, double[] point) {
    this.constraints = constraints;
    this.right = right;
    this.y = point.clone();
    this.start = EuclideanNorm.of(point);
  }

  boolean holds(int i) {
    return held.contains(i);
  }

  /** How far constraint i is violated, relative to its size and to what rounding leaves of it. */
  double relativeViolation(int i) {
    double far = Math.max(EuclideanNorm.of(y), ROUNDING * start);
    double size = EuclideanNorm.of(constraints[i]) * far + Math.abs(right[i]);
    return size == 0 ? 0 : violation(i) / size;
  }

  /** How many times as far from the origin a point is as its projection. */
  double farness(double[] point) {
    double near = EuclideanNorm.of(y);
    for (int i : held) {
      near = Math.max(near, Math.abs(right[i]) / EuclideanNorm.of(constraints[i]));
    }
    double far = EuclideanNorm.of(point);
    return far == 0 ? 0 : far / near;
  }

  /**
   * The point moved along the constraints that hold, along inequalities not quite as far as its
   * projection is: that stays the same, and rounding is by the new point's size.
   */
  double[] nearer(double[] point) {
    double largest = multipliers.stream().mapToDouble(Math::abs).max().orElse(0);
    double[] nearer = new double[point.length];
    for (int j = 0; j < nearer.length; j++) {
      CompensatedSum sum = new CompensatedSum().add(point[j]);
      for (int k = 0; k < held.size(); k++) {
        double all = multipliers.get(k);
        double taken = k < equalities ? all : Math.max(0, all - DOUBT * largest);
        sum.addProduct(-taken, constraints[held.get(k)][j]);
      }
      nearer[j] = sum.value();
    }
    return nearer;
  }

  /** How far the point moved for constraint i where it holds, how far it is off where not. */
  double distance(int i) {
    double size = EuclideanNorm.of(constraints[i]);
    int at = held.indexOf(i);
    return at < 0 ? -violation(i) / size : multipliers.get(at) * size;
  }

  /** The size of what {@link #distance} compares. */
  double size(int i) {
    return Math.max(EuclideanNorm.of(y), Math.abs(right[i]) / EuclideanNorm.of(constraints[i]));
  }

  private double violation(int i) {
    return dot(constraints[i], y) - right[i];
  }

  /** Moves to the nearest point where these independent equalities hold. */
  void meet(List<Integer> equal) {
    held.addAll(equal);
    equalities = equal.size();
    double[] excess = equal.stream().mapToDouble(this::violation).toArray();
    double[] u = SpdSystem.solve(gram(), excess);
    for (int k = 0; k < u.length; k++) {
      multipliers.add(u[k]);
      add(y, -u[k], constraints[equal.get(k)]);
    }
  }

  /** Makes constraint {@code i} hold, letting go of those that push the wrong way. */
  void add(int i) {
    double[] normal = constraints[i];
    double own = 0;
    while (true) {
      double[] products = held.stream().mapToDouble(k -> dot(constraints[k], normal)).toArray();
      double[] r = SpdSystem.solve(gram(), products);
      double[] z = normal.clone();
      for (int k = 0; k < r.length; k++) {
        add(z, -r[k], constraints[held.get(k)]);
      }
      int blocking = blocking(r);
      double blocked =
          blocking < 0 ? Double.POSITIVE_INFINITY : multipliers.get(blocking) / r[blocking];
      double square = dot(z, z);
      boolean isDependent = square <= 1e-20 * dot(normal, normal);
      double full = isDependent ? Double.POSITIVE_INFINITY : Math.max(0, violation(i)) / square;
      double step = Math.min(full, blocked);
      if (Double.isInfinite(step)) {
        throw new IllegalArgumentException(
            String.format(
                "Empty polyhedron: constraint %s contradicts the others by %s (must have a common"
                    + " point; loosen its right side)",
                i, violation(i)));
      }
      for (int k = 0; k < r.length; k++) {
        multipliers.set(k, multipliers.get(k) - step * r[k]);
      }
      own += step;
      if (!isDependent) {
        add(y, -step, z);
      }
      if (full <= blocked) {
        held.add(i);
        multipliers.add(own);
        return;
      }
      held.remove(blocking);
      multipliers.remove(blocking);
    }
  }

  /** The inequality whose multiplier reaches zero first along {@code r}; -1 when none does. */
  private int blocking(double[] r) {
    int blocking = -1;
    for (int k = equalities; k < r.length; k++) {
      if (r[k] > 1e-14
          && (blocking < 0
              || multipliers.get(k) / r[k] < multipliers.get(blocking) / r[blocking])) {
        blocking = k;
      }
    }
    return blocking;
  }

  private double[][] gram() {
    int n = held.size();
    double[][] gram = new double[n][n];
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) {
        gram[k][l] = dot(constraints[held.get(k)], constraints[held.get(l)]);
      }
    }
    return gram;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void add(double[] target, double factor, double[] x) {
    for (int j = 0; j < target.length; j++) {
      target[j] += factor * x[j];
    }
  }
}
