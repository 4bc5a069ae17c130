package org.tacit.bilevel;

import java.util.function.Consumer;
import org.tacit.matrix.Matrix;

/**
 * A method for min over theta of L(x*(theta), theta), as a sequence of states. Each step is a
 * function of the last state alone, so that whoever runs it can stop, save and resume it anywhere.
 */
public interface OuterOptimiser {
  /**
   * As many thetas as {@link #automatic} tunes by Newton's method: with more a Hessian costs more
   * arithmetic than the steps that it saves.
   */
  int MOST_FOR_NEWTON = 300;

  /** As results print it. */
  String name();

  /** When it ends, and how exact its solves become. */
  OuterStopping stopping();

  /**
   * The state at {@code theta}, which the function's bounds hold; {@link UnusableStartException}
   * where it cannot be solved or differentiated.
   */
  OuterState init(OuterFunction function, Matrix theta);

  /**
   * The state after one more accepted step, or at the end; the same state where that is reached. A
   * state of another optimiser, outside the function's bounds, or of a problem of other sizes is
   * refused.
   */
  OuterState next(OuterFunction function, OuterState state);

  /** Whether there is nothing left to do; the state has a result then. */
  default boolean isDone(OuterState state) {
    return state.result().isPresent();
  }

  /**
   * Runs from {@code start} to the end, telling the journals of the function's passes of every
   * accepted step, the start included. Throws where the start itself is unusable; after that,
   * whatever happens ends with a result.
   */
  default BilevelResult minimise(OuterFunction function, Matrix start) {
    return minimise(function, start, step -> {});
  }

  /** The same, {@code listener} being told of the steps, too. */
  default BilevelResult minimise(
      OuterFunction function, Matrix start, Consumer<OuterState.Iteration> listener) {
    OuterState state = init(function, start);
    int told = 0;
    while (true) {
      for (; told < state.history().size(); told++) {
        function.tell(state.history().get(told));
        listener.accept(state.history().get(told));
      }
      if (isDone(state)) {
        return state.result().orElseThrow();
      }
      state = next(function, state);
    }
  }

  /** Trust-region Newton for up to 300 thetas, projected L-BFGS-B for more. */
  static OuterOptimiser automatic(OuterStopping stopping) {
    return new AutomaticDescent(stopping);
  }

  /**
   * Projected gradient steps of adaptive length ({@link SafeguardedDescent}): one value and one
   * hypergradient a step, for any number of thetas.
   */
  static OuterOptimiser adaptiveGradient(OuterStopping stopping) {
    return new SafeguardedDescent(new AdaptiveStep(), stopping);
  }

  /** Projected L-BFGS-B: the same cost a step, with the curvature of the last ten steps. */
  static OuterOptimiser projectedLbfgs(OuterStopping stopping) {
    return new SafeguardedDescent(new QuasiNewtonStep(), stopping);
  }

  /**
   * Trust-region Newton with the implicit Hessian, for up to some hundred thetas: a step costs a
   * hypergradient, one more linear system a theta, all of which share their passes, and one pass
   * over each table.
   */
  static OuterOptimiser trustRegionNewton(OuterStopping stopping) {
    return new SafeguardedDescent(new NewtonStep(), stopping);
  }
}
