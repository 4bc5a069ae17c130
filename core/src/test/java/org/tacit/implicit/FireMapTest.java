package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.FireMap;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/** FIRE as a program is FIRE the solver, and its derivatives are those of its iterates. */
class FireMapTest {
  private static final Matrix START = Matrix.column(-1.2, 1);
  private static final Matrix THETA = Matrix.scalar(1.3);

  /** (t - a)^2 + 5 (b - a^2)^2, which is least at (t, t^2). */
  private static final Condition VALLEY =
      Stationarity.of(
          Parameters.vector(2),
          Parameters.vector(1),
          (Var x, Var t) ->
              t.minus(x.at(0))
                  .square()
                  .plus(x.at(1).minus(x.at(0).square()).square().times(5))
                  .sum());

  private static final FireMap MAP = FireMap.of(VALLEY, 0.05, 0.15);

  private static Unrolled.Derivative unrolled(int iterations, Matrix theta) {
    return Unrolled.of(MAP.size(), 1, MAP::next, iterations)
        .jvp(Passes.none(), theta, MAP.start(START), Matrix.scalar(1));
  }

  @Test
  void itsIteratesAreTheSolvers() {
    List<Matrix> iterates = new ArrayList<>();
    Minimiser.fire(0.05, 0.15)
        .solve(
            ReadyCondition.of(VALLEY).at(Passes.none(), THETA),
            START,
            Stopping.relative(1e-12, 120).withListener(at -> iterates.add(at.x())));
    assertThat(iterates).hasSize(120);
    for (int k : new int[] {1, 2, 30, 70, 120}) {
      Matrix x = MAP.x(unrolled(k, THETA).x());
      assertThat(x.minus(iterates.get(k - 1)).norm()).isLessThan(1e-11);
    }
    assertThat(iterates.get(119).minus(START).norm()).isGreaterThan(1);
  }

  @Test
  void itsTangentsAreDifferencesOfItsIterates() {
    double h = 1e-6;
    for (int k : new int[] {1, 40, 90}) {
      Matrix tangent = MAP.x(unrolled(k, THETA).value());
      Matrix ahead = MAP.x(unrolled(k, Matrix.scalar(1.3 + h)).x());
      Matrix behind = MAP.x(unrolled(k, Matrix.scalar(1.3 - h)).x());
      Matrix difference = ahead.minus(behind).times(0.5 / h);
      assertThat(difference.norm()).isGreaterThan(1e-3);
      assertThat(tangent.minus(difference).norm()).isLessThan(1e-7 * difference.norm() + 1e-9);
    }
  }

  @Test
  void goingOnIsTheSameAsGoingThrough() {
    Unrolled half = Unrolled.of(MAP.size(), 1, MAP::next, 25);
    Unrolled.Derivative first = half.jvp(Passes.none(), THETA, MAP.start(START), Matrix.scalar(1));
    Unrolled.Derivative second = half.jvp(Passes.none(), THETA, first, Matrix.scalar(1));
    Unrolled.Derivative through = unrolled(50, THETA);
    assertThat(second.x()).isEqualTo(through.x());
    assertThat(second.value()).isEqualTo(through.value());
    assertThat(second.iterations()).isEqualTo(50);
    assertThat(second.passes()).isEqualTo(through.passes());
  }

  @Test
  void stepsOfTimeArePositiveAndIncrease() {
    assertThatThrownBy(() -> Minimiser.fire(0.2, 0.1))
        .hasMessage("Invalid steps of time: 0.2 to 0.1 (must be > 0, finite and increasing)");
    assertThatThrownBy(() -> FireMap.of(VALLEY, 0, 0.1))
        .hasMessage("Invalid steps of time: 0.0 to 0.1 (must be > 0, finite and increasing)");
  }
}
