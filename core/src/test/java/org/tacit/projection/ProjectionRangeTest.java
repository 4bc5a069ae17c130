package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;

/** Every convex set of the catalogue at sizes of 1e-170 and 1e160, and far from its points. */
class ProjectionRangeTest {
  private static final List<Double> UNITS = List.of(0x1p-565, 0x1p531);
  private static final List<Double> OFFSETS = List.of(1e9, -1e9, 1e15, -1e15, 1e17, -1e17);

  private static List<SetCase> sets() {
    return SetCatalogue.all();
  }

  private static Iterable<Random> seeds() {
    return IntStream.range(0, 8).mapToObj(seed -> new Random(6007L * seed + 5)).toList();
  }

  /** A power of two rounds nothing: the answer is the same in other units, to the last digits. */
  @ParameterizedTest
  @MethodSource("sets")
  void unitsChangeNothing(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      Matrix p = trial.value();
      Matrix slopes = Jacobians.of(trial);
      for (double unit : UNITS) {
        MapCase scaled = set.scaled(trial, unit);
        assertThat(scaled.value().times(1 / unit).minus(p).norm())
            .isLessThan(1e-13 * (1 + p.norm()));
        assertThat(Jacobians.of(scaled).minus(slopes).norm()).isLessThan(1e-9);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void pointsOfOtherSizesThanTheirSetAreProjectedOnIt(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      for (double unit : UNITS) {
        Matrix x = trial.arguments().get(0).times(unit);
        assertProjected(set, new MapCase(trial.map(), with(trial, x), trial.directions()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void pointsFarAwayAreProjectedOnTheSet(SetCase set) {
    for (Random random : seeds()) {
      MapCase trial = set.at(random);
      for (double offset : OFFSETS) {
        Matrix x = trial.arguments().get(0).map(element -> element + offset);
        assertProjected(set, new MapCase(trial.map(), with(trial, x), trial.directions()));
      }
    }
  }

  private static List<Matrix> with(MapCase trial, Matrix point) {
    List<Matrix> arguments = new java.util.ArrayList<>(trial.arguments());
    arguments.set(0, point);
    return arguments;
  }

  /** In the set to rounding, by the larger of the set's size and the projection's; or refused. */
  private static void assertProjected(SetCase set, MapCase trial) {
    Matrix p;
    try {
      p = trial.value();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("Unconverged transport projection");
      return;
    }
    double unit = Math.scalb(1.0, Math.max(0, Math.getExponent(p.maxAbs())));
    MapCase near =
        set.scaled(new MapCase(trial.map(), with(trial, p), trial.directions()), 1 / unit);
    List<Matrix> parameters = near.arguments().subList(1, near.arguments().size());
    Matrix q = near.arguments().get(0);
    assertThat(set.violation().apply(q, parameters)).isLessThan(5e-12);
    assertThat(near.value().minus(q).norm()).isLessThan(1e-12);
    Matrix slopes = Jacobians.of(trial);
    assertThat(slopes.minus(slopes.transpose()).norm()).isLessThan(1e-9);
    assertThat(Jacobians.backward(trial).minus(slopes.transpose()).norm()).isLessThan(1e-9);
    Matrix direction = Draw.normal(slopes.rows(), 1).from(new Random(3));
    double along = direction.dot(slopes.times(direction));
    assertThat(along).isBetween(-1e-9, (1 + 1e-9) * direction.dot(direction));
  }
}
