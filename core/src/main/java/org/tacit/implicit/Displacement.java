package org.tacit.implicit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.matrix.Matrix;

/** Points near a solution, as inputs of {@link CorrectionPrograms#moved}. */
final class Displacement {
  private static final int DRAWS = 4;

  private Displacement() {}

  /**
   * The Newton step (s, t); 2 s; and seeded changes of every element of x and theta by a part of
   * its size that counts as rounding.
   */
  static List<Map<String, Matrix>> around(Map<String, Matrix> point) {
    Matrix x = point.get("x");
    Matrix theta = point.get("theta");
    Matrix still = Matrix.zeros(theta.rows(), theta.cols());
    List<Map<String, Matrix>> instances = new ArrayList<>();
    instances.add(with(point, point.get("s"), point.get("t"), still));
    instances.add(of(point, point.get("s").times(2), still));
    Random random = new Random(20210531);
    for (int k = 0; k < DRAWS; k++) {
      Matrix dx = x.map(v -> v * KinkPrograms.ROUNDING * sign(random));
      Matrix dtheta = sizes(theta).map(v -> v * KinkPrograms.ROUNDING * sign(random));
      instances.add(of(point, dx, dtheta));
    }
    return instances;
  }

  /** x moved by dx and theta by dtheta, the adjoint or tangent kept. */
  static Map<String, Matrix> of(Map<String, Matrix> point, Matrix dx, Matrix dtheta) {
    Matrix w = point.get("w");
    return with(point, dx, Matrix.zeros(w.rows(), w.cols()), dtheta);
  }

  private static Map<String, Matrix> with(
      Map<String, Matrix> point, Matrix s, Matrix t, Matrix dtheta) {
    Map<String, Matrix> inputs = new HashMap<>(point);
    inputs.put("s", s);
    inputs.put("t", t);
    inputs.put("dtheta", dtheta);
    return inputs;
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
