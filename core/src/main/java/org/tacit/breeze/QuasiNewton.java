package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGSB;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.tacit.matrix.Blas;
import org.tacit.matrix.Matrix;
import scala.Tuple2;

/**
 * Breeze's L-BFGS, L-BFGS-B or OWL-QN as an iterator of its states, so that the caller stops by its
 * own criterion.
 *
 * <p>Breeze's first step has length one, its line search lengthens a step 57 times at most, and it
 * gives up where |step| |gradient| is below 1e-10: all three in the units of x and f. So it works
 * here in units of the problem, x = origin + scale z and f / (scale |gradient|), whose scale is the
 * length of the steepest descent step that the curvature at the start suggests (one evaluation).
 * Where its line search fails after all, it begins anew from the lowest point seen, in units of the
 * way to there.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 7.2; Byrd, Lu, Nocedal
 * and Zhu, A limited memory algorithm for bound constrained optimization, 1995; Andrew and Gao,
 * Scalable training of L1-regularized log-linear models, 2007.
 */
public final class QuasiNewton implements Iterator<QuasiNewton.State> {
  /** New beginnings in a row; more is an objective without a minimum. */
  private static final int MOST_RESTARTS = 8;

  private static final double PROBE = 1e-4;

  private static final int LEAST_MEMORY = 10;
  private static final int MOST_MEMORY = 100;

  /** Numbers that the memory's pairs may hold, where that allows more than the least: 128 MB. */
  private static final int NUMBERS = 16_000_000;

  static {
    Blas.start();
  }

  private final Objective objective;
  private final BreezeMethod method;
  private State current;
  private double scale;
  private BreezeFunction function;
  private scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      steps;
  private int accepted;
  private int restarts;
  private boolean isStarted;

  private QuasiNewton(Objective objective, BreezeMethod method, State start) {
    this.objective = objective;
    this.method = method;
    this.current = start;
  }

  /** A function with its gradient. */
  public interface Objective {
    /** Value and gradient at x; a value that is not finite makes the line search back off. */
    Point at(Matrix x);
  }

  /** A value and a gradient. */
  public record Point(double value, Matrix gradient) {
    boolean isFinite() {
      return Double.isFinite(value) && gradient.isFinite();
    }
  }

  /**
   * One state of the iteration.
   *
   * @param value the whole objective's
   * @param smooth that of its smooth part
   * @param gradient that of its smooth part
   * @param isStuck whether the line search found no better point: the iteration ends here
   */
  public record State(Matrix x, double value, double smooth, Matrix gradient, boolean isStuck) {
    static State of(BreezeMethod method, Matrix x, Point point) {
      double smooth = point.value();
      return new State(x, smooth + method.penalty(x), smooth, point.gradient(), false);
    }

    private State stuck() {
      return new State(x, value, smooth, gradient, true);
    }
  }

