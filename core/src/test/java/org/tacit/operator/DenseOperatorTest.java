package org.tacit.operator;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(StructureCheck.of(new DenseOperator(turned, Structure.SYMMETRIC), 1))
        .hasValueSatisfying(fault -> assertThat(fault).contains("not symmetric"));
    assertThat(StructureCheck.of(new DenseOperator(INDEFINITE, Structure.POSITIVE_DEFINITE), 1))
        .hasValueSatisfying(fault -> assertThat(fault).contains("not positive definite"));
    assertThat(StructureCheck.of(new DenseOperator(turned, Structure.GENERAL), 1)).isEmpty();
  }
}
