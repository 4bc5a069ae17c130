package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

/** What every operator keeps. A new one supplies itself. */
public interface OperatorLaws {
  long SEED = 20210531;

  /** The operator under test. */
  LinearOperator operator();

  /** What rounding may change of a product, as a part of its size. */
  default double tolerance() {
    return 1e-12;
  }

  @Test
  default void productsAreLinear() {
    LinearOperator a = operator();
    Random random = new Random(SEED);
    Matrix x = RandomMatrix.normal(a.cols(), 1, random);
    Matrix y = RandomMatrix.normal(a.cols(), 1, random);
    Matrix combined = a.apply(x.times(2).plus(-3, y));
    Matrix expected = a.apply(x).times(2).plus(-3, a.apply(y));
    assertThat(expected.norm()).isPositive();
    assertThat(combined.minus(expected).norm()).isLessThanOrEqualTo(tolerance() * expected.norm());
  }

  @Test
  default void columnsAreMultipliedIndependently() {
    LinearOperator a = operator();
    Matrix x = RandomMatrix.normal(a.cols(), 3, new Random(SEED));
    Matrix together = a.apply(x);
    assertThat(together.rows()).isEqualTo(a.rows());
    assertThat(together.cols()).isEqualTo(3);
    for (int j = 0; j < 3; j++) {
      Matrix alone = a.apply(x.columnAt(j));
      assertThat(together.columnAt(j).minus(alone).norm())
          .isLessThanOrEqualTo(tolerance() * alone.norm());
    }
  }

  @Test
  default void transposeIsAdjoint() {
    LinearOperator a = operator();
    Random random = new Random(SEED);
    Matrix x = RandomMatrix.normal(a.cols(), 1, random);
    Matrix y = RandomMatrix.normal(a.rows(), 1, random);
    Matrix ax = a.apply(x);
    Matrix ay = a.transpose().apply(y);
    double size = ax.norm() * y.norm() + x.norm() * ay.norm();
    assertThat(size).isPositive();
    assertThat(y.dot(ax)).isCloseTo(x.dot(ay), within(tolerance() * size));
  }

  @Test
  default void transposeTwiceIsTheOperator() {
    LinearOperator a = operator();
    Matrix x = RandomMatrix.normal(a.cols(), 1, new Random(SEED));
    Matrix expected = a.apply(x);
    assertThat(a.transpose().transpose().apply(x).minus(expected).norm())
        .isLessThanOrEqualTo(tolerance() * expected.norm());
  }

  @Test
  default void promisedStructureHolds() {
    assertThat(operator().structure().fault(operator(), SEED)).isEmpty();
  }
}
