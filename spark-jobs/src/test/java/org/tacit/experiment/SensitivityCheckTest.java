package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/** x(theta) = exp(theta) from x^2 / 2 - exp(theta) x, by derivatives and by differences. */
class SensitivityCheckTest {
  private static final Condition EXP =
      Stationarity.of(
          Parameters.vector(1),
          Parameters.vector(1),
          (Var x, Var t) -> x.square().times(0.5).minus(t.exp().times(x)).sum());

  private static final ImplicitFunction FUNCTION =
      ImplicitFunction.of(
          EXP, RootFinder.newton(), LinearSolver.auto(1e-12), Stopping.relative(1e-12, 50));

  @Test
  void derivativesAgreeWithDifferences() {
    var again = new SensitivityCheck.Again(FUNCTION, x -> Passes.none());
    SensitivityCheck found = SensitivityCheck.of(FUNCTION, again, 0.5, Matrix.scalar(1), 1e-5);
    assertThat(found.x().value()).isCloseTo(Math.exp(0.5), within(1e-12));
    assertThat(found.moved().value()).isCloseTo(Math.exp(0.5), within(1e-12));
    assertThat(found.error()).isLessThan(1e-9);
    assertThat(found.isTrusted()).isTrue();
    assertThat(found.ahead().value()).isCloseTo(Math.exp(0.5 + 1e-5), within(1e-12));
    Matrix twice = found.moved().times(2);
    SensitivityCheck wrong =
        new SensitivityCheck(
            found.x(), twice, found.reason(), found.ahead(), found.behind(), found.h());
    assertThat(wrong.error()).isCloseTo(1, within(1e-8));
  }

  /** Descent by halves: after k steps both errors are 2^-k, of an implicit derivative 0. */
  @Test
  void errorsOnTheWayAreThoseOfIterates() {
    Matrix theta = Matrix.scalar(0);
    List<Unrolled.Derivative> iterates =
        Unrolled.ofDescent(EXP, 0.5, 1)
            .onTheWay(x -> Passes.none(), theta, Matrix.scalar(3), Matrix.scalar(1))
            .limit(5)
            .toList();
    List<WayPoint> way =
        WayPoint.of(FUNCTION, x -> Passes.none(), theta, iterates, Matrix.scalar(1));
    assertThat(way).hasSize(5);
    assertThat(way.get(4).k()).isEqualTo(5);
    assertThat(way.get(4).unrolled()).isCloseTo(Math.pow(0.5, 5), within(1e-15));
    assertThat(way.get(4).implicit()).isLessThan(1e-15);
  }
}
