package org.tacit.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Gradients of composed functions against differences, and derivatives of high order. */
class CompositionTest {
  private final Var x = Var.input("x", Shape.of(4, 3));
  private final Matrix at = Matrix.of(4, 3, new Random(4).doubles(12, 0.2, 1.2).toArray());
  private final Matrix direction = Matrix.of(4, 3, new Random(5).doubles(12, -1, 1).toArray());

  private static Map<String, Function<Var, Var>> functions() {
    Map<String, Function<Var, Var>> f = new LinkedHashMap<>();
    f.put("log det by products", v -> gram(v).solve(Var.constant(Matrix.identity(3))).sum().log());
    f.put(
        "least squares",
        v -> gram(v).solvePositiveDefinite(v.transpose().matmul(v.sumCols().sin())).square().sum());
    f.put("attention", v -> v.matmul(v.transpose()).softmax().matmul(v).tanh().sum());
    f.put("entropy", v -> v.softmax().times(v.softmax().log()).sum().negate());
    f.put("norms", v -> v.square().sumCols().sqrt().divide(v.sumRows().maxCols()).sum());
    f.put(
        "scans",
        v ->
            Var.concatenate(Side.ROWS, v.slice(Side.ROWS, 1, 4), v.slice(Side.ROWS, 0, 1).exp())
                .times(v.pad(Side.COLS, 1, 0).slice(Side.COLS, 0, 3))
                .sum()
                .pow(1.5));
    f.put(
        "lookups",
        v ->
            v.rows(Var.constant(Matrix.column(3, 0, 3)))
                .times(v.slice(Side.ROWS, 0, 3))
                .sumByKey(Var.constant(Matrix.column(1, 1, 0)), 2)
                .logSumExp()
                .sum());
    f.put("pieces", v -> Var.where(v.lessThan(v.meanRows()), v.sin(), v.min(v.square())).sum());
    return f;
  }

  private static Var gram(Var v) {
    return v.transpose().matmul(v).plus(Var.constant(Matrix.identity(3)));
  }

  private Matrix value(Var y, double step) {
    return OnDriver.value(y, Map.of("x", at.plus(step, direction), "d", direction));
  }

  /** The derivative of y along the direction, by central differences of fourth order. */
  private Matrix difference(Var y) {
    double h = 1e-3;
    Matrix near = value(y, h).minus(value(y, -h)).times(8);
    return near.minus(value(y, 2 * h).minus(value(y, -2 * h))).times(1 / (12 * h));
  }

  @TestFactory
  Stream<DynamicTest> gradientAndHessianProductAreDifferences() {
    Var d = Var.input("d", Shape.of(4, 3));
    return functions().entrySet().stream()
        .map(
            f ->
                DynamicTest.dynamicTest(
                    f.getKey(),
                    () -> {
                      Var y = f.getValue().apply(x);
                      Var gradient = Vjp.gradient(y, x);
                      assertThat(value(gradient.dot(d), 0).value())
                          .isCloseTo(difference(y).value(), withPercentage(1e-7));
                      assertThat(value(Jvp.of(y, x, d), 0).value())
                          .isCloseTo(value(gradient.dot(d), 0).value(), withPercentage(1e-11));
                      Matrix product = value(Jvp.of(gradient, x, d), 0);
                      Matrix due = difference(gradient);
                      assertThat(product.minus(due).norm())
                          .isLessThanOrEqualTo(1e-8 * due.norm() + 1e-10);
                      Matrix reversed = value(Vjp.gradient(gradient.dot(d), x), 0);
                      assertThat(product.minus(reversed).norm())
                          .isLessThanOrEqualTo(1e-10 * (1 + product.norm()));
                    }));
  }

  /** f(t) = sin(exp(t)): f''' = -e^t (3 e^t sin(e^t) + (e^2t - 1) cos(e^t)). */
  @Test
  void thirdDerivativesByForwardAndReverseAreExact() {
    Var t = Var.input("t", Shape.SCALAR);
    Var f = t.exp().sin();
    Var one = Var.constant(1);
    Var reverse = Vjp.gradient(Vjp.gradient(Vjp.gradient(f, t), t), t);
    Var forward = Jvp.of(Jvp.of(Jvp.of(f, t, one), t, one), t, one);
    Var mixed = Vjp.gradient(Jvp.of(Vjp.gradient(f, t), t, one), t);
    for (double at : new double[] {-1, 0.3, 1.1}) {
      double e = Math.exp(at);
      double due = -e * (3 * e * Math.sin(e) + (e * e - 1) * Math.cos(e));
      for (Var third : List.of(reverse, forward, mixed)) {
        assertThat(OnDriver.value(third, Map.of("t", Matrix.scalar(at))).value())
            .isCloseTo(due, withPercentage(1e-11));
      }
    }
  }

  /** The gradient of |grad f|^2 / 2 is H grad f. */
  @Test
  void gradientOfTheGradientsNormIsTheHessianTimesIt() {
    for (Function<Var, Var> f : functions().values()) {
      Var gradient = Vjp.gradient(f.apply(x), x);
      Var ofNorm = Vjp.gradient(gradient.square().sum().times(0.5), x);
      Matrix product = value(Jvp.of(gradient, x, gradient), 0);
      assertThat(value(ofNorm, 0).minus(product).norm())
          .isLessThanOrEqualTo(1e-10 * (1 + product.norm()));
      assertThat(product.norm()).isPositive();
    }
  }
}
