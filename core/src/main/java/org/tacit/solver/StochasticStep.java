package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.IntToDoubleFunction;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * How {@link StochasticGradient} steps on one batch of the rows, whose objective is f_i with
 * gradient g_i. A rule holds numbers and schedules only; what it remembers of a solve is in its
 * {@link Memory}.
 *
 * @param name as results print it
 * @param rule the next x
 */
public record StochasticStep(String name, Rule rule) {
  private static final int TOGETHER = 8;
  private static final int ROUNDS = 6;

  /** The next x; empty where the batch is not finite, or no pass is left. */
  @FunctionalInterface
  public interface Rule {
    Optional<Matrix> next(Batch batch, Matrix x, Memory memory);
  }

  /** A batch as a rule sees it: each call is one pass over its rows. */
  @FunctionalInterface
  public interface Batch {
    /** Values and gradients of f_i at points; empty where one is not finite. */
    Optional<List<Problem.Evaluated>> at(List<Matrix> points);

    /** That of one point. */
    default Optional<Problem.Evaluated> at(Matrix x) {
      return at(List.of(x)).map(all -> all.get(0));
    }
  }

  /** What a solve has seen: the last point where all rows were, its gradient, and moments. */
  public static final class Memory {
    private final Matrix anchor;
    private final Matrix gradient;
    private final int epoch;
    private Matrix first;
    private Matrix second;
    private int steps;

    Memory(Matrix anchor, Matrix gradient, int epoch) {
      this.anchor = anchor;
      this.gradient = gradient;
      this.epoch = epoch;
      this.first = Matrix.zeros(anchor.rows(), anchor.cols());
      this.second = first;
    }

    /** Of nothing yet, for steps from a point. */
    public static Memory of(Matrix start) {
      return new Memory(start, Matrix.zeros(start.rows(), start.cols()), 0);
    }

    /** The rate of the step about to be made, which counts it. */
    private double rate(IntToDoubleFunction schedule) {
      return positive("rate of step " + steps, schedule.applyAsDouble(steps++));
    }

    /** At another point where all rows were seen, the moments kept. */
    Memory at(Matrix x, Matrix fullGradient) {
      Memory next = new Memory(x, fullGradient, epoch + 1);
      next.first = first;
      next.second = second;
      next.steps = steps;
      return next;
    }
  }

  /** A rule that moves by what it sees of the batch at x alone. */
  private static StochasticStep at(String name, Move move) {
    return new StochasticStep(
        name, (batch, x, memory) -> batch.at(x).map(here -> move.from(x, here, memory)));
  }

  private interface Move {
    Matrix from(Matrix x, Problem.Evaluated here, Memory memory);
  }

