package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * How {@link StochasticGradient} steps on one batch of the rows, whose objective is f_i with
 * gradient g_i. A rule holds numbers and schedules only; what it remembers of a solve is in its
 * {@link Memory}.
 */
public sealed interface StochasticStep {
  /** The rule's name as results print it. */
  String name();

  /** The next x; empty where the batch is not finite, or no pass is left. */
  Optional<Matrix> next(Batch batch, Matrix x, Memory memory);

  /** A batch as a rule sees it: each call is one pass over its rows. */
  @FunctionalInterface
  interface Batch {
    /** Values and gradients of f_i at points; empty where one is not finite. */
    Optional<List<Problem.Evaluated>> at(List<Matrix> points);

    /** That of one point. */
    default Optional<Problem.Evaluated> at(Matrix x) {
      return at(List.of(x)).map(all -> all.get(0));
    }
  }

  /** What a solve has seen: the last point where all rows were, its gradient, and moments. */
  final class Memory {
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

  private static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be > 0)");
    }
    return value;
  }

  /** x - rate / (1 + decay epoch) g_i. Source: Robbins and Monro 1951. */
  record Decaying(double rate, double decay) implements StochasticStep {
    public Decaying {
      positive("rate", rate);
      if (!(decay >= 0)) {
        throw new IllegalArgumentException("Invalid decay: " + decay + " (must be >= 0)");
      }
    }

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      double step = rate / (1 + decay * memory.epoch);
      return batch.at(x).map(here -> x.plus(-step, here.residual()));
    }
  }

  /**
   * x - rate(k) g_i at step k of the solve, counted from 0: a schedule of the user's. Source:
   * Robbins and Monro 1951.
   */
  record Scheduled(IntToDoubleFunction rate) implements StochasticStep {
    @Override
    public String name() {
      return "sgd by schedule";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      double step = memory.rate(rate);
      return batch.at(x).map(here -> x.plus(-step, here.residual()));
    }
  }

  /**
   * v+ = momentum v - rate(k) g_i(x), x+ = x + v+; looking ahead, g_i is taken at x + momentum v.
   * Source: Polyak 1964; Sutskever, Martens, Dahl and Hinton 2013, section 2 (Nesterov's).
   *
   * @param rate of step k of the solve, counted from 0
   */
  record Momentum(IntToDoubleFunction rate, double momentum, Look look) implements StochasticStep {
    /** Where the gradient is taken. */
    public enum Look {
      HERE,
      AHEAD
    }

    public Momentum {
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "Invalid momentum: " + momentum + " (must be in [0, 1))");
      }
    }

    /** Polyak's heavy ball with a constant rate. */
    public static Momentum of(double rate, double momentum) {
      double step = positive("rate", rate);
      return new Momentum(k -> step, momentum, Look.HERE);
    }

    /** With Nesterov's look ahead. */
    public Momentum nesterov() {
      return new Momentum(rate, momentum, Look.AHEAD);
    }

    /** With a rate for each step, counted from 0. */
    public Momentum with(IntToDoubleFunction schedule) {
      return new Momentum(schedule, momentum, look);
    }

    @Override
    public String name() {
      return look == Look.AHEAD ? "sgd with nesterov momentum" : "sgd with momentum";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      Matrix carried = memory.first.times(momentum);
      double step = memory.rate(rate);
      return batch
          .at(look == Look.AHEAD ? x.plus(carried) : x)
          .map(
              there -> {
                memory.first = carried.plus(-step, there.residual());
                return x.plus(memory.first);
              });
    }
  }

  /**
   * x - min(longest, (f_i - lower) / |g_i|^2) g_i, {@code lower} being a bound of every f_i.
   * Source: Loizou, Vaswani, Laradji and Lacoste-Julien 2021 (SPS_max, c = 1).
   */
  record Polyak(double lower, double longest) implements StochasticStep {
    public Polyak {
      positive("longest step", longest);
    }

    @Override
    public String name() {
      return "sgd with polyak steps";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      return batch
          .at(x)
          .map(
              here -> {
                double squared = here.residual().dot(here.residual());
                double gap = Math.max(0, here.value().orElseThrow() - lower);
                double step = squared == 0 ? 0 : Math.min(longest, gap / squared);
                return x.plus(-step, here.residual());
              });
    }
  }

  /**
   * The longest of {@code longest}, its half, its quarter, ... with f_i(x - t g_i) &lt;= f_i - t/2
   * |g_i|^2; eight at a time in one pass. Source: Vaswani et al. 2019.
   */
  record Armijo(double longest) implements StochasticStep {
    private static final int TOGETHER = 8;
    private static final int ROUNDS = 6;

    public Armijo {
      positive("longest step", longest);
    }

    @Override
    public String name() {
      return "sgd with armijo steps";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      return batch.at(x).map(here -> searched(batch, x, here));
    }

    private Matrix searched(Batch batch, Matrix x, Problem.Evaluated here) {
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
  }

  /** Steps by running means of g_i and its square. Source: Kingma and Ba 2015, algorithm 1. */
  record Adam(double rate, double beta1, double beta2, double epsilon) implements StochasticStep {
    public Adam {
      positive("rate", rate);
      positive("epsilon", epsilon);
      if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "Invalid betas: " + beta1 + ", " + beta2 + " (must be in [0, 1))");
      }
    }

    /** With the published betas, 0.9 and 0.999, and epsilon 1e-8. */
    public static Adam of(double rate) {
      return new Adam(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public String name() {
      return "adam";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      return batch.at(x).map(here -> next(x, here.residual(), memory));
    }

    /** The next point by a gradient at x that the caller has; x may be of any shape. */
    public Matrix next(Matrix x, Matrix gradient, Memory memory) {
      memory.steps++;
      memory.first = memory.first.times(beta1).plus(1 - beta1, gradient);
      memory.second = memory.second.times(beta2).plus(1 - beta2, gradient.map(v -> v * v));
      double unbias1 = 1 - Math.pow(beta1, memory.steps);
      double unbias2 = 1 - Math.pow(beta2, memory.steps);
      return x.plus(
          -rate,
          memory.first.with(
              memory.second, (m, v) -> m / unbias1 / (Math.sqrt(v / unbias2) + epsilon)));
    }
  }

  /**
   * x - rate (g_i(x) - g_i(z) + g(z)), z being where all rows were seen last: it converges with a
   * constant rate. Both g_i are one pass. Source: Johnson and Zhang 2013.
   */
  record Svrg(double rate) implements StochasticStep {
    public Svrg {
      positive("rate", rate);
    }

    @Override
    public String name() {
      return "svrg";
    }

    @Override
    public Optional<Matrix> next(Batch batch, Matrix x, Memory memory) {
      return batch
          .at(List.of(x, memory.anchor))
          .map(
              both -> {
                Matrix change = both.get(0).residual().minus(both.get(1).residual());
                return x.plus(-rate, change.plus(memory.gradient));
              });
    }
  }
}
