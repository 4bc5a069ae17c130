package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The algebra of small matrices. */
class MatrixTest {
  private static Matrix random(Random random, int rows, int cols) {
    return Matrix.adopting(rows, cols, random.doubles((long) rows * cols, -1, 1).toArray());
  }

  private static void assertClose(Matrix is, Matrix due) {
    assertThat(is.minus(due).norm()).isLessThanOrEqualTo(1e-13 * (1 + due.norm()));
  }

  @RepeatedTest(20)
  void productIsAssociativeAndBilinear(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    int m = 1 + random.nextInt(30);
    int n = 1 + random.nextInt(30);
    int k = 1 + random.nextInt(30);
    Matrix a = random(random, m, n);
    Matrix b = random(random, n, k);
    Matrix c = random(random, n, k);
    Matrix d = random(random, k, m);
    assertClose(a.times(b).times(d), a.times(b.times(d)));
    assertClose(a.times(b.plus(-2, c)), a.times(b).minus(a.times(c).times(2)));
    assertClose(a.times(b).transpose(), b.transpose().times(a.transpose()));
    assertThat(a.times(Matrix.identity(n))).isEqualTo(a);
    assertThat(a.times(b).dot(d.transpose()))
        .isCloseTo(a.dot(d.transpose().times(b.transpose())), Percentage.withPercentage(1e-9));
  }

  @Test
  void sumsAndMultiplesActElementByElement() {
    Matrix a = Matrix.of(2, 2, 1, 2, 3, 4);
    Matrix b = Matrix.of(2, 2, 10, 20, 30, 40);
    assertThat(a.plus(b)).isEqualTo(Matrix.of(2, 2, 11, 22, 33, 44));
    assertThat(b.minus(a)).isEqualTo(Matrix.of(2, 2, 9, 18, 27, 36));
    assertThat(a.plus(-0.1, b)).isEqualTo(Matrix.zeros(2, 2));
    assertThat(a.dot(b)).isEqualTo(300);
    assertThat(a.with(b, Math::max)).isEqualTo(b);
    assertThat(Matrix.filled(2, 2, 3).map(x -> x * x)).isEqualTo(Matrix.filled(2, 2, 9));
  }

  @Test
  void partsAndWholesFitTogether() {
    Matrix a = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);
    assertThat(a.at(1, 0)).isEqualTo(a.at(3)).isEqualTo(4);
    assertThat(a.columnAt(1)).isEqualTo(Matrix.column(2, 5));
    assertThat(Matrix.beside(List.of(a.columns(0, 1), a.columns(1, 3)))).isEqualTo(a);
    assertThat(a.transpose()).isEqualTo(Matrix.of(3, 2, 1, 4, 2, 5, 3, 6));
    assertThat(a.reshape(3, 2)).isEqualTo(Matrix.of(3, 2, 1, 2, 3, 4, 5, 6));
  }

  @Test
  void normNeitherOverflowsNorUnderflows() {
    assertThat(Matrix.column(3e200, -4e200).norm())
        .isCloseTo(5e200, Percentage.withPercentage(1e-13));
    assertThat(Matrix.column(3e-200, -4e-200).norm())
        .isCloseTo(5e-200, Percentage.withPercentage(1e-13));
    assertThat(Matrix.column().norm()).isZero();
    assertThat(Matrix.column(1, Double.NaN).norm()).isNaN();
    assertThat(Matrix.column(1, Double.NEGATIVE_INFINITY).norm()).isInfinite();
  }

  @Test
  void nothingFromOutsideIsShared() {
    double[] mine = {1, 2};
    Matrix a = Matrix.of(1, 2, mine);
    mine[0] = 9;
    a.toArray()[1] = 9;
    assertThat(a).isEqualTo(Matrix.of(1, 2, 1, 2));
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Matrix a = Matrix.zeros(2, 3);
    assertThatThrownBy(() -> a.plus(Matrix.zeros(3, 2)))
        .hasMessage("Invalid shapes: 2 x 3 and 3 x 2 (must be equal)");
    assertThatThrownBy(() -> a.dot(Matrix.zeros(3, 2))).hasMessageContaining("2 x 3 and 3 x 2");
    assertThatThrownBy(() -> a.times(Matrix.zeros(4, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid shapes: 2 x 3 times 4 x 2 (inner sizes must be equal)");
    assertThatThrownBy(() -> a.times(Matrix.zeros(2, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> a.reshape(4, 2)).hasMessageContaining("6 elements for 4 x 2");
    assertThatThrownBy(a::value).hasMessageContaining("must be 1 x 1");
    assertThatThrownBy(() -> a.at(0, 3)).hasMessage("(0, 3) of a 2 x 3 matrix");
    assertThatThrownBy(() -> Matrix.beside(List.of(a, Matrix.zeros(3, 1))))
        .hasMessage("Invalid height: 3 rows beside 2 (must be equal)");
  }
}
