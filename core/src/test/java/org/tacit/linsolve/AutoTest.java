package org.tacit.linsolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

class AutoTest implements LinearSolverLaws {
  @Override
  public LinearSolver solver(double relativeTolerance, int maxIterations) {
    return new Auto(relativeTolerance, maxIterations);
  }

  @Override
  public Set<Structure> structures() {
    return Set.of(Structure.values());
  }

  /** The identity, as an operator that holds no matrix. */
  private record Identity(int rows, Structure structure) implements LinearOperator {
    @Override
    public int cols() {
      return rows;
    }

    @Override
    public Matrix apply(Matrix x) {
      return x;
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }
  }

  private static String methodFor(int n, Structure structure) {
    Solution solution =
        Auto.of(1e-10).prepare(new Identity(n, structure)).solve(Matrix.filled(n, 1, 1));
    return solution.method();
  }

  @Test
  void theMethodFollowsStructureAndSize() {
    assertThat(methodFor(256, Structure.POSITIVE_DEFINITE)).isEqualTo("dense Cholesky");
    assertThat(methodFor(257, Structure.POSITIVE_DEFINITE)).isEqualTo("CG");
    assertThat(methodFor(257, Structure.SYMMETRIC)).isEqualTo("dense LU");
    assertThat(methodFor(1, Structure.GENERAL)).isEqualTo("dense LU");
  }

  @Test
  void aLargeGeneralSystemIsRefused() {
    assertThatThrownBy(() -> methodFor(5000, Structure.GENERAL))
        .hasMessageStartingWith("Invalid operator: 5000 unknowns")
        .hasMessageContaining("at most 2048");
  }
}
