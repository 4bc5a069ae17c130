package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;

/**
 * How far the solution's error may have moved each of the values q that switch at a kink, one by
 * one, where a bound for all of them at once is too coarse to tell:
 *
 * <pre>
 *   2 (|dq s| + |q(x + s) - q - dq s| + |dq e| + max_k |dq e_k|) + rounding
 *   A e = -F(x + s)          A e_k = r_k
 * </pre>
 *
 * with s the Newton correction, e what it leaves, and e_k what seeded rounding errors r_k make,
 * each element of which has the size that bounds the norm of all. Cost: a linear solve for {@value
 * #DRAWS} + 1 right-hand sides and two passes.
 */
record KinkMoves(KinkPoint point) {
  private static final int DRAWS = 4;

  /**
   * @param rounding a bound on the norm of the rounding errors of F
   */
  Matrix of(Correction correction, double rounding) {
    Matrix left = correction.moved().get("F");
    Random random = new Random(20210531);
    List<Matrix> sides = new ArrayList<>(List.of(left));
    for (int k = 0; k < DRAWS; k++) {
      sides.add(left.map(v -> rounding * (random.nextBoolean() ? 1 : -1)));
    }
    Matrix errors = point.solution().inverse(Matrix.beside(sides), false).value();
    Matrix straight = correction.alongS().get("dq/dx");
    var there = List.of(point.with("x", point.x().plus(correction.s())));
    Matrix bend =
        point
            .evaluate(point.programs().point(), there)
            .get(0)
            .get("q")
            .minus(correction.at().get("q"))
            .minus(straight);
    List<Map<String, Matrix>> along =
        point.evaluate(
            point.programs().along(),
            IntStream.rangeClosed(0, DRAWS)
                .mapToObj(k -> point.with("z", errors.columnAt(k)))
                .toList());
    Matrix drawn = Matrix.zeros(straight.rows(), 1);
    for (int k = 1; k <= DRAWS; k++) {
      drawn = drawn.with(along.get(k).get("dq/dx"), (a, b) -> Math.max(a, Math.abs(b)));
    }
    return straight
        .with(bend, (a, b) -> Math.abs(a) + Math.abs(b))
        .with(along.get(0).get("dq/dx"), (a, b) -> a + Math.abs(b))
        .plus(drawn)
        .map(v -> ErrorBound.SAFETY * v + rounding);
  }
}
