package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.MeetingTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

class LargestCurvatureTest {
  private static final Table TABLE =
      InProcessTable.of(new double[][] {{1, 0}, {0, 2}, {0, 0}}, new double[] {1, -1, 1});

  private final Rows rows = new Rows("t", TABLE.schema());
  private final Var x = Var.input("x", Shape.of(2, 1));
  private final Var theta = Var.input("theta", Shape.of(1, 1));

  /** sum_i exp(theta) (a_i' x)^2 / 2, whose Hessian is exp(theta) diag(1, 4). */
  private LargestCurvature ofSquares() {
    Var f = rows.features().matmul(x).square().sum().times(theta.exp()).times(0.5);
    return LargestCurvature.of(Vjp.gradient(f, x), x);
  }

  @Test
  void itIsRememberedForItsInputs() {
    LargestCurvature curvature = ofSquares();
    Passes passes = Passes.over("t", TABLE);
    List<Matrix> zero = List.of(Matrix.scalar(0));
    assertThat(curvature.of(passes, zero, false)).isBetween(3.99, 4.01);
    long taken = passes.ledger().total();
    assertThat(taken).isPositive();
    assertThat(curvature.of(passes, zero, false)).isBetween(3.99, 4.01);
    assertThat(passes.ledger().total()).isEqualTo(taken);
    assertThat(curvature.of(passes, List.of(Matrix.scalar(1)), false)).isBetween(10.8, 10.9);
    assertThat(passes.ledger().total()).isGreaterThan(taken);
  }

  /** Neither estimate ends before both have come to their first pass. */
  @Test
  @Timeout(60)
  void twoEstimatesAreMadeSideBySide() throws InterruptedException {
    LargestCurvature curvature = ofSquares();
    CyclicBarrier both = new CyclicBarrier(2);
    List<Double> found = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (double at : new double[] {0, 1}) {
      Passes passes = Passes.over("t", new MeetingTable(TABLE, both));
      Runnable run = () -> found.add(curvature.of(passes, List.of(Matrix.scalar(at)), false));
      threads.add(new Thread(run));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(found).hasSize(2).anyMatch(v -> v < 4.01).anyMatch(v -> v > 10.8);
  }
}