  /**
   * As many pairs of steps and changes of the gradient as fit, 10 to 100 by the number of unknowns:
   * a pass over the rows costs more than products with them, and ill-conditioned problems take half
   * the passes with 100 pairs that they take with 10.
   */
  public static int memory(int unknowns) {
    return Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, NUMBERS / (2 * Math.max(1, unknowns))));
  }

  /**
   * Where the iteration starts.
   *
   * @param memory pairs kept; by default {@link #memory(int)}, ten where there are bounds
   */
  public record Start(Matrix x, OptionalInt memory) {}

  /**
   * The states from {@code start} on, that included, each lower than the one before. Each costs one
   * evaluation, or some more when the line search needs them.
   */
  public static Iterator<State> states(Objective objective, Start start) {
    return states(objective, new Unconstrained(pairs(start)), start.x);
  }

  /**
   * The same on low &lt;= x &lt;= high, by L-BFGS-B from the point of it that is nearest to {@code
   * start}. Nothing is evaluated outside.
   *
   * @param low n x 1, elements may be infinite
   * @param high n x 1, elements may be infinite
   */
  public static Iterator<State> bounded(Objective objective, Start start, Matrix low, Matrix high) {
    int pairs = start.memory.orElse(LEAST_MEMORY);
    return states(objective, new Bounded(low, high, pairs), start.x);
  }

  /**
   * The same for the objective plus sum_j weights_j |x_j|, by OWL-QN.
   *
   * @param weights n x 1, >= 0
   */
  public static Iterator<State> orthantwise(Objective objective, Start start, Matrix weights) {
    return states(objective, new Orthantwise(weights, pairs(start)), start.x);
  }

  private static int pairs(Start start) {
    return start.memory.orElseGet(() -> memory(start.x.rows()));
  }

  private static Iterator<State> states(Objective objective, BreezeMethod method, Matrix start) {
    Matrix from = method.nearest(start);
    return new QuasiNewton(objective, method, State.of(method, from, objective.at(from)));
  }

  @Override
  public boolean hasNext() {
    return !current.isStuck();
  }

  @Override
  public State next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The line search is stuck");
    }
    if (isStarted) {
      advance();
    }
    isStarted = true;
    return current;
  }

  private void advance() {
    if (method.downhill(current.x(), current.gradient()).norm() == 0) {
      current = current.stuck();
      return;
    }
    if (function == null) {
      scale = cauchyStep();
      begin();
    }
    while (!current.isStuck() && !step()) {
      restart();
    }
  }

  /** Whether Breeze made a step; it takes one of no length for a descent, too. */
  private boolean step() {
    try {
      int made = steps.next().iter();
      if (made == accepted) {
        return false;
      }
      accepted = made;
    } catch (BreezeFunction.FlatException flat) {
      current = current.stuck();
      return true;
    } catch (BreezeFunction.ObjectiveException failed) {
      throw failed.thrown();
    } catch (RuntimeException ofBreeze) {
      // Its line searches refuse lengths and slopes that rounding makes, its systems dependent
      // steps.
      return false;
    }
    State next = function.last();
    if (next.x().equals(current.x()) || next.value() > current.value() + function.noise()) {
      return false; // Where values are beyond 1e100 its line search may take a higher one.
    }
    restarts = 0;
    current = next;
    function.beginSearch(current);
    return true;
  }

  /**
   * Where a line search failed: on from the lowest point it saw, or with shorter steps, or without
   * the steps of the past where those may lie on the other side of a kink.
   */
  private void restart() {
    State lowest = function.lowest();
    if (restarts++ >= MOST_RESTARTS) {
      current = current.stuck();
    } else if (lowest.value() < current.value()) {
      scale = lowest.x().minus(current.x()).norm();
      current = lowest;
      begin();
    } else if (function.hasRefused()) {
      scale *= PROBE;
      begin();
    } else if (accepted > 0 && method.hasKinks()) {
      scale = cauchyStep();
      begin();
    } else {
      current = current.stuck();
    }
  }

  private void begin() {
    double slope = method.downhill(current.x(), current.gradient()).norm();
    Units units = new Units(method.origin(current.x()), scale, slope);
    function = new BreezeFunction(objective, method, units, current);
    accepted = 0;
    steps = method.iterations(units, function.asBreeze(), units.z(current.x()));
    steps.next();
  }

  /** |d| / (d'Hd / d'd) along d, downhill; H d being a difference of gradients. */
  private double cauchyStep() {
    Matrix x = current.x();
    Matrix downhill = method.downhill(x, current.gradient());
    double slope = downhill.norm();
    double length = PROBE * Math.max(1, x.norm());
    Matrix probe = method.nearest(x.plus(length / slope, downhill));
    Matrix moved = probe.minus(x);
    double distance = moved.norm();
    Point there = objective.at(probe);
    if (!there.isFinite()) {
      return distance;
    }
    double change = moved.dot(there.gradient().minus(current.gradient())) / (distance * slope);
    return change > 0 ? distance / Math.max(change, PROBE * PROBE) : Math.max(1, distance);
  }

  /**
   * The direction of one step of Breeze's L-BFGS-B from given pairs, for a caller that takes its
   * own steps: towards the minimiser of the quadratic model in low &lt;= x &lt;= high, on the
   * unknowns that no bound holds at the Cauchy point.
   *
   * @param low n x 1, elements may be infinite
   * @param high n x 1, elements may be infinite
   * @param pairs kept
   */
  public record BoundedDirection(Matrix low, Matrix high, int pairs) {
    /**
     * The direction at x of gradient g; empty where rounding makes the pairs dependent.
     *
     * @param moves changes of x, n x k, the newest last
     * @param bends the changes of the gradient along them
     */
    public Optional<Matrix> of(Matrix x, Matrix g, Matrix moves, Matrix bends) {
      LBFGSB method =
          new LBFGSB(BreezeFunction.vector(low), BreezeFunction.vector(high), 1, pairs, 0, 1, 1);
      DenseVector<Object> at = BreezeFunction.vector(x);
      DenseVector<Object> slope = BreezeFunction.vector(g);
      // It is asked for no value.
      DiffFunction<DenseVector<Object>> unasked = BreezeFunction.of(z -> 0.0, z -> slope);
      try {
        LBFGSB.History history = method.initialHistory(unasked, at);
        for (int k = 0; k < moves.cols(); k++) {
          history =
              method.updateSkYkHessianApproxMat(
                  history,
                  BreezeFunction.vector(moves.columnAt(k)),
                  BreezeFunction.vector(bends.columnAt(k)));
        }
        Tuple2<DenseVector<Object>, DenseVector<Object>> cauchy =
            method.getGeneralizedCauchyPoint(history, at, slope);
        DenseVector<Object> to =
            method.subspaceMinimization(history, cauchy._1(), at, cauchy._2(), slope);
        return Optional.of(BreezeFunction.matrix(to).minus(x));
      } catch (RuntimeException ofBreeze) {
        return Optional.empty();
      }
    }
  }
}
