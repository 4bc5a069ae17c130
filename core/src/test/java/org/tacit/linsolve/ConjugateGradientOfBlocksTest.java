package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** Four systems of 200 unknowns in one operator: each takes the steps of its own spectrum. */
class ConjugateGradientOfBlocksTest {
  private static final int ROWS = 200;
  private static final double[] SCALES = {1, 30, 7, 0.2};
  private static final int N = ROWS * SCALES.length;

  /** Block k has the eigenvalues s_k and 3 s_k, in turn; a number of them may be turned over. */
  private record Blocks(boolean isTold, int negative) implements LinearOperator {
    double value(int i) {
      double scale = SCALES[i / ROWS];
      return (i < N - negative ? 1 : -1) * (i % 2 == 0 ? scale : 3 * scale);
    }

    @Override
    public int rows() {
      return N;
    }

    @Override
    public Matrix apply(Matrix x) {
      return Matrix.tabulate(x.rows(), x.cols(), (i, j) -> value(i) * x.at(i, j));
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public List<Integer> blocks() {
      return isTold ? Collections.nCopies(SCALES.length, ROWS) : List.of();
    }

    @Override
    public Structure structure() {
      return Structure.POSITIVE_DEFINITE;
    }
  }

  /** diag(1e10, 1e-7), as blocks: neither is singular beside the other. */
  @Test
  void oneIsNotSingularBecauseAnotherIsLarge() {
    LinearOperator a =
        new LinearOperator() {
          @Override
          public int rows() {
            return 2;
          }

          @Override
          public Matrix apply(Matrix x) {
            return Matrix.tabulate(2, x.cols(), (i, j) -> (i == 0 ? 1e10 : 1e-7) * x.at(i, j));
          }

          @Override
          public LinearOperator transpose() {
            return this;
          }

          @Override
          public List<Integer> blocks() {
            return List.of(1, 1);
          }

          @Override
          public Structure structure() {
            return Structure.POSITIVE_DEFINITE;
          }
        };
    double[] r = {1, 1};
    Preconditioned none = new Preconditioned(Preconditioner.none().prepare(a));
    Recurrence recurrence = new ConjugateGradientRecurrence(r, 1e-12, none, a.blocks());
    Matrix image = a.apply(Matrix.column(recurrence.wanted()));
    assertThat(recurrence.advance(image.toArray())).isEqualTo(Recurrence.State.AT_TARGET);
  }

  private static LinearSolver solver() {
    return LinearSolver.auto(1e-11, 1000, LinearSolver.Promise.TRUSTED);
  }

  private static Matrix rightSide() {
    return Matrix.column(new Random(3).doubles(N, -1, 1).toArray());
  }

  private static void assertSolves(Blocks a, Matrix b, Matrix x) {
    assertThat(a.apply(x).minus(b).norm()).isLessThan(1e-11 * b.norm());
  }

  @Test
  void eachTakesTheStepsOfItsOwnSpectrum() {
    Blocks told = new Blocks(true, 0);
    Solution apart = solver().prepare(told).solve(rightSide());
    assertSolves(told, rightSide(), apart.orThrow());
    assertThat(apart.iterations()).as("two steps and a check").isEqualTo(3);
    Solution whole = solver().prepare(new Blocks(false, 0)).solve(rightSide());
    assertThat(whole.iterations()).as("eight steps and a check").isGreaterThan(8);
    assertThat(apart.method()).isEqualTo("CG").isEqualTo(whole.method());
    assertThat(apart.smallestEigenvalue().orElseThrow()).isCloseTo(0.2, within(1e-12));
  }

  /** One is solved from the beginning, another starts near its solution. */
  @Test
  void thoseThatAreSolvedRest() {
    Blocks a = new Blocks(true, 0);
    double[] b = rightSide().toArray();
    Arrays.fill(b, ROWS, 2 * ROWS, 0);
    Matrix right = Matrix.column(b);
    Matrix start = Matrix.column(N, i -> i < ROWS ? b[i] / a.value(i) : 0);
    Solution found = solver().prepare(a).solve(right, start);
    assertSolves(a, right, found.orThrow());
    assertThat(found.iterations()).as("two steps and two checks").isEqualTo(4);
    for (int i = ROWS; i < 2 * ROWS; i++) {
      assertThat(found.value().at(i)).isZero();
    }
  }

  @Test
  void oneThatIsNotDefiniteIsFound() {
    Solution found = solver().prepare(new Blocks(true, ROWS)).solve(rightSide());
    assertThat(found.outcome()).isEqualTo(Outcome.WRONG_STRUCTURE);
  }
}
