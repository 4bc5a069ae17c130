package org.tacit.solver;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.tacit.breeze.QuasiNewton;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#lbfgs}. */
final class Lbfgs {
  private Lbfgs() {}

  /** With Breeze's line search, and so many pairs of steps kept or as many as usual. */
  static Solver of(OptionalInt memory) {
    return Method.minimising(
        "l-bfgs",
        (problem, iterates) -> {
          Descent.requireObjective("l-bfgs", iterates);
          run(iterates, memory, 0, Integer.MAX_VALUE);
          bySlopes(iterates, memory);
          iterates.lookCloser();
        });
  }

  /** Steps with another line search. */
  static Descent steps(int memory, Minimiser.LineSearch search) {
    return new Descent(new Secant(new SecantPairs(memory)), search, 1);
  }

  static int requireMemory(int memory) {
    if (memory < 1) {
      throw new IllegalArgumentException("Invalid memory: " + memory + " (must be >= 1)");
    }
    return memory;
  }

  /** Goes on while some steps halve the residual. */
  private static void bySlopes(Iterates iterates, OptionalInt memory) {
    int pairs = memory.orElseGet(() -> QuasiNewton.memory(iterates.x().rows()));
    double before = Double.POSITIVE_INFINITY;
    while (iterates.goesOn() && iterates.norm() < 0.5 * before) {
      before = iterates.norm();
      steps(pairs, Minimiser.LineSearch.hagerZhang()).run(iterates, 2 * pairs);
    }
  }

  /**
   * Iterates until the relative residual is at most {@code enough}, for {@code steps} at most, or
   * until the line search is stuck. Returns whether it could go on.
   */
  static boolean run(Iterates iterates, double enough, int steps) {
    return run(iterates, OptionalInt.empty(), enough, steps);
  }

  private static boolean run(Iterates iterates, OptionalInt pairs, double enough, int steps) {
    if (!iterates.goesOn()) {
      return true;
    }
    Matrix start = iterates.x();
    Problem.Evaluated atStart = iterates.here();
    QuasiNewton.Objective known =
        x ->
            (x.equals(start) ? Optional.of(atStart) : iterates.evaluate(x))
                .map(at -> new QuasiNewton.Point(at.value().orElseThrow(), at.residual()))
                .orElseGet(() -> new QuasiNewton.Point(Double.POSITIVE_INFINITY, x));
    Iterator<QuasiNewton.State> states =
        QuasiNewton.states(known, new QuasiNewton.Start(start, pairs));
    states.next();
    for (int k = 0;
        k < steps && iterates.goesOn() && iterates.relativeNorm() > enough && states.hasNext();
        k++) {
      QuasiNewton.State state = states.next();
      if (state.isStuck()) {
        return false;
      }
      iterates.moveTo(
          state.x(), new Problem.Evaluated(OptionalDouble.of(state.value()), state.gradient()));
    }
    return true;
  }

  /** d = -H g, H being the limited-memory BFGS matrix of the steps so far. */
  private record Secant(SecantPairs pairs) implements Descent.Rule {
    @Override
    public Matrix direction(Matrix gradient, Descent.Step last) {
      pairs.add(last.direction().times(last.t()), last.change());
      return pairs.preconditioner().times(gradient).times(-1);
    }

    @Override
    public double length(Matrix gradient, Matrix direction, Descent.Step last) {
      return 1;
    }
  }
}
