package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;

/**
 * Convex losses with l1 from starts at which their models say little: minimisers are judged by
 * their subgradients, with the derivatives of losses written out.
 */
class GlobalisationTest {
  private static final int N = 60;

  /**
   * The mean of a loss, plus a |x| + b / 2 x^2.
   *
   * @param slope of the loss in the prediction, given that and the label
   */
  private record Model(
      Loss loss, DoubleBinaryOperator slope, Matrix features, Matrix label, double a, double b) {
    Problem problem() {
      int n = features.rows();
      var condition =
          ProximalGradient.ofConvex(
              features.cols(),
              1,
              (x, t) ->
                  loss.of(Var.constant(features).matmul(x), Var.constant(label)).sum().divide(n),
              (v, t, eta) -> Prox.elasticNet(Var.constant(a), Var.constant(b / a)).of(v, eta));
      return ReadyCondition.of(condition).at(Passes.over(Map.of()), Matrix.scalar(0));
    }

    /** The largest distance of zero from a subdifferential, over the largest at the start. */
    double violation(Matrix x, Matrix start) {
      return subgradient(x).maxAbs() / subgradient(start).maxAbs();
    }

    private Matrix subgradient(Matrix x) {
      Matrix slopes = features.times(x).with(label, slope);
      Matrix gradient = features.transpose().times(slopes).times(1.0 / features.rows()).plus(b, x);
      return gradient.with(
          x, (g, v) -> v == 0 ? Math.max(0, Math.abs(g) - a) : g + a * Math.signum(v));
    }

    void isSolvedFrom(Matrix start, Solver solver, int iterations) {
      Solution solution = solver.solve(problem(), start, Stopping.relative(1e-8, iterations));
      assertThat(solution.outcome()).as(solution.toString()).isEqualTo(Outcome.CONVERGED);
      assertThat(violation(solution.value(), start)).isLessThan(1e-6);
    }
  }

  private static double poisson(double s, double y) {
    return Math.exp(s) - y;
  }

  private static double gamma(double s, double y) {
    return 1 - y * Math.exp(-s);
  }

  private static double logistic(double s, double y) {
    return -y / (1 + Math.exp(y * s));
  }

  private static double huber(double s, double y) {
    return Math.max(-1, Math.min(1, s - y));
  }

  private static double hinge(double s, double y) {
    return -y * Math.max(0, Math.min(1, 1 - y * s));
  }

  private static Matrix normal(int p, int seed) {
    return RandomMatrix.normal(N, p, new Random(seed));
  }

  /** A few columns count. */
  private static Matrix scores(Matrix features, double size) {
    boolean isWide = features.cols() > N;
    double[] draws = new Random(3).doubles(features.cols(), -1, 1).toArray();
    Matrix w = Matrix.column(draws).map(v -> !isWide || Math.abs(v) > 0.9 ? v : 0);
    return features.times(w).times(size);
  }

  private static Matrix signs(Matrix scores) {
    return scores.map(s -> s < 0 ? -1 : 1);
  }

