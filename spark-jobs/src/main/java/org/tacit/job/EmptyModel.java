package org.tacit.job;

import java.util.Locale;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * A solution of an l1 problem in which every coefficient is zero: nothing depends on theta there,
 * so that no derivative tells where to go. Coefficients appear once all of theta is lowered by some
 * s, which is found by bisection on |F(x, theta - s)|, a pass each.
 */
final class EmptyModel {
  private static final double FARTHEST = 64;
  private static final double CLOSE = 1e-4;
  private static final double MARGIN = 1;

  private EmptyModel() {}

  /** What to say of it; nothing where a coefficient is not zero. */
  static Optional<String> warning(Workspace workspace, Matrix theta, Solution inner) {
    Matrix x = inner.value();
    boolean isEmpty =
        inner.outcome() != Outcome.NOT_FINITE
            && !workspace.settings().model().isSmooth()
            && workspace.coefficients(theta, x).maxAbs() == 0;
    return isEmpty ? Optional.of(described(workspace, theta, x)) : Optional.empty();
  }

  private static String described(Workspace workspace, Matrix theta, Matrix x) {
    double shift = shift(workspace, theta, x);
    String where = theta.size() == 1 ? " at theta = " + number(theta.at(0)) : " at these thetas";
    if (shift >= FARTHEST) {
      return "no coefficient is non-zero"
          + where
          + ", nor at any lower penalty (the features say nothing of the label)";
    }
    String kink =
        shift < 2 * CLOSE ? "; it stands on the kink where the first of them appears" : "";
    String remedy =
        theta.size() == 1
            ? "coefficients appear below theta = %s, try %s"
                .formatted(number(theta.at(0) - shift), number(theta.at(0) - shift - MARGIN))
            : "coefficients appear when all thetas are lowered by more than %s, try %s"
                .formatted(number(shift), number(shift + MARGIN));
    return "no coefficient is non-zero" + where + kink + ": start lower (" + remedy + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** The least s, to {@value #CLOSE}, or {@value #FARTHEST} where there is none below. */
  private static double shift(Workspace workspace, Matrix theta, Matrix x) {
    double rest = residual(workspace, theta, x, 0);
    double low = 0;
    double high = CLOSE;
    while (high < FARTHEST && residual(workspace, theta, x, high) <= rest) {
      low = high;
      high *= 4;
    }
    if (high >= FARTHEST) {
      return FARTHEST;
    }
    while (high - low > CLOSE) {
      double middle = (low + high) / 2;
      if (residual(workspace, theta, x, middle) > rest) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double residual(Workspace workspace, Matrix theta, Matrix x, double shift) {
    return workspace
        .inner()
        .residualNorm(workspace.passes().in("check"), theta.map(t -> t - shift), x);
  }
}
