package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** A branch that is not taken does not matter, whatever it and its derivatives would be. */
class WhereTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Var X = Var.input("x", Shape.of(3, 1));

  /** A function that is no number, or has no derivative, at -1, 0 or 1000. */
  record Partial(String name, UnaryOperator<Var> f, double at4, double slope, double curvature) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Partial> partials() {
    return Stream.of(
        new Partial("log", Var::log, Math.log(4), 0.25, -0.0625),
        new Partial("log of a difference", x -> x.minus(2).log(), Math.log(2), 0.5, -0.25),
        new Partial("sqrt", Var::sqrt, 2, 0.25, -1 / 32.0),
        new Partial("power", x -> x.pow(1.5), 8, 3, 0.375),
        new Partial("reciprocal", Var::reciprocal, 0.25, -1 / 16.0, 1 / 32.0),
        new Partial("quotient", x -> x.plus(4).divide(x), 2, -0.25, 0.125),
        new Partial("log1p", x -> x.minus(1).log1p(), Math.log(4), 0.25, -0.0625),
        new Partial(
            "overflow",
            x -> x.times(-1).exp().square(),
            Math.exp(-8),
            -2 * Math.exp(-8),
            4 * Math.exp(-8)),
        new Partial(
            "of rows",
            x -> Var.concatenate(Side.COLS, x.log(), x).softmax().sumCols().plus(x.log()),
            1 + Math.log(4),
            0.25,
            -0.0625));
  }

  @ParameterizedTest
  @MethodSource("partials")
  void theBranchNotTakenIsShieldedToSecondOrder(Partial partial) {
    Var test = X.greaterThan(Var.constant(3));
    assertShielded(Var.where(test, partial.f().apply(X), Var.constant(0)), partial);
    Var other = X.lessOrEqual(Var.constant(3));
    assertShielded(Var.where(other, Var.constant(0), partial.f().apply(X)), partial);
    Var nested = Var.where(X.greaterThan(Var.constant(-5000)), partial.f().apply(X), X);
    assertShielded(Var.where(test, nested, Var.constant(0)), partial);
  }

  private static void assertShielded(Var y, Partial partial) {
    Var direction = Var.constant(Matrix.filled(3, 1, 1));
    Var forward = Jvp.of(y, X, direction);
    Var backward = Vjp.gradient(y.sum(), X);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("value", y.node());
    outputs.put("jvp", forward.node());
    outputs.put("vjp", backward.node());
    outputs.put("second", Jvp.of(backward, X, direction).node());
    outputs.put("back", Vjp.gradient(forward.sum(), X).node());
    for (double outside : new double[] {-1, 0, -1000}) {
      Matrix x = Matrix.column(outside, 4, outside);
      Map<String, Matrix> found = NONE.evaluate(Program.of(outputs), Map.of("x", x));
      assertOnlySecond(found.get("value"), partial.at4());
      assertOnlySecond(found.get("jvp"), partial.slope());
      assertOnlySecond(found.get("vjp"), partial.slope());
      assertOnlySecond(found.get("second"), partial.curvature());
      assertOnlySecond(found.get("back"), partial.curvature());
    }
  }

  private static void assertOnlySecond(Matrix found, double expected) {
    assertThat(found.at(0)).isZero();
    assertThat(found.at(1)).isCloseTo(expected, within(1e-14));
    assertThat(found.at(2)).isZero();
  }

  /** The test does not reach through a sum over what it tells apart. */
  @Test
  void whatTheTestDoesNotReachStaysAsItIs() {
    Var sum = X.log().sum();
    Var y = Var.where(X.greaterThan(Var.constant(3)), sum, Var.constant(0));
    Matrix inside =
        NONE.evaluate(Program.of("y", y.node()), Map.of("x", Matrix.column(1, 4, 2))).get("y");
    assertThat(inside).isEqualTo(Matrix.column(0, Math.log(4) + Math.log(2), 0));
    assertThatThrownBy(
            () -> NONE.evaluate(Program.of("y", y.node()), Map.of("x", Matrix.column(-1, 4, 2))))
        .isInstanceOf(NotANumberException.class);
  }

  /** A test of one number reaches everything. */
  @Test
  void aTestOfOneNumberShieldsWholePrograms() {
    Var test = X.sum().greaterThan(Var.constant(0));
    Var y = Var.where(test, X.log().dot(X), X.sum());
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", y.node());
    outputs.put("slope", Vjp.gradient(y, List.of(X)).get(0).node());
    Map<String, Matrix> found =
        NONE.evaluate(Program.of(outputs), Map.of("x", Matrix.column(-1, 0, -2)));
    assertThat(found.get("y").value()).isEqualTo(-3);
    assertThat(found.get("slope")).isEqualTo(Matrix.filled(3, 1, 1));
  }
}
