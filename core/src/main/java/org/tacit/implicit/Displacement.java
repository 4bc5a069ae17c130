package org.tacit.implicit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.matrix.Matrix;

/** From a solution to a point near it, where {@link CorrectionPrograms#moved} is evaluated. */
record Displacement(Matrix dx, Matrix dtheta) {
  private static final int DRAWS = 4;
  private static final long SEED = 20210531;

  /**
   * Where the solution goes when theta moves along the tangent, or of a reverse derivative along a
   * seeded direction in which every element of theta moves by its size: dx is its derivative.
   */
  static Displacement along(KinkPoint point) {
    if (!point.programs().equations().isTransposed()) {
      return new Displacement(point.w(), point.values().get("tangent"));
    }
    Random random = new Random(SEED);
    Matrix sizes = sizes(point.theta());
    Matrix dtheta = sizes.size() == 1 ? sizes : sizes.map(v -> v * signed(random));
    return new Displacement(point.solution().jvp(dtheta).value(), dtheta);
  }

  boolean isFinite() {
    return Double.isFinite(1 / dtheta.maxAbs()) && dx.isFinite();
  }

  Displacement times(double factor) {
    return new Displacement(dx.times(factor), dtheta.times(factor));
  }

  /** As long that the largest element of theta moves by so much. */
  Displacement ofLength(double length) {
    return times(length / dtheta.maxAbs());
  }

  /** The point moved so, the adjoint or tangent kept. */
  Map<String, Matrix> of(Map<String, Matrix> point) {
    Matrix w = point.get("w");
    return with(point, Matrix.zeros(w.rows(), w.cols()));
  }

  private Map<String, Matrix> with(Map<String, Matrix> point, Matrix t) {
    Map<String, Matrix> inputs = new HashMap<>(point);
    inputs.put("s", dx);
    inputs.put("t", t);
    inputs.put("dtheta", dtheta);
    return inputs;
  }

  /**
   * The Newton step (s, t); 2 s; and seeded changes of every element of x and theta by a part of
   * its size that counts as rounding.
   */
  static List<Map<String, Matrix>> around(Map<String, Matrix> point) {
    Matrix theta = point.get("theta");
    Displacement newton =
        new Displacement(point.get("s"), Matrix.zeros(theta.rows(), theta.cols()));
    List<Map<String, Matrix>> instances = new ArrayList<>();
    instances.add(newton.with(point, point.get("t")));
    instances.add(newton.times(2).of(point));
    Random random = new Random(SEED);
    for (int k = 0; k < DRAWS; k++) {
      Matrix dx = point.get("x").map(v -> v * KinkPrograms.ROUNDING * sign(random));
      Matrix dtheta = sizes(theta).map(v -> v * KinkPrograms.ROUNDING * sign(random));
      instances.add(new Displacement(dx, dtheta).of(point));
    }
    return instances;
  }

  /** The elements' sizes, the largest for those that are 0, and 1 where all are. */
  static Matrix sizes(Matrix theta) {
    double largest = theta.maxAbs();
    return theta.map(v -> v != 0 ? Math.abs(v) : largest > 0 ? largest : 1);
  }

  /** A factor between 0.5 and 1.5 of either sign. */
  static double signed(Random random) {
    return (0.5 + random.nextDouble()) * sign(random);
  }

  private static int sign(Random random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
