package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

class DenseOperatorTest {
  private static final Matrix INDEFINITE =
      RandomMatrix.symmetric(Matrix.column(3, 1, -2, -5), new Random(1));

  @Nested
  class General implements OperatorLaws {
    @Override
    public LinearOperator operator() {
      return new DenseOperator(RandomMatrix.normal(5, 3, new Random(1)), Structure.GENERAL);
    }
  }

  @Nested
  class Symmetric implements OperatorLaws {
    @Override
    public LinearOperator operator() {
      return new DenseOperator(INDEFINITE, Structure.SYMMETRIC);
    }
  }

  @Nested
  class PositiveDefinite implements OperatorLaws {
    @Override
    public LinearOperator operator() {
      Matrix a = RandomMatrix.symmetric(RandomMatrix.spectrum(6, 100), new Random(1));
      return new DenseOperator(a, Structure.POSITIVE_DEFINITE);
    }
  }

  @Test
  void aBrokenPromiseIsFound() {
    Matrix turned = Matrix.of(2, 2, 1, 1, -1, 1);
    assertThat(fault(turned, Structure.SYMMETRIC).orElseThrow()).contains("not symmetric");
    assertThat(fault(INDEFINITE, Structure.POSITIVE_DEFINITE).orElseThrow())
        .contains("not positive definite");
    assertThat(fault(turned, Structure.GENERAL)).isEmpty();
  }

  private static Optional<String> fault(Matrix a, Structure promise) {
    return promise.fault(new DenseOperator(a, promise), 1);
  }
}
