package org.tacit.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;

class BoxQuadraticTest {
  @Test
  void withoutBoundsInTheWayItIsNewtonsStep() {
    Matrix b = Matrix.of(2, 2, 4, 1, 1, 3);
    Matrix wide = Matrix.filled(2, 1, 1e3);
    Matrix p = new BoxQuadratic(b, Matrix.column(1, 2), wide.times(-1), wide).minimiser();
    assertThat(p.at(0)).isCloseTo(-1.0 / 11, within(1e-14));
    assertThat(p.at(1)).isCloseTo(-7.0 / 11, within(1e-14));
  }

  /** The conditions that hold at the one minimiser: slope zero inside, outward at a bound. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSlopeIsZeroInsideAndLeadsOutAtBounds(int seed) {
    Random random = new Random(seed);
    int n = 4 * seed;
    Matrix root = RandomMatrix.normal(n, n, random);
    Matrix b = root.times(root.transpose()).plus(Matrix.identity(n).times(1e-6));
    Matrix g = RandomMatrix.normal(n, 1, random).times(10);
    Matrix low = RandomMatrix.normal(n, 1, random).map(v -> -Math.abs(v));
    Matrix high = RandomMatrix.normal(n, 1, random).map(v -> v > 1.5 ? 0 : Math.abs(v));
    Matrix p = new BoxQuadratic(b, g, low, high).minimiser();
    Matrix slope = g.plus(b.times(p));
    int stopped = 0;
    for (int j = 0; j < n; j++) {
      double s = slope.at(j);
      boolean isLow = p.at(j) == low.at(j);
      boolean isHigh = p.at(j) == high.at(j);
      assertThat(p.at(j)).isBetween(low.at(j), high.at(j));
      assertThat(isLow ? Math.max(0, -s) : isHigh ? Math.max(0, s) : Math.abs(s))
          .isLessThan(1e-9 * g.maxAbs());
      stopped += isLow || isHigh ? 1 : 0;
    }
    assertThat(stopped).isPositive();
  }
}
