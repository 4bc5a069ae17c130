package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.ArrayList;
import java.util.List;
import org.tacit.breeze.Eigenvalues;
import org.tacit.config.Section;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;

/**
 * Ridge regression with a penalty a coordinate,
 *
 * <pre>
 *   x*(theta) = argmin |Phi x - y|^2 / (2 n) + sum_j theta_j x_j^2 / 2,
 * </pre>
 *
 * solved by K steps of gradient descent from 0. At each iterate x_K: the error of the implicit
 * Jacobian at x_K, that of the Jacobian of x_K itself (unrolled), and the bound of Theorem 1, |x_K
 * - x*| / alpha: A does not depend on x, B = diag(x), and alpha is the smallest eigenvalue.
 */
final class Precision {
  private Precision() {}

  /** One iterate: its number and three errors. */
  private record Point(
      int iterations, double ofIterate, double ofImplicit, double ofUnrolled, double bound) {}

  static Findings run(Setup setup) {
    Section settings = setup.settings("data label penalty iterations points");
    double penalty =
        settings.number("penalty", 1e-2, v -> v >= 1e-12 && v <= 1e12, "in [1e-12, 1e12]");
    int most = settings.integer("iterations", 4000, 1);
    int points = settings.integer("points", 60, 2);
    Samples read = setup.samples(settings);
    Samples samples = read.standardisedLike(read);
    List<Point> curve = curve(setup, samples, penalty, most, points);
    return findings(samples, curve);
  }

  private static List<Point> curve(
      Setup setup, Samples samples, double penalty, int most, int points) {
    int p = samples.features().cols();
    Table table = samples.table();
    Passes passes = Passes.over("train", table);
    Condition ridge = ridge(new Rows("train", table.schema()), p);
    Matrix theta = Matrix.filled(p, 1, penalty);
    Spectrum spectrum = Spectrum.of(samples.features(), penalty);
    ImplicitFunction function = ImplicitFunction.of(ridge);
    List<Point> curve = new ArrayList<>();
    try (ImplicitSolution exact = function.solve(passes, theta)) {
      Matrix jacobian = exact.jacobian().orThrow();
      for (int k : equalRatios(most, points)) {
        Unrolled.Derivative unrolled =
            Unrolled.ofDescent(ridge, 1 / spectrum.largest(), k)
                .jacobian(passes, theta, Matrix.zeros(p, 1));
        double ofIterate = unrolled.x().minus(exact.x()).norm();
        try (ImplicitSolution at = function.at(passes, theta, unrolled.x())) {
          curve.add(
              new Point(
                  k,
                  ofIterate,
                  at.jacobian().value().minus(jacobian).norm(),
                  unrolled.value().minus(jacobian).norm(),
                  ofIterate / spectrum.smallest()));
        }
      }
    }
    setup.say("precision: %d iterates up to %d, %d coordinates", curve.size(), most, p);
    return curve;
  }

  private static Condition ridge(Rows rows, int p) {
    return Stationarity.ofStronglyConvex(
        Parameters.vector(p),
        Parameters.vector(p),
        (x, theta) ->
            rows.features()
                .matmul(x)
                .minus(rows.label())
                .square()
                .times(0.5)
                .meanRows()
                .plus(theta.times(x.square()).sum().times(0.5)));
  }

  /** 1 to {@code most}, about equally far apart on a logarithmic axis. */
  private static List<Integer> equalRatios(int most, int points) {
    List<Integer> ks = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      int k = (int) Math.round(Math.pow(most, i / (points - 1.0)));
      if (ks.isEmpty() || k > ks.get(ks.size() - 1)) {
        ks.add(k);
      }
    }
    return ks;
  }

  private static Findings findings(Samples samples, List<Point> curve) {
    Chart chart =
        new Chart(
            "Jacobian error of ridge regression on diabetes",
            Axis.logarithmic("error of the iterate, |x - x*|"),
            Axis.logarithmic("error of the Jacobian, |J - J*|"));
    chart.add("implicit", Look.IMPLICIT.line(), curve, Point::ofIterate, Point::ofImplicit);
    chart.add("unrolled", Look.UNROLLED.line(), curve, Point::ofIterate, Point::ofUnrolled);
    chart.add("bound of Theorem 1", Look.REFERENCE.line(), curve, Point::ofIterate, Point::bound);
    long within = curve.stream().filter(c -> c.ofImplicit <= c.bound).count();
    return new Findings()
        .with("rows", samples.count())
        .with("points", curve.size())
        .with("pointsWithinTheBound", within)
        .with(
            "mostUnrolledToImplicit",
            curve.stream().mapToDouble(c -> c.ofUnrolled / c.ofImplicit).max().orElseThrow())
        .with(
            "precision.csv",
            "iterations",
            curve,
            Point::iterations,
            column("iterate error", Point::ofIterate),
            column("implicit error", Point::ofImplicit),
            column("unrolled error", Point::ofUnrolled),
            column("bound", Point::bound))
        .with(Panels.of("precision", chart));
  }

  /** The smallest and the largest eigenvalue of Phi' Phi / n + penalty I. */
  private record Spectrum(double smallest, double largest) {
    static Spectrum of(Matrix phi, double penalty) {
      Matrix gram = phi.transpose().times(phi).times(1.0 / phi.rows());
      double[] ascending = Eigenvalues.ofSymmetric(gram).toArray();
      return new Spectrum(
          Math.max(0, ascending[0]) + penalty, ascending[ascending.length - 1] + penalty);
    }
  }
}
