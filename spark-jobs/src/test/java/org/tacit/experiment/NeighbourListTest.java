package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.NotANumberException;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** Lists by cells are those of all pairs, whatever the square, and sums over them are theirs. */
class NeighbourListTest {
  /** So many that they are no list where they all come together. */
  private static final int SPHERES = 2500;

  private static Matrix points(int n, double side, Random random) {
    double[] x = new double[2 * n];
    Arrays.setAll(x, i -> side * (3 * random.nextDouble() - 1));
    return Matrix.column(x);
  }

  /** The distance to the nearest of nine images. */
  private static double distance(Matrix x, int i, int j, double side) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int a = -4; a <= 4; a++) {
      for (int b = -4; b <= 4; b++) {
        double dx = x.at(2 * i) - x.at(2 * j) + a * side;
        double dy = x.at(2 * i + 1) - x.at(2 * j + 1) + b * side;
        nearest = Math.min(nearest, Math.hypot(dx, dy));
      }
    }
    return nearest;
  }

  private static List<String> allPairs(Matrix x, double side, double reach) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < x.rows() / 2; i++) {
      for (int j = i + 1; j < x.rows() / 2; j++) {
        if (distance(x, i, j, side) < reach) {
          pairs.add(i + " " + j);
        }
      }
    }
    return pairs;
  }

  @ParameterizedTest
  @CsvSource({"2, 12", "2.9, 25", "3.1, 25", "7.3, 80", "40, 300"})
  void pairsByCellsAreAllPairs(double side, int n) {
    Matrix x = points(n, side, new Random(n));
    List<NeighbourList.Pair> found = NeighbourList.of("pairs", side, 1, 0.3).pairs(x);
    assertThat(found)
        .extracting(pair -> pair.i() + " " + pair.j())
        .containsExactlyInAnyOrderElementsOf(allPairs(x, side, 1));
    assertThat(found).isNotEmpty();
    for (NeighbourList.Pair pair : found) {
      assertThat(pair.distance()).isCloseTo(distance(x, pair.i(), pair.j(), side), within(1e-12));
    }
  }

  /** sum over pairs of max(0, 1 - r)^2, on a list made once and on lists made anew. */
  @Test
  void aListHoldsUntilAPointHasMoved() {
    double side = 6.1;
    Random random = new Random(8);
    Matrix x = points(60, side, random);
    NeighbourList list = NeighbourList.of("pairs", side, 1, 0.4);
    int madeBefore = 0;
    for (int k = 0; k < 40; k++) {
      double expected = 0;
      for (int i = 0; i < 60; i++) {
        for (int j = i + 1; j < 60; j++) {
          expected += Math.pow(Math.max(0, 1 - distance(x, i, j, side)), 2);
        }
      }
      double found =
          list.near(x).evaluate(Program.of("sum", energy(60)), Map.of("x", x)).get("sum").value();
      assertThat(found).isCloseTo(expected, within(1e-11));
      assertThat(expected).isGreaterThan(1);
      madeBefore = Math.max(madeBefore, list.made());
      x = x.map(v -> v + 0.03 * random.nextGaussian());
    }
    assertThat(madeBefore).isBetween(3, 30);
  }

  private static org.tacit.program.Node energy(int n) {
    Var overlap =
        Pairs.of("pairs")
            .overlap(Var.input("x", Shape.of(2 * n, 1)), Var.constant(Matrix.filled(n, 1, 1)));
    return overlap.square().sumRows().node();
  }

  @Test
  void pointsFarFromEachOtherMakeAnEmptyTable() {
    NeighbourList list = NeighbourList.of("pairs", 10, 1, 0.1);
    Matrix x = Matrix.column(0, 0, 5, 5);
    assertThat(list.near(x).rows()).isZero();
    assertThat(
            list.near(x).evaluate(Program.of("sum", energy(2)), Map.of("x", x)).get("sum").value())
        .isZero();
  }

  @Test
  void aReachThatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> NeighbourList.of("pairs", 1.5, 1, 0.3))
        .hasMessage(
            "Invalid reach 1.0 and margin 0.3 in a square of 1.5 (must be > 0, the side at least"
                + " twice the reach)");
  }

  /** Where a double no longer tells places in the square apart, all would be in one cell. */
  @ParameterizedTest
  @ValueSource(doubles = {1e11, -1e21, Double.POSITIVE_INFINITY, Double.NaN})
  void pointsOutOfSightAreNotFinite(double far) {
    NeighbourList list = NeighbourList.of("pairs", 10, 1, 0.1);
    Matrix x = Matrix.column(0, 0, far, 5);
    assertThatThrownBy(() -> list.near(x))
        .isInstanceOf(NotANumberException.class)
        .hasMessageStartingWith(
            "NaN from neighbours (a point is infinite, not a number, or so far");
    assertThat(list.pairs(Matrix.column(1e6, 0, 1e6 + 0.5, 20))).hasSize(1);
  }

  @Test
  void pointsThatHaveComeTogetherAreNamed() {
    NeighbourList list = NeighbourList.of("pairs", 10, 1, 0.1);
    Matrix together = Matrix.filled(2 * 3000, 1, 4);
    assertThatThrownBy(() -> list.near(together))
        .hasMessageContaining("Invalid points: more than 3000000 pairs of 3000 points are within")
        .hasMessageContaining("must be at most 1000 a point: spread them over the square");
    assertThat(list.pairs(Matrix.filled(2 * 1000, 1, 4))).hasSize(500 * 999);
  }

  /** Discs of two sizes: what overlaps is what is nearer than half of the sum of diameters. */
  @Test
  void discsOverlapByTheirDiameters() {
    NeighbourList list = NeighbourList.of("pairs", 10, 1, 0.1);
    Matrix x = Matrix.column(0, 0, 0.75, 0, 9.3, 0, 5, 5);
    Matrix diameters = Matrix.column(1, 0.6, 0.5, 1);
    assertThat(list.overlapping(x, diameters, 0))
        .extracting(pair -> pair.i() + " " + pair.j())
        .containsExactlyInAnyOrder("0 1", "0 2");
    assertThat(list.overlapping(x, diameters, 0.065)).hasSize(1);
    Var overlap =
        Pairs.of("pairs").overlap(Var.input("x", Shape.of(8, 1)), Var.constant(diameters));
    double found =
        list.near(x)
            .evaluate(Program.of("sum", overlap.sumRows().node()), Map.of("x", x))
            .get("sum")
            .value();
    assertThat(found).isCloseTo(1 - 0.75 / 0.8 + 1 - 0.7 / 0.75, within(1e-12));
  }

  /** What pushes its neighbours away, out of budget, so that its far ends are asked for too. */
  @Test
  void aListOfNeighboursEndsWithItsBudget() {
    Var one = Var.constant(Matrix.filled(SPHERES, 1, 1));
    Condition repelling =
        Stationarity.of(
            Parameters.vector(2 * SPHERES),
            Parameters.vector(1),
            (x, t) -> Pairs.of("pairs").overlap(x, one.times(t)).square().sumRows());
    NeighbourList list = NeighbourList.of("pairs", 40, 1, 0.3);
    Random random = new Random(7);
    Matrix start = Matrix.zeros(2 * SPHERES, 1).map(none -> 40 * random.nextDouble());
    Solution solution =
        Minimiser.fire()
            .solve(
                ReadyCondition.of(repelling).following(list::near, Matrix.scalar(1)),
                start,
                Stopping.relative(1e-13, 8));
    assertThat(solution.outcome()).isEqualTo(Outcome.BUDGET_EXHAUSTED);
    assertThat(solution.residualNorm()).isGreaterThan(1e-3);
    assertThat(solution.value().isFinite()).isTrue();
  }
}
