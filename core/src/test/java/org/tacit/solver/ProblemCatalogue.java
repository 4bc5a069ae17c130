package org.tacit.solver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;

/** Problems whose values, residuals and Jacobians are written by hand, by name. */
final class ProblemCatalogue {
  /**
   * A problem with where to start.
   *
   * @param solution the solution, where it is known beforehand
   * @param distance how far from it a solver may end
   */
  record Case(
      Supplier<CountedProblem> problem, Matrix start, Optional<Matrix> solution, double distance) {}

  private static final Map<String, Case> CASES = cases();

  private ProblemCatalogue() {}

  static Case of(String name) {
    Case found = CASES.get(name);
    if (found == null) {
      throw new IllegalArgumentException("Unknown problem: " + name + " (of " + CASES.keySet());
    }
    return found;
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("quadratic", quadratic(30, 1e6, 1, 1));
    cases.put("large quadratic", quadratic(400, 1e4, 1, 1));
    cases.put("far quadratic", quadratic(30, 100, 1e4, 1));
    cases.put("tiny quadratic", quadratic(30, 100, 1, 1e-12));
    cases.put("huge quadratic", quadratic(30, 100, 1, 1e12));
    cases.put("logistic", logistic(1));
    cases.put("tiny logistic", logistic(1e-10));
    cases.put("rosenbrock", rosenbrock());
    cases.put("saddle", saddle());
    cases.put("barrier", barrier());
    cases.put("cosine", cosine());
    cases.put("cubic", cubic());
    cases.put("turning", turning());
    return Map.copyOf(cases);
  }

  private static Case known(Supplier<CountedProblem> problem, Matrix start, Matrix solution) {
    return new Case(problem, start, Optional.of(solution), 1e-7 * Math.max(1, solution.norm()));
  }

  /** scale (1/2 x'Ax - b'x) with its minimum at a point of this size. */
  private static Case quadratic(int n, double condition, double size, double scale) {
    Random random = new Random(11);
    Matrix a = RandomMatrix.symmetric(RandomMatrix.spectrum(n, condition), random).times(scale);
    Matrix solution = RandomMatrix.normal(n, 1, random).times(size);
    Matrix b = a.times(solution);
    return known(
        () ->
            CountedProblem.objective(
                n,
                Structure.POSITIVE_DEFINITE,
                x -> {
                  Matrix ax = a.times(x);
                  return new CountedProblem.At(0.5 * x.dot(ax) - b.dot(x), ax.minus(b));
                },
                x -> a),
        Matrix.zeros(n, 1),
        solution);
  }

  /** scale (mean softplus(-y X w) + 1e-3 / 2 |w|^2), 200 x 10, columns of sizes from 1 to 30. */
  private static Case logistic(double scale) {
    int n = 200;
    int p = 10;
    Random random = new Random(12);
    double[] elements = RandomMatrix.normal(n, p, random).toArray();
    for (int i = 0; i < elements.length; i++) {
      elements[i] *= Math.pow(30, (i % p) / (p - 1.0));
    }
    Matrix features = Matrix.adopting(n, p, elements);
    Matrix labels = RandomMatrix.normal(n, 1, random).map(v -> v > 0 ? 1 : -1);
    double ridge = 1e-3;
    Matrix none = Matrix.zeros(p, 1);
    Supplier<CountedProblem> problem =
        () ->
            CountedProblem.objective(
                p,
                Structure.POSITIVE_DEFINITE,
                w -> {
                  Matrix margins = features.times(w).with(labels, (m, y) -> m * y);
                  double loss = 0;
                  for (double m : margins.toArray()) {
                    loss += Math.max(0, -m) + Math.log1p(Math.exp(-Math.abs(m)));
                  }
                  Matrix slopes =
                      margins.with(labels, (m, y) -> -y / (1 + Math.exp(m)) * scale / n);
                  return new CountedProblem.At(
                      scale * (loss / n + ridge / 2 * w.dot(w)),
                      features.transpose().times(slopes).plus(scale * ridge, w));
                },
                w -> {
                  double[] margins = features.times(w).toArray();
                  double[] weighted = features.toArray();
                  for (int i = 0; i < weighted.length; i++) {
                    double s = 1 / (1 + Math.exp(margins[i / p]));
                    weighted[i] *= s * (1 - s) * scale / n;
                  }
                  return features
                      .transpose()
                      .times(Matrix.adopting(n, p, weighted))
                      .plus(scale * ridge, Matrix.identity(p));
                });
    return new Case(problem, none, Optional.empty(), 0);
  }

