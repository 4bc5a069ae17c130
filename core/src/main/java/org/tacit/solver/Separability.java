package org.tacit.solver;

import java.util.List;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;

/**
 * Whether a proximal map acts on each block by itself, which products of its derivative with seeded
 * random halves of the blocks tell: at four points and on twelve halves each a map that couples
 * blocks there passes with probability 2^-48.
 */
final class Separability {
  private static final double ROUNDING = 1e-10;
  private static final int HALVES = 12;

  private Separability() {}

  static void require(String method, CompositeProblem problem, List<Integer> blocks) {
    int n = problem.size();
    int covered = blocks.stream().mapToInt(Integer::intValue).sum();
    if (covered != n || blocks.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "Invalid blocks for " + method + ": " + covered + " unknowns (must be " + n + ")");
    }
    Random random = new Random(17);
    Matrix normal = Matrix.adopting(n, 1, random.doubles(n, -1, 1).toArray());
    List<Matrix> points =
        List.of(
            normal,
            normal.times(100),
            normal.map(v -> 1 + 0.01 * v),
            Matrix.adopting(n, 1, random.doubles(n, -1, 1).toArray()));
    for (Matrix point : points) {
      double[] halves = new double[n * HALVES];
      for (int k = 0; k < HALVES; k++) {
        for (int j = 0, from = 0; j < blocks.size(); from += blocks.get(j), j++) {
          double weight = random.nextBoolean() ? 1 : 0;
          for (int i = from; i < from + blocks.get(j); i++) {
            halves[i * HALVES + k] = weight * (0.5 + random.nextDouble());
          }
        }
      }
      Matrix along = problem.proxAlong(point, 0.5, Matrix.adopting(n, HALVES, halves));
      for (int i = 0; i < halves.length; i++) {
        if (halves[i] == 0 && Math.abs(along.at(i)) > ROUNDING) {
          throw new IllegalArgumentException(
              "Invalid proximal map for "
                  + method
                  + ": it couples blocks (must act on each by itself; larger blocks, or fista)");
        }
      }
    }
  }
}
