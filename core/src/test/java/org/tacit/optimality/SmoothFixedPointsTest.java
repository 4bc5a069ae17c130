package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tacit.optimality.Solved.assertClose;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Prox;
import org.tacit.solver.RootFinder;

/** Gradient descent, Newton and block proximal gradient, on a table's rows. */
class SmoothFixedPointsTest {
  private static final Regression REGRESSION = new Regression(4);
  private static final Matrix PENALTIES = Matrix.column(0.3, 0.7, 0.2, 0.9);
  private static final Matrix START = Matrix.zeros(4, 1);

  /** Ridge with a penalty for each coefficient. */
  private static Var ridge(Var w, Var theta) {
    return REGRESSION.objective(w).plus(theta.dot(w.square()).times(0.5));
  }

  /** w = H^-1 X'y / n and dw = -H^-1 diag(w), H = X'X / n + diag(theta). */
  private static Solved closedForm() {
    Matrix penalty =
        Matrix.identity(4).with(PENALTIES.times(Matrix.filled(1, 4, 1)), (a, b) -> a * b);
    Matrix hessian = REGRESSION.hessian().plus(penalty);
    var inverse =
        LinearSolver.dense(1e-13).prepare(new DenseOperator(hessian, Structure.POSITIVE_DEFINITE));
    Matrix moment = REGRESSION.features().transpose().times(REGRESSION.label()).times(1.0 / 30);
    Matrix w = inverse.solve(moment).orThrow();
    Matrix diagonal = Matrix.identity(4).with(w.times(Matrix.filled(1, 4, 1)), (a, b) -> a * b);
    return new Solved(w, inverse.solve(diagonal).orThrow().times(-1), 0);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 1", "0.3, 4", "0.05, 3"})
  void gradientDescentAndNewtonAreRidge(double eta, int partitions) {
    Solved expected = closedForm();
    Condition descent = FixedPoint.ofGradientStep(4, 4, SmoothFixedPointsTest::ridge, eta);
    Condition newton = FixedPoint.ofNewtonStep(4, 4, (x, t) -> Vjp.gradient(ridge(x, t), x), eta);
    for (Condition condition : List.of(descent, newton)) {
      Solved solved =
          Solved.of(
              Solved.function(condition, RootFinder.picard()),
              REGRESSION.passes(partitions),
              PENALTIES,
              START);
      assertClose("w", solved.x(), expected.x(), 1e-10);
      assertClose("dw", solved.jacobian(), expected.jacobian(), 1e-10);
      if (condition == newton) {
        assertThat(solved.smallestSingularValue()).as("A = -eta I").isCloseTo(eta, within(1e-9));
      }
    }
  }

  @Test
  void newtonOnAnEquationWithoutAnObjective() {
    BiFunction<Var, Var, Var> turning =
        (x, theta) -> {
          Var a = x.slice(Side.ROWS, 0, 1);
          Var b = x.slice(Side.ROWS, 1, 2);
          return Var.concatenate(
              Side.ROWS,
              a.plus(b.square()).minus(theta.slice(Side.ROWS, 0, 1)),
              b.minus(a.square().times(theta.slice(Side.ROWS, 1, 2))).plus(3));
        };
    Matrix theta = Matrix.column(5, 1);
    Matrix start = Matrix.column(1.2, -1.8);
    Condition root = Root.of(Parameters.vector(2), Parameters.vector(2), turning);
    Solved expected =
        Solved.againstDifferences(
            Solved.function(root, RootFinder.newton()), Solved.NO_TABLES, theta, start);
    for (double eta : new double[] {1, 0.25}) {
      Solved solved =
          Solved.of(
              Solved.function(FixedPoint.ofNewtonStep(2, 2, turning, eta), RootFinder.picard()),
              Solved.NO_TABLES,
              theta,
              start);
      assertClose("x", solved.x(), Matrix.column(1, -2), 1e-11);
      assertClose("dx", solved.jacobian(), expected.jacobian(), 1e-10);
    }
  }

  /**
   * x^3 + x + mean(x) = theta b, with b such that sin(i) solves it at 1: dx is D^-1 (b - mean(dx)),
   * D = 3 x^2 + 1.
   */
  @Test
  void newtonOnHundredsOfUnknowns() {
    int n = 300;
    Matrix x = Matrix.column(IntStream.range(0, n).mapToDouble(Math::sin).toArray());
    Matrix ones = Matrix.filled(n, 1, 1.0 / n);
    Matrix b = x.map(v -> v * v * v + v + x.dot(ones));
    Matrix inverse = x.map(v -> 1 / (3 * v * v + 1));
    double mean = b.dot(inverse) / n / (1 + inverse.dot(ones));
    Matrix dx = b.with(inverse, (v, d) -> (v - mean) * d);
    BiFunction<Var, Var, Var> cubes =
        (v, theta) ->
            v.square().times(v).plus(v).plus(v.sum().divide(n)).minus(Var.constant(b).times(theta));
    for (double eta : new double[] {1, 0.5}) {
      Solved solved =
          Solved.of(
              Solved.function(FixedPoint.ofNewtonStep(n, 1, cubes, eta), RootFinder.picard()),
              Solved.NO_TABLES,
              Matrix.scalar(1),
              Matrix.zeros(n, 1));
      assertClose("x", solved.x(), x, 1e-10);
      assertClose("dx", solved.jacobian(), dx, 1e-10);
    }
  }

  /** Group lasso on the first two coefficients, lasso on the others. */
  private static Condition groups(double first, double second) {
    return ProximalGradient.ofBlocks(
        List.of(
            new ProximalGradient.Block(
                2,
                (v, t, eta) -> Prox.groupLasso(Extent.WHOLE, t.slice(Side.ROWS, 0, 1)).of(v, eta),
                first),
            new ProximalGradient.Block(
                2, (v, t, eta) -> Prox.lasso(t.slice(Side.ROWS, 1, 2)).of(v, eta), second)),
        2,
        (w, t) -> REGRESSION.objective(w));
  }

  @Test
  void blocksWithStepsOfTheirOwn() {
    Matrix theta = Matrix.column(0.05, 0.02);
    Solved equal =
        Solved.againstDifferences(
            Solved.function(groups(0.4, 0.4), RootFinder.picard()),
            REGRESSION.passes(2),
            theta,
            START);
    Solved unequal =
        Solved.of(
            Solved.function(groups(0.5, 0.1), RootFinder.picard()),
            REGRESSION.passes(3),
            theta,
            START);
    assertClose("w", unequal.x(), equal.x(), 1e-10);
    assertClose("dw", unequal.jacobian(), equal.jacobian(), 1e-8);
    assertThat(unequal.jacobian().columnAt(0).maxAbs()).isGreaterThan(1e-2);
    assertThat(unequal.jacobian().columnAt(1).maxAbs()).isGreaterThan(1e-2);
  }

  @Test
  void badArgumentsAreRefused() {
    for (double eta : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      String message = "Invalid step: " + eta + " (must be > 0";
      assertThatThrownBy(() -> FixedPoint.ofGradientStep(4, 4, SmoothFixedPointsTest::ridge, eta))
          .hasMessageStartingWith(message);
      assertThatThrownBy(
              () -> FixedPoint.ofNewtonStep(4, 4, (x, t) -> Vjp.gradient(ridge(x, t), x), eta))
          .hasMessageStartingWith(message);
      assertThatThrownBy(() -> groups(eta, 1)).hasMessageStartingWith(message);
    }
    assertThatThrownBy(() -> FixedPoint.ofNewtonStep(4097, 1, (x, t) -> x, 1))
        .hasMessageContaining("Invalid unknowns: 4097 (must be at most 4096");
    assertThatThrownBy(() -> ProximalGradient.ofBlocks(List.of(), 1, (x, t) -> x.sum()))
        .hasMessage("Invalid blocks: none (must be one or more)");
    assertThatThrownBy(() -> new ProximalGradient.Block(0, (v, t, eta) -> v, 1))
        .hasMessage("Invalid block size: 0 (must be >= 1)");
    assertThatThrownBy(() -> FixedPoint.ofGradientStep(4, 4, (w, t) -> w, 1))
        .hasMessageContaining("Invalid objective: 4 x 1");
  }
}