  /** (1 - x)^2 + 100 (y - x^2)^2. */
  private static Case rosenbrock() {
    return known(
        () ->
            CountedProblem.objective(
                2,
                Structure.SYMMETRIC,
                v -> {
                  double x = v.at(0);
                  double u = v.at(1) - x * x;
                  return new CountedProblem.At(
                      (1 - x) * (1 - x) + 100 * u * u,
                      Matrix.column(-2 * (1 - x) - 400 * x * u, 200 * u));
                },
                v -> {
                  double x = v.at(0);
                  return Matrix.of(2, 2, 2 - 400 * (v.at(1) - 3 * x * x), -400 * x, -400 * x, 200);
                }),
        Matrix.column(-1.2, 1),
        Matrix.column(1, 1));
  }

  /** (x^2 - 1)^2 / 4 + 50 y^2 from close to its saddle at zero in x and far off in y. */
  private static Case saddle() {
    return known(
        () ->
            CountedProblem.objective(
                2,
                Structure.SYMMETRIC,
                v -> {
                  double x = v.at(0);
                  double y = v.at(1);
                  return new CountedProblem.At(
                      (x * x - 1) * (x * x - 1) / 4 + 50 * y * y,
                      Matrix.column(x * (x * x - 1), 100 * y));
                },
                v -> Matrix.of(2, 2, 3 * v.at(0) * v.at(0) - 1, 0, 0, 100)),
        Matrix.column(1e-3, 10),
        Matrix.column(1, 0));
  }

  /** 3 x - log x, infinite or NaN for x <= 0, from where a unit step leaves its domain. */
  private static Case barrier() {
    return known(
        () ->
            CountedProblem.objective(
                1,
                Structure.POSITIVE_DEFINITE,
                v ->
                    new CountedProblem.At(
                        3 * v.at(0) - Math.log(v.at(0)), Matrix.column(3 - 1 / v.at(0))),
                v -> Matrix.scalar(1 / (v.at(0) * v.at(0)))),
        Matrix.column(0.9),
        Matrix.column(1 / 3.0));
  }

  /** cos x = x, as a fixed point. */
  private static Case cosine() {
    return known(
        () ->
            CountedProblem.root(
                1,
                v -> CountedProblem.At.root(Math.cos(v.at(0)) - v.at(0)),
                v -> Matrix.scalar(-Math.sin(v.at(0)) - 1)),
        Matrix.column(0),
        Matrix.column(0.7390851332151607));
  }

  /** x^3 - x - 2 = 0, from where a full Newton step goes far off. */
  private static Case cubic() {
    return known(
        () ->
            CountedProblem.root(
                1,
                v -> CountedProblem.At.root(v.at(0) * v.at(0) * v.at(0) - v.at(0) - 2),
                v -> Matrix.scalar(3 * v.at(0) * v.at(0) - 1)),
        Matrix.column(0.6),
        Matrix.column(1.5213797068045676));
  }

  /** x + y^2 = 5, y - x^2 = -3, a Jacobian that is not symmetric; (1, -2) and others solve it. */
  private static Case turning() {
    return known(
        () ->
            CountedProblem.root(
                2,
                v ->
                    CountedProblem.At.root(
                        v.at(0) + v.at(1) * v.at(1) - 5, v.at(1) - v.at(0) * v.at(0) + 3),
                v -> Matrix.of(2, 2, 1, 2 * v.at(1), -2 * v.at(0), 1)),
        Matrix.column(1.5, -1.5),
        Matrix.column(1, -2));
  }
}
