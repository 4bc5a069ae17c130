package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/** Distances to kinks against closed forms. */
class KinksTest {
  private static final int N = 40;
  private static final double STEP = 0.25;
  private static final Matrix Q = RandomMatrix.normal(N, 1, new Random(11));
  private static final Matrix LAMBDA =
      RandomMatrix.normal(N, 1, new Random(12)).map(v -> 0.1 + Math.abs(v));
  private static final Passes NO_TABLES = Passes.over(Map.of());

  private static Kinks of(ProximalGradient.ProximalMap map) {
    return Kinks.of(ProximalGradient.of(N, N, (x, theta) -> x.square().sum().times(0.5), map, STEP))
        .orElseThrow();
  }

  private static Matrix distances(ProximalGradient.ProximalMap map) {
    return of(map).distances(NO_TABLES, Q, Matrix.scalar(STEP), LAMBDA).orElseThrow();
  }

  private static void assertClose(Matrix found, Matrix expected) {
    for (int i = 0; i < N; i++) {
      assertThat(found.at(i))
          .isBetween(expected.at(i) * (1 - 1e-5) - 1e-14, expected.at(i) * (1 + 1e-9));
    }
  }

  @Test
  void thresholdsAreKinks() {
    Matrix expected = Q.with(LAMBDA, (q, lambda) -> Math.abs(Math.abs(q) - STEP * lambda));
    assertClose(distances((v, lambda, eta) -> Prox.lasso(lambda).of(v, eta)), expected);
    assertClose(
        distances((v, lambda, eta) -> Prox.elasticNet(lambda, Var.constant(2)).of(v, eta)),
        expected);
  }

  @Test
  void boundsAreKinks() {
    Matrix expected = Q.with(LAMBDA, (q, bound) -> Math.abs(Math.abs(q) - bound));
    assertClose(
        distances((v, bound, eta) -> Projection.ontoBox(bound.negate(), bound).of(v)), expected);
  }

  /** Thin thresholds, which no step from a distant point sees at its ends. */
  @Test
  void narrowBandsAreNotSteppedOver() {
    Matrix thin = LAMBDA.times(1e-4);
    Kinks kinks = of((v, lambda, eta) -> Prox.lasso(lambda).of(v, eta));
    assertClose(
        kinks.distances(NO_TABLES, Q, Matrix.scalar(STEP), thin).orElseThrow(),
        Q.with(thin, (q, lambda) -> Math.abs(Math.abs(q) - STEP * lambda)));
  }

  /** A zero that the map moves far: what is left of q after the threshold is small. */
  @Test
  void smallValuesOfLargePointsHaveTheirDistance() {
    Matrix q = LAMBDA.map(lambda -> STEP * lambda + 1e-9);
    Kinks kinks = of((v, lambda, eta) -> Prox.lasso(lambda).of(v, eta));
    assertThat(
            kinks
                .distances(NO_TABLES, q, Matrix.scalar(STEP), LAMBDA)
                .orElseThrow()
                .minus(Matrix.filled(N, 1, 1e-9))
                .maxAbs())
        .isLessThan(1e-14);
  }

  @Test
  void atAKinkTheDistanceIsZero() {
    Matrix q = LAMBDA.times(STEP);
    Kinks kinks = of((v, lambda, eta) -> Prox.lasso(lambda).of(v, eta));
    assertThat(kinks.distances(NO_TABLES, q, Matrix.scalar(STEP), LAMBDA).orElseThrow().maxAbs())
        .isLessThan(1e-15);
  }

  @Test
  void smoothMapsHaveNone() {
    assertThat(distances((v, lambda, eta) -> Prox.negativeLog(lambda).of(v, eta)).toArray())
        .containsOnly(Double.POSITIVE_INFINITY);
    assertThat(distances((v, lambda, eta) -> Prox.ridge(lambda).of(v, eta)).toArray())
        .containsOnly(Double.POSITIVE_INFINITY);
  }

  @Test
  void mapsThatCoupleCoordinatesDoNotSay() {
    Kinks kinks =
        of((v, theta, eta) -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)).of(v));
    assertThat(kinks.distances(NO_TABLES, Q, Matrix.scalar(STEP), LAMBDA)).isEmpty();
  }

  @Test
  void smoothConditionsHaveNone() {
    Condition smooth =
        Stationarity.of(
            Parameters.vector(N),
            Parameters.vector(1),
            (x, theta) -> theta.times(x.square().sum()));
    assertThat(Kinks.of(smooth)).isEmpty();
  }

  /** min 1/2 (z - theta)^2 over z <= 1 and z >= -2, also in parameters of which theta is twice. */
  @Test
  void multipliersAndSlacksAreDistances() {
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(1),
                Parameters.vector(1),
                (Var z, Var theta) -> z.minus(theta).square().times(0.5))
            .withInequalities((z, theta) -> z.minus(1))
            .withInequalities((z, theta) -> z.negate().minus(2));
    Condition moved = kkt.reparametrised(Parameters.vector(1), half -> half.times(2));
    Matrix x = Matrix.column(1, 0.25, 0);
    for (Condition condition : List.of(kkt, moved)) {
      Kinks kinks = Kinks.of(condition).orElseThrow();
      Matrix theta = Matrix.scalar(1.25);
      Matrix q =
          NO_TABLES
              .evaluate(Program.of("q", kinks.switching().node()), Map.of("x", x, "theta", theta))
              .get("q");
      assertThat(kinks.distances(NO_TABLES, q, Matrix.scalar(1), theta).orElseThrow())
          .isEqualTo(Matrix.column(0.25, 3));
    }
  }
}
