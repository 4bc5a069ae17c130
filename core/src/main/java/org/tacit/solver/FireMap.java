package org.tacit.solver;

import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * {@link Fire} of given steps of time as a program: the map T of its state (x, v, dt, a, downhill),
 * for its iterations to be differentiated as the program that they are.
 *
 * <p>Whether the ball rolls uphill, and so dt, a and the count, do not move with theta: they are
 * constant between the thetas at which another step would be uphill.
 */
public final class FireMap {
  private final Condition gradient;
  private final Fire.Pace pace;

  private FireMap(Condition gradient, Fire.Pace pace) {
    this.gradient = gradient;
    this.pace = pace;
  }

  /** The map for a condition F that is a gradient. */
  public static FireMap of(Condition gradient, double first, double longest) {
    return new FireMap(gradient, new Fire.Pace(first, longest));
  }

  /** How many numbers a state is. */
  public int size() {
    return 2 * gradient.unknowns() + 3;
  }

  /** The state at rest in x. */
  public Matrix start(Matrix x) {
    double[] state = new double[size()];
    System.arraycopy(x.toArray(), 0, state, 0, x.rows());
    state[2 * x.rows()] = pace.first();
    state[2 * x.rows() + 1] = Fire.TURN;
    return Matrix.column(state);
  }

  /** The x of a state, or of a state's tangents. */
  public Matrix x(Matrix state) {
    int n = gradient.unknowns();
    return Matrix.adopting(
        n, state.cols(), java.util.Arrays.copyOf(state.toArray(), n * state.cols()));
  }

  /** The state after one step. */
  public Var next(Var state, Var theta) {
    int n = gradient.unknowns();
    Var x = state.slice(Side.ROWS, 0, n);
    Var v = state.slice(Side.ROWS, n, 2 * n);
    Var dt = state.at(2 * n);
    Var turn = state.at(2 * n + 1);
    Var g = Substitution.in(gradient.residual(), Map.of(gradient.x(), x, gradient.theta(), theta));
    Var isDownhill = g.dot(v).lessThan(Var.constant(0));
    Var downhill = isDownhill.times(state.at(2 * n + 2).plus(1));
    Var isLate = downhill.greaterThan(Var.constant(Fire.DELAY));
    Var isRolling = v.abs().sum().greaterThan(Var.constant(0));
    Var longer = Var.where(isLate, dt.times(Fire.GROWTH).min(Var.constant(pace.longest())), dt);
    Var shorter = Var.where(isRolling, dt.times(Fire.SHORTER), dt);
    Var nextDt = Var.where(isDownhill, longer, shorter);
    Var nextTurn =
        Var.where(
            isDownhill, Var.where(isLate, turn.times(Fire.FALL), turn), Var.constant(Fire.TURN));
    Var isUphill = isDownhill.negate().plus(1);
    Var from = x.minus(isUphill.times(dt).times(0.5).times(v));
    Var pulled = isDownhill.times(v).minus(nextDt.times(g));
    Var towards = norm(pulled).divide(norm(g)).times(nextTurn);
    Var nextV = nextTurn.negate().plus(1).times(pulled).minus(towards.times(g));
    Var nextX = from.plus(nextDt.times(nextV));
    return Var.concatenate(Side.ROWS, List.of(nextX, nextV, nextDt, nextTurn, downhill));
  }

  private static Var norm(Var column) {
    return column.transpose().normCols();
  }
}
