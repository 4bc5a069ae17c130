package org.tacit.implicit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.FixedPoint;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;

/**
 * K iterations x_(k+1) = T(x_k, theta) from a start that does not depend on theta, differentiated
 * as the program that they are: what implicit differentiation is compared with.
 *
 * <pre>
 *   forward:  dx_(k+1) = d1T dx_k + d2T dtheta                      K passes
 *   reverse:  theta_bar += d2T' x_bar,  x_bar = d1T' x_bar          2 K to 3 K passes
 * </pre>
 *
 * for a T of one pass; all directions share them. The derivative is that of x_K, not of the fixed
 * point: where T contracts by rho, its error falls like k rho^k, and that of the implicit
 * derivative at x_k like rho^k. Reverse mode keeps every ceil(sqrt(K))-th iterate and computes the
 * others again a run at a time: about 2 sqrt(K) vectors of the length of x. Source: arXiv
 * 2105.15183, section 1 and figure 3; Griewank and Walther, Evaluating Derivatives, 2008, chapter
 * 12.
 */
public final class Unrolled {
  private final ReadyCondition programs;
  private final UnrolledState state;
  private final UnrolledStep step;
  private final int iterations;
  private final int interval;

  private Unrolled(
      ReadyCondition programs,
      UnrolledState state,
      UnrolledStep step,
      int iterations,
      int interval) {
    requirePositive("iterations", iterations);
    requirePositive("checkpoint interval", interval);
    this.programs = programs;
    this.state = state;
    this.step = step;
    this.iterations = iterations;
    this.interval = interval;
  }

  /**
   * Iterations of the map T of a condition that is a fixed point, F = T - x. An automatic step is
   * held at what it is at the start.
   */
  public static Unrolled of(Condition fixedPoint, int iterations) {
    return of(fixedPoint, fixedPoint.x().plus(fixedPoint.residual()), iterations);
  }

  /**
   * Iterations of such a map with momentum, of which the accelerated proximal gradient method is
   * the case of {@link org.tacit.optimality.ProximalGradient}:
   *
   * <pre>
   *   x+ = T(y),   t+ = (1 + sqrt(1 + 4 t^2)) / 2,   y+ = x+ + (t - 1) / t+ (x+ - x),   y = x, t = 1 first
   * </pre>
   *
   * An iterate is 2 n + 1 numbers. Source: Beck and Teboulle, A fast iterative
   * shrinkage-thresholding algorithm, 2009, section 4.
   */
  public static Unrolled ofAccelerated(Condition fixedPoint, int iterations) {
    UnrolledState state = UnrolledState.withMomentum(fixedPoint.unknowns());
    Var map = fixedPoint.x().plus(fixedPoint.residual());
    Var all = Var.input("x", state.shape());
    Var next = state.accelerated(all, y -> Substitution.in(map, Map.of(fixedPoint.x(), y)));
    return of(fixedPoint, state, new UnrolledStep(all, fixedPoint.theta(), next), iterations);
  }

  /** Iterations of the map T, written on flat vectors of n and q numbers. */
  public static Unrolled of(int n, int q, BiFunction<Var, Var, Var> map, int iterations) {
    Condition condition = FixedPoint.of(n, q, map);
    return of(condition, map.apply(condition.x(), condition.theta()), iterations);
  }

  /** Steps of gradient descent, T = x - step F, on a condition F that is a gradient. */
  public static Unrolled ofDescent(Condition gradient, double step, int iterations) {
    if (!(step > 0)) {
      throw new IllegalArgumentException("Invalid step: " + step + " (must be > 0)");
    }
    return of(gradient, gradient.x().minus(gradient.residual().times(step)), iterations);
  }

  private static Unrolled of(Condition condition, Var map, int iterations) {
    UnrolledStep step = new UnrolledStep(condition.x(), condition.theta(), map);
    return of(condition, UnrolledState.of(condition.unknowns()), step, iterations);
  }

  private static Unrolled of(
      Condition condition, UnrolledState state, UnrolledStep step, int iterations) {
    int interval = (int) Math.ceil(Math.sqrt(iterations));
    return new Unrolled(ReadyCondition.of(condition), state, step, iterations, interval);
  }