  private static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be > 0)");
    }
    return value;
  }

  /** x - rate / (1 + decay epoch) g_i. Source: Robbins and Monro 1951. */
  public static StochasticStep decaying(double rate, double decay) {
    positive("rate", rate);
    if (!(decay >= 0)) {
      throw new IllegalArgumentException("Invalid decay: " + decay + " (must be >= 0)");
    }
    return at(
        "sgd", (x, here, memory) -> x.plus(-rate / (1 + decay * memory.epoch), here.residual()));
  }

  /**
   * x - rate(k) g_i at step k of the solve, counted from 0: a schedule of the user's. Source:
   * Robbins and Monro 1951.
   */
  public static StochasticStep scheduled(IntToDoubleFunction rate) {
    return new StochasticStep(
        "sgd by schedule",
        (batch, x, memory) -> {
          double step = memory.rate(rate);
          return batch.at(x).map(here -> x.plus(-step, here.residual()));
        });
  }

  /**
   * v+ = momentum v - rate(k) g_i(x), x+ = x + v+, at step k of the solve, counted from 0. Source:
   * Polyak 1964 (heavy ball).
   */
  public static StochasticStep momentum(IntToDoubleFunction rate, double momentum) {
    return rolling("sgd with momentum", rate, momentum, (x, carried) -> x);
  }

  /** With a constant rate. */
  public static StochasticStep momentum(double rate, double momentum) {
    double step = positive("rate", rate);
    return momentum(k -> step, momentum);
  }

  /**
   * As {@link #momentum(IntToDoubleFunction, double)}, looking ahead: g_i is taken at x + momentum
   * v. Source: Sutskever, Martens, Dahl and Hinton 2013, section 2 (Nesterov's).
   */
  public static StochasticStep nesterov(IntToDoubleFunction rate, double momentum) {
    return rolling("sgd with nesterov momentum", rate, momentum, Matrix::plus);
  }

  /** With a constant rate. */
  public static StochasticStep nesterov(double rate, double momentum) {
    double step = positive("rate", rate);
    return nesterov(k -> step, momentum);
  }

  private static StochasticStep rolling(
      String name, IntToDoubleFunction rate, double momentum, BinaryOperator<Matrix> look) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("Invalid momentum: " + momentum + " (must be in [0, 1))");
    }
    return new StochasticStep(
        name,
        (batch, x, memory) -> {
          Matrix carried = memory.first.times(momentum);
          double step = memory.rate(rate);
          Optional<Problem.Evaluated> there = batch.at(look.apply(x, carried));
          there.ifPresent(at -> memory.first = carried.plus(-step, at.residual()));
          return there.map(at -> x.plus(memory.first));
        });
  }

  /**
   * x - min(longest, (f_i - lower) / |g_i|^2) g_i, {@code lower} being a bound of every f_i.
   * Source: Loizou, Vaswani, Laradji and Lacoste-Julien 2021 (SPS_max, c = 1).
   */
  public static StochasticStep polyak(double lower, double longest) {
    positive("longest step", longest);
    return at(
        "sgd with polyak steps",
        (x, here, memory) -> {
          double squared = here.residual().dot(here.residual());
          double gap = Math.max(0, here.value().orElseThrow() - lower);
          double step = squared == 0 ? 0 : Math.min(longest, gap / squared);
          return x.plus(-step, here.residual());
        });
  }

  /**
   * The longest of {@code longest}, its half, its quarter, ... with f_i(x - t g_i) &lt;= f_i - t/2
   * |g_i|^2; eight at a time in one pass. Source: Vaswani et al. 2019.
   */
  public static StochasticStep armijo(double longest) {
    positive("longest step", longest);
    return new StochasticStep(
        "sgd with armijo steps",
        (batch, x, memory) -> batch.at(x).map(here -> searched(batch, x, here, longest)));
  }

  private static Matrix searched(Batch batch, Matrix x, Problem.Evaluated here, double longest) {
    double squared = here.residual().dot(here.residual());
    double t = longest;
    for (int round = 0; round < ROUNDS; round++) {
      List<Matrix> points = new ArrayList<>();
      for (int k = 0; k < TOGETHER; k++) {
        points.add(x.plus(-t * Math.pow(0.5, k), here.residual()));
      }
      Optional<List<Problem.Evaluated>> there = batch.at(points);
      for (int k = 0; there.isPresent() && k < TOGETHER; k++) {
        double enough = here.value().orElseThrow() - 0.5 * t * Math.pow(0.5, k) * squared;
        if (there.get().get(k).value().orElseThrow() <= enough) {
          return points.get(k);
        }
      }
      t *= Math.pow(0.5, TOGETHER);
    }
    return x;
  }

  /** Steps by running means of g_i and its square. Source: Kingma and Ba 2015, algorithm 1. */
  public static StochasticStep adam(double rate, double beta1, double beta2, double epsilon) {
    positive("rate", rate);
    positive("epsilon", epsilon);
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Invalid betas: " + beta1 + ", " + beta2 + " (must be in [0, 1))");
    }
    return at(
        "adam",
        (x, here, memory) -> {
          Matrix g = here.residual();
          memory.steps++;
          memory.first = memory.first.times(beta1).plus(1 - beta1, g);
          memory.second = memory.second.times(beta2).plus(1 - beta2, g.map(v -> v * v));
          double unbias1 = 1 - Math.pow(beta1, memory.steps);
          double unbias2 = 1 - Math.pow(beta2, memory.steps);
          return x.plus(
              -rate,
              memory.first.with(
                  memory.second, (m, v) -> m / unbias1 / (Math.sqrt(v / unbias2) + epsilon)));
        });
  }

  /** With the published betas, 0.9 and 0.999, and epsilon 1e-8. */
  public static StochasticStep adam(double rate) {
    return adam(rate, 0.9, 0.999, 1e-8);
  }

  /**
   * x - rate (g_i(x) - g_i(z) + g(z)), z being where all rows were seen last: it converges with a
   * constant rate. Both g_i are one pass. Source: Johnson and Zhang 2013.
   */
  public static StochasticStep svrg(double rate) {
    positive("rate", rate);
    return new StochasticStep(
        "svrg",
        (batch, x, memory) ->
            batch
                .at(List.of(x, memory.anchor))
                .map(
                    both -> {
                      Matrix change = both.get(0).residual().minus(both.get(1).residual());
                      return x.plus(-rate, change.plus(memory.gradient));
                    }));
  }
}
