package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** The laws of every proximal map: no point has a lower objective; derivatives are differences. */
class ProxLawsTest {
  private static final int N = 6;
  private static final Draw POINT = Draw.normal(N, 1);

  /**
   * A penalty with one positive parameter.
   *
   * @param penalty g in plain Java, infinite outside its domain
   */
  private record Penalty(
      String name,
      Function<Var, Prox> prox,
      Draw points,
      Draw parameter,
      ToDoubleBiFunction<Matrix, Matrix> penalty) {
    MapCase at(Random random) {
      return new MapCase(
          v -> prox.apply(v.get(2)).of(v.get(0), v.get(1)),
          List.of(
              points.from(random).times(2),
              Draw.number(0.3, 0.9).from(random),
              parameter.from(random)),
          List.of(points.from(random), Draw.number(0.5, 1).from(random), parameter.from(random)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Penalty> penalties() {
    return List.of(
        scalar("none", r -> Prox.none(), (y, r) -> 0),
        scalar("lasso", Prox::lasso, (y, r) -> r * l1(y)),
        new Penalty(
            "lasso by element",
            Prox::lasso,
            POINT,
            Draw.between(0.2, 2, N, 1),
            (y, r) -> y.map(Math::abs).dot(r)),
        scalar("non-negative lasso", Prox::nonNegativeLasso, (y, r) -> r * l1(y) + positive(y)),
        scalar(
            "elastic net",
            r -> Prox.elasticNet(r, r.square()),
            (y, r) -> r * (l1(y) + r * r / 2 * y.dot(y))),
        scalar("group lasso", r -> Prox.groupLasso(Extent.WHOLE, r), (y, r) -> r * y.norm()),
        scalar("ridge", Prox::ridge, (y, r) -> r / 2 * y.dot(y)),
        scalar(
            "non-negative ridge", Prox::nonNegativeRidge, (y, r) -> r / 2 * y.dot(y) + positive(y)),
        scalar(
            "log penalty",
            r -> Prox.logPenalty(r, r.plus(1)),
            (y, r) -> r * sum(y.map(z -> Math.log1p(Math.abs(z) / (r + 1))))),
        scalar(
            "negative log",
            Prox::negativeLog,
            (y, r) -> -r * sum(y.map(z -> z > 0 ? Math.log(z) : Double.NEGATIVE_INFINITY))),
        new Penalty(
            "sorted l1",
            r -> Prox.sortedL1(Extent.WHOLE, r),
            POINT,
            random -> sorted(Draw.between(0.2, 2, N, 1).from(random)),
            (y, r) -> sorted(y.map(Math::abs)).dot(r)),
        new Penalty(
            "nuclear norm",
            Prox::nuclearNorm,
            Draw.normal(3, 2),
            Draw.number(0.2, 1.2),
            (y, r) -> r.value() * nuclear(y)),
        scalar(
            "total variation",
            r -> Prox.totalVariation(Extent.WHOLE, r),
            (y, r) -> r * variation(y)),
        scalar(
            "indicator of a simplex",
            r -> Prox.indicator(Projection.ontoSimplex(Extent.WHOLE, r)),
            (y, r) -> positive(y) + (Math.abs(sum(y) - r) < 1e-12 ? 0 : 1e300)));
  }

  /** Those that are no indicators, whose sets have laws of their own. */
  private static List<Penalty> functions() {
    return penalties().stream().filter(p -> !p.name().startsWith("indicator")).toList();
  }

  private static Penalty scalar(
      String name, Function<Var, Prox> prox, ToDoubleBiFunction<Matrix, Double> g) {
    return new Penalty(
        name, prox, POINT, Draw.number(0.2, 1.2), (y, r) -> g.applyAsDouble(y, r.value()));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void noPointHasALowerObjective(Penalty penalty) {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(104_729L * seed);
      MapCase trial = penalty.at(random);
      Matrix p = trial.value();
      double best = objective(penalty, trial, p);
      assertThat(best).isLessThan(1e200);
      for (int k = 0; k < 200; k++) {
        double size = Math.pow(10, -5 * random.nextDouble());
        Matrix moved = p.plus(size, penalty.points().from(random));
        Matrix scaled = p.map(z -> z * (1 + size * random.nextGaussian()));
        assertThat(objective(penalty, trial, moved)).isGreaterThan(best - 1e-12);
        assertThat(objective(penalty, trial, scaled)).isGreaterThan(best - 1e-12);
      }
    }
  }

  private static double objective(Penalty penalty, MapCase trial, Matrix y) {
    double distance = trial.arguments().get(0).minus(y).norm();
    double step = trial.arguments().get(1).value();
    return 0.5 * distance * distance
        + step * penalty.penalty().applyAsDouble(y, trial.arguments().get(2));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void derivativesAreThoseOfDifferences(Penalty penalty) {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(104_729L * seed);
      assertThat(penalty.at(random).failure(random)).isLessThan(1e-6);
    }
  }

  /** In the point's own units, where nothing overflows; what overflows then says nothing. */
  @ParameterizedTest
  @MethodSource("functions")
  void pointsOfEverySizeHaveNoLowerObjective(Penalty penalty) {
    for (double unit : new double[] {0x1p-565, 0x1p-30, 0x1p50, 0x1p531}) {
      for (int seed = 0; seed < 10; seed++) {
        Random random = new Random(104_729L * seed + 1);
        MapCase trial = penalty.at(random);
        List<Matrix> arguments = new ArrayList<>(trial.arguments());
        Matrix x = arguments.get(0);
        arguments.set(0, x.times(unit));
        MapCase scaled = new MapCase(trial.map(), arguments, trial.directions());
        Matrix p = scaled.value().times(1 / unit);
        double best = objective(penalty, trial, p, unit);
        assertThat(best).isNotNaN();
        double g = penalty.penalty().applyAsDouble(p.times(unit), trial.arguments().get(2));
        boolean isTold = best < 1e300 && (g != 0 || p.norm() == 0);
        for (int k = 0; k < 50 && isTold; k++) {
          double size = Math.pow(10, -5 * random.nextDouble());
          Matrix moved = p.plus(size, penalty.points().from(random));
          Matrix stretched = p.map(z -> z * (1 + size * random.nextGaussian()));
          double enough = best - 1e-12 * (1 + Math.abs(best));
          assertThat(objective(penalty, trial, moved, unit)).isGreaterThan(enough);
          assertThat(objective(penalty, trial, stretched, unit)).isGreaterThan(enough);
        }
        Matrix slopes = Jacobians.of(scaled);
        assertThat(slopes.minus(slopes.transpose()).norm()).isLessThan(1e-9);
        assertThat(slopes.minus(Jacobians.backward(scaled)).norm()).isLessThan(1e-9);
      }
    }
  }

  private static double objective(Penalty penalty, MapCase trial, Matrix y, double unit) {
    double distance = trial.arguments().get(0).minus(y).norm();
    double step = trial.arguments().get(1).value();
    double g = penalty.penalty().applyAsDouble(y.times(unit), trial.arguments().get(2));
    return 0.5 * distance * distance + step * g / unit / unit;
  }

  private static double sum(Matrix x) {
    return x.dot(x.map(z -> 1));
  }

  private static double l1(Matrix x) {
    return sum(x.map(Math::abs));
  }

  private static double positive(Matrix x) {
    return sum(x.map(z -> z >= 0 ? 0 : Double.POSITIVE_INFINITY));
  }

  /** The sum of the singular values of a matrix of two columns, from trace and determinant. */
  private static double nuclear(Matrix x) {
    double size = x.norm() == 0 ? 1 : x.norm();
    Matrix gram = x.transpose().times(1 / size).times(x.times(1 / size));
    double determinant = gram.at(0, 0) * gram.at(1, 1) - gram.at(0, 1) * gram.at(1, 0);
    return size
        * Math.sqrt(gram.at(0, 0) + gram.at(1, 1) + 2 * Math.sqrt(Math.max(0, determinant)));
  }

  private static double variation(Matrix x) {
    double sum = 0;
    for (int i = 1; i < x.size(); i++) {
      sum += Math.abs(x.at(i) - x.at(i - 1));
    }
    return sum;
  }

  /** The elements from the largest down. */
  private static Matrix sorted(Matrix x) {
    double[] elements = x.times(-1).toArray();
    Arrays.sort(elements);
    return Matrix.adopting(x.rows(), x.cols(), elements).times(-1);
  }
}
