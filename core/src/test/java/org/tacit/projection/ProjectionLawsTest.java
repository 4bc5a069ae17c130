package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;

/** The laws of every convex set of the catalogue, each at 30 seeded random places. */
class ProjectionLawsTest {
  private static List<SetCase> sets() {
    return SetCatalogue.all();
  }

  private static Iterable<Random> seeds() {
    return IntStream.range(0, 30).mapToObj(seed -> new Random(7919L * seed + 1)).toList();
  }

  @ParameterizedTest
  @MethodSource("sets")
  void projectionIsInTheSetAndStaysThere(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      Matrix p = trial.value();
      List<Matrix> parameters = trial.arguments().subList(1, trial.arguments().size());
      assertThat(set.violation().apply(p, parameters)).isLessThan(1e-9);
      assertThat(trial.at(p).minus(p).norm()).isLessThan(1e-9 * (1 + p.norm()));
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void noPointOfTheSetIsNearer(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      Matrix x = trial.arguments().get(0);
      Matrix p = trial.value();
      for (int k = 0; k < 10; k++) {
        Matrix y = trial.at(set.points().from(random).times(10));
        assertThat(x.minus(p).dot(y.minus(p))).isLessThan(1e-9 * (1 + x.norm()) * (1 + y.norm()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void distancesDoNotGrow(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      Matrix x = trial.arguments().get(0);
      Matrix y = set.points().from(random).times(3);
      assertThat(trial.value().minus(trial.at(y)).norm())
          .isLessThan((1 + 1e-9) * x.minus(y).norm());
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void derivativesAreThoseOfDifferences(SetCase set) {
    for (Random random : seeds()) {
      assertThat(set.at(random).failure(random)).isLessThan(1e-6);
    }
  }
}