  /** The same with every {@code newInterval}-th iterate kept for reverse mode; 1 keeps all. */
  public Unrolled withCheckpointInterval(int newInterval) {
    return new Unrolled(programs, state, step, iterations, newInterval);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + " (must be >= 1)");
    }
  }

  /**
   * A derivative of the last iterate, and what it took.
   *
   * @param x the last iterate x_K
   * @param iterations K
   * @param passes over tables, those of the iterations included
   * @param storedIterates the most iterates that were kept at once for reverse mode; 1 in forward
   *     mode
   */
  public record Derivative(
      Matrix value, Matrix x, int iterations, long passes, int storedIterates) {}

  /** dx_K for each column of {@code tangents}, parameters x k: unknowns x k. */
  public Derivative jvp(Passes passes, Matrix theta, Matrix start, Matrix tangents) {
    requireRows("theta", theta, step.parameters());
    requireRows("start", start, state.unknowns());
    requireRows("tangents", tangents, step.parameters());
    Matrix still = Matrix.zeros(start.rows(), tangents.cols());
    return jvp(passes, theta, new Derivative(still, start, 0, 0, 1), tangents);
  }

  /**
   * The same from where other iterations ended, with theirs: for maps that change on the way, as by
   * tables that are made again. Momentum begins anew.
   */
  public Derivative jvp(Passes passes, Matrix theta, Derivative from, Matrix tangents) {
    requireRows("theta", theta, step.parameters());
    requireRows("start", from.x(), state.unknowns());
    requireRows("tangents", tangents, step.parameters());
    Passes counted = held(passes.counted(), theta, from.x());
    UnrolledStep.Moving now =
        new UnrolledStep.Moving(state.from(from.x()), state.tangents(from.value()));
    for (int k = 0; k < iterations; k++) {
      now = step.forward(counted, theta, now, tangents);
    }
    return new Derivative(
        state.x(now.tangent()),
        state.x(now.x()),
        from.iterations() + iterations,
        from.passes() + counted.ledger().total(),
        1);
  }

  /**
   * The derivatives after K, 2 K, ... iterations without end, on tables that are made for where
   * each K of them begin: the neighbours of what a state is.
   */
  public Stream<Derivative> onTheWay(
      Function<Matrix, Passes> tables, Matrix theta, Matrix start, Matrix tangents) {
    Matrix still = Matrix.zeros(start.rows(), tangents.cols());
    return Stream.iterate(
            new Derivative(still, start, 0, 0, 1),
            now -> jvp(tables.apply(now.x()), theta, now, tangents))
        .skip(1);
  }

  /** x_K, K passes: {@link ImplicitFunction#at} differentiates it as a solution. */
  public Matrix last(Passes passes, Matrix theta, Matrix start) {
    requireRows("theta", theta, step.parameters());
    requireRows("start", start, state.unknowns());
    Passes counted = held(passes, theta, start);
    Matrix x = state.from(start);
    for (int k = 0; k < iterations; k++) {
      x = step.next(counted, theta, x);
    }
    return state.x(x);
  }

  /** The cotangent of theta for each column of {@code cotangents} of x_K: parameters x k. */
  public Derivative vjp(Passes passes, Matrix theta, Matrix start, Matrix cotangents) {
    requireRows("cotangents", cotangents, state.unknowns());
    return vjp(passes, theta, start, (Matrix x) -> cotangents);
  }

  /** The same for cotangents that are a function of x_K, as the gradient of an outer loss is. */
  public Derivative vjp(
      Passes passes, Matrix theta, Matrix start, UnaryOperator<Matrix> cotangentsOf) {
    requireRows("theta", theta, step.parameters());
    requireRows("start", start, state.unknowns());
    long before = passes.ledger().total(); // what cotangentsOf takes counts, too
    Passes counted = held(passes, theta, start);
    Map<Integer, Matrix> checkpoints = new HashMap<>();
    Matrix x = state.from(start);
    for (int k = 0; k < iterations; k++) {
      if (k % interval == 0) {
        checkpoints.put(k, x);
      }
      x = step.next(counted, theta, x);
    }
    Matrix cotangents = cotangentsOf.apply(state.x(x));
    requireRows("cotangents", cotangents, state.unknowns());
    UnrolledStep.Cotangents bar =
        new UnrolledStep.Cotangents(
            state.cotangents(cotangents), Matrix.zeros(theta.rows(), cotangents.cols()));
    int stored = checkpoints.size() + Math.min(interval, iterations) - 1;
    int end = iterations;
    while (end > 0) {
      int from = (end - 1) / interval * interval;
      List<Matrix> run = run(counted, theta, checkpoints.remove(from), end - from);
      for (int k = run.size() - 1; k >= 0; k--) {
        bar = step.backward(counted, theta, run.get(k), bar);
      }
      end = from;
    }
    return new Derivative(
        bar.ofTheta(), state.x(x), iterations, passes.ledger().total() - before, stored);
  }

  /** dx_K / dtheta, unknowns x parameters, by the mode that carries fewer directions. */
  public Derivative jacobian(Passes passes, Matrix theta, Matrix start) {
    if (step.parameters() <= state.unknowns()) {
      return jvp(passes, theta, start, Matrix.identity(step.parameters()));
    }
    Derivative rows = vjp(passes, theta, start, Matrix.identity(state.unknowns()));
    return new Derivative(
        rows.value().transpose(), rows.x(), iterations, rows.passes(), rows.storedIterates());
  }

  /** {@code count} iterates from {@code first} on, that one included. */
  private List<Matrix> run(Passes passes, Matrix theta, Matrix first, int count) {
    List<Matrix> iterates = new ArrayList<>(List.of(first));
    while (iterates.size() < count) {
      iterates.add(step.next(passes, theta, iterates.get(iterates.size() - 1)));
    }
    return iterates;
  }

  private Passes held(Passes passes, Matrix theta, Matrix start) {
    return programs.step(theta).held(passes.in("unrolled"), start);
  }

  private static void requireRows(String name, Matrix value, int rows) {
    if (value.rows() != rows) {
      throw new IllegalArgumentException(
          "Invalid " + name + ": " + value.rows() + " rows (must be " + rows + ")");
    }
  }
}
