package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Projections of points so far away that their set is below their last digit. */
class FarPointsTest {
  private static final int N = 6;

  private static Matrix project(Projection set, Matrix x) {
    Var point = Var.input("x", Shape.of(x.rows(), x.cols()));
    return OnDriver.value(set.of(point), Map.of("x", x));
  }

  private static Var constant(Matrix x) {
    return Var.constant(x);
  }

  /** Integers times the distance of doubles there, so that the offset rounds nothing. */
  private static Matrix onGrid(Random random, double grain, int rows, int cols) {
    return Matrix.zeros(rows, cols).map(z -> grain * random.nextInt(-6, 7));
  }

  /** Sets that lie across the diagonal, in units of the distance of doubles at the offset. */
  @ParameterizedTest
  @ValueSource(doubles = {1e9, 1e15, 1e17, -1e17, 1e160, -1e160})
  void anOffsetAlongTheDiagonalChangesNothing(double offset) {
    double grain = Math.ulp(4 * offset);
    List<Function<Random, Projection>> sets =
        List.of(
            r -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(2.5 * grain)),
            r -> Projection.ontoSparseSimplex(Extent.WHOLE, 2, Var.constant(2.5 * grain)),
            r ->
                Projection.ontoCappedSimplex(
                    Extent.WHOLE, Var.constant(0.75 * grain), Var.constant(2.5 * grain)),
            r ->
                Projection.ontoHyperplane(
                    Extent.WHOLE, constant(Matrix.filled(N, 1, 1)), Var.constant(0.7 * grain)),
            r ->
                Projection.ontoPermutahedron(
                    Extent.WHOLE, constant(Draw.normal(N, 1).times(grain).from(r))),
            r ->
                Projection.ontoPolyhedron(
                    constant(Matrix.filled(1, N, 1)),
                    Var.constant(0.7 * grain),
                    constant(Matrix.identity(N)),
                    constant(Matrix.filled(N, 1, 0.4 * grain))));
    for (int seed = 0; seed < 10; seed++) {
      for (Function<Random, Projection> set : sets) {
        Matrix x = onGrid(new Random(seed), grain, N, 1);
        Matrix near = project(set.apply(new Random(seed)), x);
        Matrix far = project(set.apply(new Random(seed)), x.map(z -> z + offset));
        assertThat(far.minus(near).norm()).isLessThan(1e-12 * grain);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e9, 1e15, 1e17, -1e17, 1e160})
  void plansDoNotMoveWithAllElementsAlike(double offset) {
    double grain = Math.ulp(4 * offset);
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Matrix x = onGrid(random, grain, 3, 4);
      Var row = constant(Draw.between(0.5, 1.5, 3, 1).summingTo(4).times(grain).from(random));
      Var col = constant(Draw.between(0.5, 1.5, 4, 1).summingTo(4).times(grain).from(random));
      Projection set = Projection.ontoTransport(row, col);
      Matrix far = project(set, x.map(z -> z + offset));
      assertThat(far.minus(project(set, x)).norm()).isLessThan(1e-12 * grain);
    }
  }

  /** Rows and columns may move each by itself; entropic plans are in units of their own. */
  @ParameterizedTest
  @ValueSource(doubles = {1e3, 1e9, 1e15})
  void entropicPlansDoNotMoveWithRowsAndColumns(double offset) {
    for (int seed = 0; seed < 5; seed++) {
      Random random = new Random(seed);
      Matrix x = onGrid(random, 0.5, 3, 4);
      Matrix far =
          x.plus(Matrix.column(offset, 0, -offset).times(Matrix.filled(1, 4, 1)))
              .plus(Matrix.filled(3, 1, 1).times(Matrix.of(1, 4, offset, 0, offset, -2 * offset)));
      Projection set =
          Projection.ontoKlTransport(
              constant(Draw.between(0.5, 1.5, 3, 1).summingTo(4).from(random)),
              constant(Draw.between(0.5, 1.5, 4, 1).summingTo(4).from(random)));
      assertThat(project(set, far).minus(project(set, x)).norm()).isLessThan(1e-12);
    }
  }

  @Test
  void plansThatCannotBeMetAreRefused() {
    Projection set = Projection.ontoKlBirkhoff(2);
    assertThatThrownBy(() -> project(set, Matrix.of(2, 2, 0, 1e160, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unconverged entropic transport");
  }

  /** Against the formula in 80 digits; along the normal the projection is small, elsewhere not. */
  @Test
  void hyperplanesAreRightToTheLastDigits() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Matrix a = Draw.normal(N, 1).from(random);
      double b = random.nextGaussian();
      for (double size : new double[] {1e9, 1e17, 1e160}) {
        for (Matrix x :
            List.of(Draw.normal(N, 1).times(size).from(random), a.times(size), a.times(-size))) {
          Matrix p =
              project(Projection.ontoHyperplane(Extent.WHOLE, constant(a), Var.constant(b)), x);
          Matrix exact = nearestOnPlane(x, a, b);
          assertThat(p.minus(exact).norm()).isLessThan(1e-14 * (1 + exact.norm()));
          Matrix rows = a.transpose();
          Matrix q = project(Projection.ontoAffineSet(constant(rows), Var.constant(b)), x);
          assertThat(q.minus(exact).norm()).isLessThan(1e-14 * (1 + exact.norm()));
        }
      }
    }
  }

  private static Matrix nearestOnPlane(Matrix x, Matrix a, double b) {
    BigDecimal excess = new BigDecimal(-b);
    BigDecimal square = BigDecimal.ZERO;
    for (int j = 0; j < N; j++) {
      BigDecimal normal = new BigDecimal(a.at(j));
      excess = excess.add(normal.multiply(new BigDecimal(x.at(j))));
      square = square.add(normal.multiply(normal));
    }
    BigDecimal tau = excess.divide(square, new MathContext(400));
    double[] p = new double[N];
    for (int j = 0; j < N; j++) {
      p[j] = new BigDecimal(x.at(j)).subtract(tau.multiply(new BigDecimal(a.at(j)))).doubleValue();
    }
    return Matrix.column(p);
  }

  /** Free coordinates moved by one tau, exactly; the others are where that tau takes them. */
  @Test
  void boxSectionsHaveOneTau() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      double size = List.of(1e3, 1e9, 1e17, 1e160).get(seed % 4);
      Matrix w = Draw.normal(N, 1).from(random);
      Matrix x = w.times(size).plus(Draw.normal(N, 1).from(random));
      double total = 0.1 * random.nextGaussian();
      BoxSection set =
          new BoxSection(
              Extent.WHOLE, Var.constant(-1), Var.constant(1.5), constant(w), Var.constant(total));
      Matrix p = project(set, x);
      assertThat(p.dot(w)).isBetween(total - 1e-13, total + 1e-13);
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          boolean mayRise = w.at(i) > 0 ? p.at(i) < 1.5 : p.at(i) > -1;
          boolean mayFall = w.at(j) > 0 ? p.at(j) > -1 : p.at(j) < 1.5;
          if (mayRise && mayFall) {
            // tau_i <= tau_j for p = x + w tau: i would rise and j fall if not.
            assertThat(cross(p, x, w, i, j) * Math.signum(w.at(i) * w.at(j))).isGreaterThan(-1e-12);
          }
        }
      }
    }
  }

  /** (p_i - x_i) w_j - (p_j - x_j) w_i, in 80 digits. */
  private static double cross(Matrix p, Matrix x, Matrix w, int i, int j) {
    return moved(p, x, i)
        .multiply(new BigDecimal(w.at(j)))
        .subtract(moved(p, x, j).multiply(new BigDecimal(w.at(i))))
        .doubleValue();
  }

  private static BigDecimal moved(Matrix p, Matrix x, int i) {
    return new BigDecimal(p.at(i)).subtract(new BigDecimal(x.at(i)));
  }

  @Test
  void masksKeepElementsOfSimplexesAtZero() {
    double masked = Double.NEGATIVE_INFINITY;
    Matrix x = Matrix.column(1e17, masked, 1e17, masked);
    Var one = Var.constant(1);
    for (Projection set :
        List.of(
            Projection.ontoSimplex(Extent.WHOLE, one),
            Projection.ontoSparseSimplex(Extent.WHOLE, 2, one),
            Projection.ontoKlSimplex(Extent.WHOLE, one))) {
      assertThat(project(set, x)).isEqualTo(Matrix.column(0.5, 0, 0.5, 0));
    }
  }

  @Test
  void runsOfATotalVariationDoNotMoveWithAllElementsAlike() {
    for (double offset : new double[] {1e9, 1e15, 1e17}) {
      double grain = Math.ulp(4 * offset);
      Matrix x = onGrid(new Random(4), grain, N, 1);
      Var t = Var.constant(0.8 * grain);
      MapCase near =
          new MapCase(
              v -> Prox.totalVariation(Extent.WHOLE, t).of(v.get(0), Var.constant(1)),
              List.of(x),
              List.of(x));
      MapCase far = new MapCase(near.map(), List.of(x.map(z -> z + offset)), List.of(x));
      assertThat(Jacobians.of(far)).isEqualTo(Jacobians.of(near));
      Matrix moved = far.value().map(z -> z - offset);
      assertThat(moved.minus(near.value()).maxAbs()).isLessThanOrEqualTo(grain);
    }
  }

  /** Means of blocks that differ by less than a digit of their elements are told apart. */
  @Test
  void isotonicBlocksAreThoseOfExactMeans() {
    Matrix x = Matrix.column(1e17, 1, -1e17, 0.25);
    MapCase exact =
        new MapCase(
            v -> Projection.ontoIncreasing(Extent.WHOLE).of(v.get(0)), List.of(x), List.of(x));
    double mean = 1.25 / 4;
    assertThat(exact.value().minus(Matrix.filled(4, 1, mean)).maxAbs()).isLessThan(1e-16);
    assertThat(Jacobians.of(exact)).isEqualTo(Matrix.filled(4, 4, 0.25));
  }
}
