package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A prior on theta, by which thetas of one kind, such as the penalties of all features, are shrunk
 * to their mean:
 *
 * <pre>
 *   P(theta) = rho/2 sum_g sum_(j in g) (theta_j - m_g)^2,    m_g = 1/q_g sum_(j in g) theta_j
 *   dP/dtheta_j = rho (theta_j - m_g),    d2P = rho (I - 1/q_g 1 1') within kind g
 * </pre>
 *
 * <p>It is a value in theta like any other, so that gradients, Hessians and certificates of an
 * outer problem know it. Of rho = 0 the problem is itself; as rho grows, one common theta a kind is
 * left, which P does not hold anywhere. It reads no row: no pass. Source: Gelman et al., Bayesian
 * Data Analysis, chapter 5, the normal hierarchical model with a flat prior on its mean.
 *
 * @param strength rho
 * @param kinds how many thetas each kind g has, q_g, in the order of theta
 */
public record Prior(double strength, List<Integer> kinds) {
  public Prior {
    if (!(strength >= 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid strength of a prior: " + strength + " (must be >= 0 and finite)");
    }
    kinds = List.copyOf(kinds);
    for (int size : kinds) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "Invalid kind of thetas: of " + size + " (must have one at least)");
      }
    }
  }

  /** The same of another strength. */
  public Prior withStrength(double other) {
    return new Prior(other, kinds);
  }

  private int thetas() {
    return kinds.stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether some kind has thetas that can differ. */
  public boolean isUseful() {
    return kinds.stream().anyMatch(size -> size > 1);
  }

  /** P(theta), 1 x 1; refuses another number of thetas. */
  Var of(Var theta) {
    int rows = theta.shape().rows().size();
    if (rows != thetas()) {
      throw new IllegalArgumentException(
          "Invalid prior: of kinds %s, that is %s thetas (must be of the problem's %s)"
              .formatted(kinds, thetas(), rows));
    }
    List<Var> squares = new ArrayList<>();
    int from = 0;
    for (int size : kinds) {
      Var kind = theta.slice(Side.ROWS, from, from + size);
      squares.add(kind.minus(kind.sum().divide(size)).square().sum());
      from += size;
    }
    return squares.stream().reduce(Var::plus).orElseThrow().times(strength / 2);
  }

  /** P at a theta. */
  public double value(Matrix theta) {
    double sum = 0;
    int from = 0;
    for (int size : kinds) {
      Matrix kind = theta.rows(from, from + size);
      double mean = Arrays.stream(kind.toArray()).average().orElseThrow();
      Matrix apart = kind.map(each -> each - mean);
      sum += apart.dot(apart);
      from += size;
    }
    return strength / 2 * sum;
  }
}
