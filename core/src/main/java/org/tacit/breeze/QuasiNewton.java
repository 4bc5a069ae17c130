package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.tacit.matrix.Matrix;

/**
 * Breeze's L-BFGS as an iterator of its states, so that the caller stops by its own criterion.
 *
 * <p>Breeze's first step has length one, its line search lengthens a step 57 times at most, and it
 * gives up where |step| |gradient| is below 1e-10: all three in the units of x and f. So it works
 * here in units of the problem, x = origin + scale z and f / (scale |gradient|), whose scale is the
 * length of the steepest descent step that the curvature at the start suggests (one evaluation).
 * Where its line search fails after all, it begins anew from the lowest point seen, in units of the
 * way to there.
 *
 * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section 7.2, with a strong Wolfe
 * line search.
 */
public final class QuasiNewton implements Iterator<QuasiNewton.State> {
  private static final int LEAST_MEMORY = 10;
  private static final int MOST_MEMORY = 100;

  /** Numbers that the memory's pairs may hold, where that allows more than the least: 128 MB. */
  private static final int NUMBERS = 16_000_000;

  /** New beginnings in a row; more is an objective without a minimum. */
  private static final int MOST_RESTARTS = 8;

  private static final double PROBE = 1e-4;

  private final Objective objective;
  private State current;
  private double scale;
  private BreezeFunction function;
  private scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
      steps;
  private int accepted;
  private int restarts;
  private boolean isStarted;

  private QuasiNewton(Objective objective, State start) {
    this.objective = objective;
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
   * @param isStuck whether the line search found no better point: the iteration ends here
   */
  public record State(Matrix x, double value, Matrix gradient, boolean isStuck) {
    static State of(Matrix x, Point point) {
      return new State(x, point.value(), point.gradient(), false);
    }

    private State stuck() {
      return new State(x, value, gradient, true);
    }
  }

  /**
   * The states from {@code start} on, that included, each lower than the one before. Each costs one
   * evaluation, or some more when the line search needs them.
   */
  public static Iterator<State> states(Objective objective, Matrix start) {
    return new QuasiNewton(objective, State.of(start, objective.at(start)));
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
    if (current.gradient().norm() == 0) {
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

  /** Whether Breeze made a step. */
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
    }
    restarts = 0;
    current = function.last();
    function.beginSearch(current);
    return true;
  }

  /** Where a line search failed: on from the lowest point it saw, or with shorter steps. */
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
    } else {
      current = current.stuck();
    }
  }

  private void begin() {
    function = new BreezeFunction(objective, current, scale);
    accepted = 0;
    FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> never =
        FirstOrderMinimizer.searchFailed();
    LBFGS<DenseVector<Object>> method =
        new LBFGS<>(never, memory(current.x().size()), DenseVector$.MODULE$.space_Double());
    steps = method.iterations(function.asBreeze(), BreezeFunction.vector(function.origin()));
    steps.next();
  }

  /**
   * As many pairs of vectors as fit: a pass over the rows costs more than products with them, and
   * ill-conditioned problems take half the passes with 100 pairs that they take with 10.
   */
  private static int memory(int unknowns) {
    return Math.max(LEAST_MEMORY, Math.min(MOST_MEMORY, NUMBERS / (2 * Math.max(1, unknowns))));
  }

  /** |g| / (g'Hg / g'g), H g being a difference of gradients. */
  private double cauchyStep() {
    Matrix g = current.gradient();
    double length = PROBE * Math.max(1, current.x().norm());
    Matrix unit = g.times(1 / g.norm());
    Point there = objective.at(current.x().plus(-length, unit));
    if (!there.isFinite()) {
      return length;
    }
    double change = unit.dot(g.minus(there.gradient())) / g.norm();
    return change > 0 ? length / Math.max(change, PROBE * PROBE) : Math.max(1, length);
  }
}
