package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;

/**
 * Relative errors of dx* / dtheta at an iterate on the way to x*, theta a number: of the implicit
 * derivative there, and of that of the iterations.
 *
 * @param k iterations so far
 */
record WayPoint(int k, double implicit, double unrolled) {
  /** Errors that a logarithmic axis does not show. */
  private static final double LEAST = 1e-16;

  /** Those of iterates, held against the derivative at their end. */
  static List<WayPoint> of(
      ImplicitFunction function,
      Function<Matrix, Passes> tables,
      Matrix theta,
      List<Unrolled.Derivative> iterates,
      Matrix expected) {
    List<WayPoint> way = new ArrayList<>();
    for (Unrolled.Derivative iterate : iterates) {
      try (ImplicitSolution as = function.at(tables.apply(iterate.x()), theta, iterate.x())) {
        Matrix implicit = as.jvp(Matrix.scalar(1)).value();
        way.add(
            new WayPoint(
                iterate.iterations(),
                Math.max(LEAST, SensitivityCheck.relative(implicit, expected)),
                Math.max(LEAST, SensitivityCheck.relative(iterate.value(), expected))));
      }
    }
    return way;
  }

  /** Of repeated runs, equally long. */
  static Picture picture(String name, String title, List<List<WayPoint>> ways) {
    Chart chart =
        new Chart(
            title,
            Axis.straight("iterations"),
            Axis.logarithmic("relative error of dx/dtheta (1 is 100 %)"));
    Spread<WayPoint> spread = new Spread<>(chart, ways, WayPoint::k);
    spread.add(Look.IMPLICIT, "implicit, at the iterate", WayPoint::implicit);
    spread.add(Look.UNROLLED, "unrolled", WayPoint::unrolled);
    return Panels.of(name, List.of(chart), spread.note("starts"));
  }
}
