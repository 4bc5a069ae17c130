package org.tacit.breeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;

class BoundedDirectionTest {
  private static final Matrix A = Matrix.of(2, 2, 5, 1, 1, 2);
  private static final Matrix FREE = Matrix.filled(2, 1, Double.POSITIVE_INFINITY);

  /** After the BFGS updates of a quadratic along conjugate moves, its Hessian is known exactly. */
  @Test
  void ofConjugateMovesIsNewtonsStep() {
    Matrix first = Matrix.column(1, 0);
    Matrix second = Matrix.column(-0.2, 1);
    Matrix moves = Matrix.beside(List.of(first, second));
    Matrix g = Matrix.column(3, -1);
    Matrix d =
        new QuasiNewton.BoundedDirection(FREE.times(-1), FREE, 10)
            .of(Matrix.column(7, 8), g, moves, A.times(moves))
            .orElseThrow();
    assertThat(A.times(d).plus(g).norm()).isLessThan(1e-10);
  }

  @Test
  void staysInTheBox() {
    Matrix x = Matrix.column(0.5, 0.5);
    Matrix moves = Matrix.beside(List.of(Matrix.column(1, 0), Matrix.column(-0.2, 1)));
    Matrix g = Matrix.column(30, -10);
    Matrix d =
        new QuasiNewton.BoundedDirection(Matrix.zeros(2, 1), Matrix.filled(2, 1, 1), 10)
            .of(x, g, moves, A.times(moves))
            .orElseThrow();
    Matrix to = x.plus(d);
    assertThat(to.at(0)).isBetween(0.0, 1.0);
    assertThat(to.at(1)).isBetween(0.0, 1.0);
    assertThat(d.dot(g)).isNegative();
  }
}
