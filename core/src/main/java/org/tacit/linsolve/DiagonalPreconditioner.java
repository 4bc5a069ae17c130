package org.tacit.linsolve;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#diagonal()}, and {@link Preconditioner#estimatedDiagonal}. */
final class DiagonalPreconditioner {
  private static final String NAME = "diagonal";
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private DiagonalPreconditioner() {}

  static Preconditioner of(Matrix d) {
    for (int i = 0; i < d.size(); i++) {
      if (!(d.at(i) > 0) || Double.isInfinite(d.at(i))) {
        throw new IllegalArgumentException(
            "Invalid diagonal: " + d.at(i) + " at " + i + " (must be finite and > 0)");
      }
    }
    return Preconditioner.of(NAME, operator -> prepared(d, 0, operator));
  }

  static Preconditioner exact() {
    return Preconditioner.of(
        NAME,
        operator ->
            prepared(
                operator
                    .diagonal()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "Invalid operator: it does not know its diagonal (must; or give"
                                    + " one, or use estimated)")),
                1,
                operator));
  }

  static Preconditioner estimated(int probes, long seed) {
    if (probes < 1) {
      throw new IllegalArgumentException("Invalid probes: " + probes + " (must be >= 1)");
    }
    return Preconditioner.of(
        NAME,
        operator ->
            prepared(
                operator.diagonal().orElseGet(() -> estimate(operator, probes, seed)),
                1,
                operator));
  }

  /** The operator's own diagonal where it tells a positive one, one product; none otherwise. */
  static Preconditioner whereKnown(LinearOperator operator) {
    return told(operator).map(d -> atHand(d, 1, operator)).orElseGet(Preconditioner::none);
  }

  /** The operator's own diagonal where it tells a positive one. One product. */
  static Optional<Matrix> told(LinearOperator operator) {
    return operator.diagonal().filter(DiagonalPreconditioner::isPositive);
  }

  private static boolean isPositive(Matrix d) {
    for (double v : d.window().data()) {
      if (!(v > 0 && v < INFINITY)) {
        return false;
      }
    }
    return true;
  }

  /** By a diagonal that took so many products, for an operator of its size. */
  static Preconditioner atHand(Matrix d, int products, LinearOperator operator) {
    return NamedPreconditioner.atHand(NAME, prepared(d, products, operator));
  }

  private static Matrix estimate(LinearOperator operator, int probes, long seed) {
    Random random = new Random(seed);
    int n = operator.cols();
    Matrix z = Matrix.tabulate(n, probes, (i, j) -> random.nextBoolean() ? 1 : -1);
    Matrix weighted = z.with(operator.apply(z), (a, b) -> a * b);
    return weighted.times(Matrix.filled(probes, 1, 1.0 / probes));
  }

  /** Elements that are zero or not finite count as the largest. */
  private static Preconditioner.Prepared prepared(Matrix d, int products, LinearOperator operator) {
    if (d.rows() != operator.cols() || d.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid diagonal: %s x %s (must be %s x 1)"
              .formatted(d.rows(), d.cols(), operator.cols()));
    }
    double[] safe = magnitudes(d);
    double smallest = INFINITY;
    for (double v : safe) {
      smallest = Math.min(smallest, v);
    }
    return new Preconditioner.Prepared(
        r -> rowsDivided(r, safe), products, OptionalDouble.of(smallest));
  }

  private static double[] magnitudes(Matrix d) {
    double[] all = d.toArray();
    double largest = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = Double.isFinite(all[i]) ? Math.abs(all[i]) : 0;
      largest = Math.max(largest, all[i]);
    }
    largest = largest > 0 ? largest : 1;
    double least = Math.ulp(1.0) * largest;
    for (int i = 0; i < all.length; i++) {
      all[i] = all[i] > least ? all[i] : largest;
    }
    return all;
  }

  private static Matrix rowsDivided(Matrix r, double[] scales) {
    double[] elements = r.window().data();
    double[] divided = new double[elements.length];
    if (r.cols() == 1) {
      for (int i = 0; i < scales.length; i++) {
        divided[i] = elements[i] / scales[i];
      }
    } else {
      Arrays.setAll(divided, at -> elements[at] / scales[at / r.cols()]);
    }
    return Matrix.adopting(r.rows(), r.cols(), divided);
  }
}
