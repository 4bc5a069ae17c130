package org.tacit.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;

/**
 * How one packing moves with the diameter.
 *
 * @param x the packing
 * @param moved dx* / dtheta
 * @param error of it, relative to the central difference
 * @param reason why its certificate does not trust it
 * @param kinkDistance how far the nearest overlap is from zero
 * @param rattlers spheres without a contact
 * @param contactChanges contacts that open or close within the difference
 * @param points errors on FIRE's way there
 */
record Sensitivity(
    Matrix x,
    Matrix moved,
    double error,
    Optional<String> reason,
    double kinkDistance,
    int rattlers,
    int contactChanges,
    List<Point> points) {
  static final List<String> HEADER =
      List.of(
          "start",
          "norm",
          "relative error",
          "trusted",
          "kink distance",
          "rattlers",
          "contact changes",
          "implicit error at the last iterate",
          "unrolled error");

  private static final Matrix ONE = Matrix.scalar(1);

  /** Relative errors of both derivatives at an iterate. */
  record Point(int k, double ofImplicit, double ofUnrolled) {}

  static Sensitivity of(
      Relaxation relaxation, double theta, Relaxation.Unrolling unrolling, double h) {
    Matrix x = relaxation.relaxed(theta, unrolling.x()).value();
    Matrix ahead = relaxation.again(theta + h, x).value();
    Matrix behind = relaxation.again(theta - h, x).value();
    Matrix difference = ahead.minus(behind).times(0.5 / h);
    SoftSpheres spheres = relaxation.spheres();
    try (ImplicitSolution solution = relaxation.at(theta, x)) {
      Derivative derivative = solution.jvp(ONE);
      Certificate certificate = solution.certificateAlong(ONE, derivative);
      Matrix moved = derivative.value();
      Set<Integer> contacts = spheres.contacts(x, theta);
      Set<Integer> ever = new HashSet<>(contacts);
      Set<Integer> always = new HashSet<>(contacts);
      for (Set<Integer> end :
          List.of(spheres.contacts(ahead, theta + h), spheres.contacts(behind, theta - h))) {
        ever.addAll(end);
        always.retainAll(end);
      }
      return new Sensitivity(
          x,
          moved,
          relative(moved, difference),
          certificate.reason(),
          certificate.kinkDistance().orElse(Double.NaN),
          spheres.rattlers(contacts),
          ever.size() - always.size(),
          points(relaxation, theta, unrolling, moved));
    }
  }

  private static List<Point> points(
      Relaxation relaxation, double theta, Relaxation.Unrolling unrolling, Matrix moved) {
    List<Point> points = new ArrayList<>();
    for (Relaxation.Iterate iterate : unrolling.iterates()) {
      try (ImplicitSolution at = relaxation.at(theta, iterate.x())) {
        points.add(
            new Point(
                iterate.k(),
                relative(at.jvp(ONE).value(), moved),
                relative(iterate.tangent(), moved)));
      }
    }
    return points;
  }

  private static double relative(Matrix found, Matrix expected) {
    return found.minus(expected).norm() / expected.norm();
  }

  boolean isTrusted() {
    return reason.isEmpty();
  }

  Point last() {
    return points.get(points.size() - 1);
  }

  /** What there is to say of it, in a line. */
  String says() {
    return String.format(
        Locale.ROOT,
        "|dx| %.4g, error %.1e, unrolled %.1e, %d rattlers, %d contacts change within the"
            + " difference; %s",
        moved.norm(),
        error,
        last().ofUnrolled(),
        rattlers,
        contactChanges,
        reason.map(why -> "not trusted: " + why).orElse("trusted"));
  }

  double[] numbers() {
    return new double[] {
      moved.norm(),
      error,
      isTrusted() ? 1 : 0,
      kinkDistance,
      rattlers,
      contactChanges,
      last().ofImplicit(),
      last().ofUnrolled()
    };
  }
}
