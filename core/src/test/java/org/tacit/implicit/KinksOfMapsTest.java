package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/**
 * The law of kinks: on one the derivative is not trusted, and said to be one-sided; nearby it is,
 * and is that of differences.
 */
class KinksOfMapsTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final double NEAR = 1e-4;

  private static List<KinkCase> cases() {
    return KinkCase.all();
  }

  private record Asked(Matrix vjp, Certificate certificate) {}

  private static Matrix solution(KinkCase map, Matrix theta) {
    return OnDriver.value(map.prox().of(Var.constant(theta), Var.constant(1)), Map.of());
  }

  private static Asked ask(KinkCase map, Matrix theta, Matrix cotangent) {
    ImplicitFunction function =
        ImplicitFunction.of(
            map.condition(),
            RootFinder.picard(),
            LinearSolver.auto(1e-12),
            Stopping.relative(1e-12, 10));
    Matrix x = solution(map, theta);
    double residual = function.residualNorm(NONE, theta, x);
    assertThat(residual).isLessThan(1e-12);
    Solution inner =
        new Solution(x, Outcome.CONVERGED, "map", 0, residual, 0, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(NONE, theta, inner)) {
      Derivative vjp = solution.vjp(cotangent);
      return new Asked(vjp.value(), solution.certificate(cotangent, vjp));
    }
  }

  private static Matrix cotangent(KinkCase map) {
    return RandomMatrix.normal(map.theta().rows(), 1, new Random(3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void onAKinkNothingIsTrusted(KinkCase map) {
    for (double rounding : new double[] {0, 1e-12, -1e-12}) {
      Certificate found =
          ask(map, map.theta().map(v -> v * (1 + rounding)), cotangent(map)).certificate();
      assertThat(found.isTrusted()).as("%s", found).isFalse();
      assertThat(found.standing()).isPresent();
      assertThat(found.reason().orElseThrow()).contains("on a kink where");
      assertThat(found.kinkDistance().orElseThrow()).isLessThan(1e-10);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nearbyDerivativesAreThoseOfDifferences(KinkCase map) {
    Matrix cotangent = cotangent(map);
    for (int draw = 0; draw < 6; draw++) {
      Matrix move = RandomMatrix.normal(map.theta().rows(), 1, new Random(11 + draw / 2));
      Matrix theta = map.theta().plus(draw % 2 == 0 ? NEAR : -NEAR, move);
      Asked asked = ask(map, theta, cotangent);
      assertThat(asked.certificate().reason()).as("%s", theta).isEmpty();
      assertThat(asked.certificate().kinkDistance().orElseThrow()).isBetween(1e-9, 20.0);
      Matrix along = RandomMatrix.normal(theta.rows(), 1, new Random(5));
      double h = NEAR / 1000;
      Matrix ahead = solution(map, theta.plus(h, along));
      Matrix behind = solution(map, theta.plus(-h, along));
      double difference = ahead.minus(behind).dot(cotangent) / (2 * h);
      assertThat(asked.vjp().dot(along) - difference).as("%s", theta).isBetween(-1e-5, 1e-5);
    }
  }

  @Test
  void everySetAndPenaltyHasAKinkHereOrIsSmooth() {
    Set<String> known =
        KinkCase.all().stream().map(KinkCase::name).collect(Collectors.toCollection(TreeSet::new));
    known.addAll(KinkCase.smooth());
    assertThat(known).containsAll(kindsOf(Projection.class)).containsAll(kindsOf(Prox.class));
  }

  private static Set<String> kindsOf(Class<?> kind) {
    Set<String> names =
        Arrays.stream(kind.getDeclaredMethods())
            .filter(factory -> Modifier.isPublic(factory.getModifiers()))
            .filter(factory -> Modifier.isStatic(factory.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).hasSizeGreaterThan(10);
    return names;
  }
}