  private static Matrix hugeCounts() {
    try (InputStream in = GlobalisationTest.class.getResourceAsStream("huge-counts.csv")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      double[] numbers =
          lines.stream()
              .skip(1)
              .flatMap(line -> Stream.of(line.split(",")))
              .mapToDouble(Double::parseDouble)
              .toArray();
      return Matrix.of(N, numbers.length / N, numbers);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * 60 rows, 120 columns, counts of 0 to 3.7e6. Right values are those of Newton's method on the
   * support in decimal arithmetic of 60 digits, the support that of an interior point method.
   */
  @Test
  void millionsOfCountsWithMoreColumnsThanRows() {
    Matrix all = hugeCounts();
    Matrix features = all.columns(0, 120);
    Model model =
        new Model(Loss.poisson(), GlobalisationTest::poisson, features, all.columnAt(120), 1, 0);
    Problem problem = model.problem();
    Map<Solver, Integer> iterations =
        Map.of(
            new Automatic(),
            40,
            CompositeMinimiser.proximalNewton(),
            40,
            CompositeMinimiser.owlqn(),
            500);
    for (Solver solver : iterations.keySet()) {
      Stopping stopping = Stopping.relative(1e-12, iterations.get(solver));
      Solution solution = solver.solve(problem, Matrix.zeros(120, 1), stopping);
      assertThat(solution.outcome()).as(solution.toString()).isEqualTo(Outcome.CONVERGED);
      Matrix x = solution.value();
      assertThat(x.at(0)).isCloseTo(4.999715759738004, within(1e-9));
      assertThat(x.at(1)).isCloseTo(3.0019056110957405, within(1e-9));
      assertThat(x.at(4)).isCloseTo(-1.9865430495500698, within(1e-9));
      assertThat(x.at(65)).isCloseTo(-0.0009035731593880872, within(1e-9));
      assertThat(Arrays.stream(x.toArray()).filter(v -> v != 0).count()).isEqualTo(13);
      double smooth = problem.as(CompositeProblem.class).orElseThrow().at(x).smooth();
      assertThat(smooth + Arrays.stream(x.toArray()).map(Math::abs).sum())
          .isCloseTo(-1435442.4355099427, within(1e-5));
    }
  }

  private record Named(String name, Model model, double from) {}

  private static Stream<Named> models() {
    Matrix wide = normal(120, 1);
    Matrix tall = normal(8, 2);
    return Stream.of(
        named("counts to 1e8, p > n", Loss.poisson(), GlobalisationTest::poisson, wide, 6, 1, 0.1),
        named("counts to 1e12", Loss.poisson(), GlobalisationTest::poisson, tall, 12, 1e-3, 1e-9),
        named(
            "amounts over 40 decades, p > n",
            Loss.gamma(),
            GlobalisationTest::gamma,
            wide,
            14,
            0.05,
            1e-3),
        named(
            "amounts over 20 decades",
            Loss.gamma(),
            GlobalisationTest::gamma,
            tall,
            14,
            1e-3,
            1e-9),
        named(
            "classes apart, p > n",
            Loss.logistic(),
            GlobalisationTest::logistic,
            wide,
            1,
            1e-4,
            1e-6),
        named("classes apart", Loss.logistic(), GlobalisationTest::logistic, tall, 1, 1e-6, 1e-9),
        named(
            "labels to 1e6, p > n", Loss.huber(1), GlobalisationTest::huber, wide, 1e6, 0.01, 1e-4),
        named("labels to 1e3", Loss.huber(1), GlobalisationTest::huber, tall, 1e3, 1e-3, 1e-9),
        named("labels to 1e6", Loss.huber(1), GlobalisationTest::huber, tall, 1e6, 1e-3, 1e-9),
        named("hinge, p > n", Loss.smoothedHinge(1), GlobalisationTest::hinge, wide, 1, 0.01, 1e-4),
        named("hinge", Loss.smoothedHinge(1), GlobalisationTest::hinge, tall, 1, 1e-3, 1e-9));
  }

  private static Named named(
      String name,
      Loss loss,
      DoubleBinaryOperator slope,
      Matrix x,
      double size,
      double a,
      double b) {
    Matrix s = scores(x, size);
    Matrix noisy = s.plus(size / 10, RandomMatrix.normal(N, 1, new Random(5)));
    Matrix label =
        switch (loss.labels()) {
          case NON_NEGATIVE -> s.map(v -> Math.floor(Math.exp(v)));
          case POSITIVE -> noisy.map(Math::exp);
          case BINARY -> signs(noisy);
          default -> noisy;
        };
    return new Named(name, new Model(loss, slope, x, label, a, b), size);
  }

  @TestFactory
  Stream<DynamicTest> everyStartLeadsToTheMinimiser() {
    return models().flatMap(of -> fromEveryStart(of, new Automatic(), 500));
  }

  @TestFactory
  Stream<DynamicTest> quasiNewtonStepsAreGoneOnFromWhereTheyHelpNoMore() {
    return models().flatMap(of -> fromEveryStart(of, CompositeMinimiser.owlqn(), 1000));
  }

  private static Stream<DynamicTest> fromEveryStart(Named of, Solver solver, int iterations) {
    int unknowns = of.model.features.cols();
    return Stream.of(0.0, 1.0, -1.0)
        .map(
            far ->
                DynamicTest.dynamicTest(
                    of.name + " from " + far,
                    () ->
                        of.model.isSolvedFrom(
                            Matrix.filled(unknowns, 1, far), solver, iterations)));
  }
}
