package org.tacit.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.tacit.linsolve.QuasiNewtonPreconditioner;
import org.tacit.matrix.Matrix;

/**
 * Listens to a solve and keeps its last steps with the changes of F along them, which are what A
 * made of the steps: a preconditioner for the adjoint system that costs no pass.
 *
 * <pre>
 *   SecantPairs pairs = new SecantPairs(20);
 *   solver.solve(problem, start, stopping.withListener(pairs));
 *   LinearSolver.conjugateGradient(1e-10, 1000, pairs.preconditioner())
 * </pre>
 *
 * <p>For one solve in one thread. Source: Ramzi et al., SHINE, 2022.
 */
public final class SecantPairs implements Consumer<Solver.Iteration> {
  private final int memory;
  private final Deque<QuasiNewtonPreconditioner.Pair> pairs = new ArrayDeque<>();
  private Optional<Solver.Iteration> last = Optional.empty();

  /** The last {@code memory} pairs. */
  public SecantPairs(int memory) {
    this.memory = Lbfgs.requireMemory(memory);
  }

  @Override
  public void accept(Solver.Iteration now) {
    last.ifPresent(
        before -> add(now.x().minus(before.x()), now.residual().minus(before.residual())));
    last = Optional.of(now);
  }

  /** A step s and the change y of the gradient along it. */
  void add(Matrix s, Matrix y) {
    pairs.addLast(new QuasiNewtonPreconditioner.Pair(s, y));
    if (pairs.size() > memory) {
      pairs.removeFirst();
    }
  }

  /** Of the pairs so far, oldest first. */
  public QuasiNewtonPreconditioner preconditioner() {
    return QuasiNewtonPreconditioner.of(new ArrayList<>(pairs));
  }
}
