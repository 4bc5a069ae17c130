package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.PreparedSolver;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;

/** A solve leaves the diagonal of its last Newton step to whoever solves near its end, only. */
class LeftDiagonalTest {
  private static final int N = 600;
  private static final Matrix START = Matrix.filled(N, 1, 1);

  /** The gradient of 1/2 |x|^2, whose Hessian counts who asks for its diagonal. */
  private static final class Square implements Problem {
    private int asked;

    @Override
    public int size() {
      return N;
    }

    @Override
    public Evaluated evaluate(Matrix x) {
      return new Evaluated(OptionalDouble.of(0.5 * x.dot(x)), x);
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return new ClosableOperator() {
        @Override
        public int rows() {
          return N;
        }

        @Override
        public Matrix apply(Matrix v) {
          return v;
        }

        @Override
        public LinearOperator transpose() {
          return this;
        }

        @Override
        public Optional<Matrix> diagonal() {
          asked++;
          return Optional.of(Matrix.filled(N, 1, 1));
        }

        @Override
        public Structure structure() {
          return Structure.POSITIVE_DEFINITE;
        }

        @Override
        public void close() {}
      };
    }
  }

  /** How often the diagonal is asked for at the end of a solve that left it so far away. */
  private static int askedAfterMovingBy(double part) {
    Square problem = new Square();
    Iterates iterates = Iterates.minimising(problem, START, Stopping.relative(1e-12, 10));
    iterates.keep(left(problem, Nearby.NOTHING));
    Matrix end = START.times(1 - part);
    iterates.moveTo(end, problem.evaluate(end));
    int before = problem.asked;
    left(problem, iterates.solution("none", Outcome.STALLED).nearby());
    return problem.asked - before;
  }

  private static Nearby left(Problem problem, Nearby known) {
    PreparedSolver prepared = LinearSolver.auto(1e-10).near(known).prepare(problem.jacobian(START));
    prepared.solve(START).orThrow();
    return prepared.nearby();
  }

  @Test
  void itIsLeftNearTheEndOnly() {
    assertThat(askedAfterMovingBy(0.05)).isZero();
    assertThat(askedAfterMovingBy(0.3)).isEqualTo(1);
  }
}
