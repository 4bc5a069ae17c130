package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * Minimisers and fixed points for every row, by products alone, are the roots of their equations,
 * with the derivatives of roots to second order.
 */
public interface RowIterationLaws {
  int ROWS = 37;
  Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 3, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  Rows TABLE = new Rows("t", SCHEMA);
  Matrix DATA = RandomMatrix.normal(ROWS, 4, new Random(5));
  Var THETA = Var.input("theta", Shape.of(3, 1));
  Matrix AT = Matrix.column(0.3, -0.2, 0.4);
  Var ZERO = Var.constant(Matrix.zeros(1, 3));
  List<Var> INPUTS = List.of(TABLE.features(), TABLE.label(), THETA);

  TableFactory tables();

  private Passes passes(int partitions) {
    return Passes.over("t", tables().of(SCHEMA, DATA, partitions));
  }

  /** log(1 + e^(y a.z)) + z_1^2 z_2^2 + sum_j e^theta_j z_j^2, of curvature that z changes. */
  private static Var objective(Var z, List<Var> in) {
    Var both = z.slice(Side.COLS, 0, 1).times(z.slice(Side.COLS, 1, 2)).square();
    Var ridge = z.square().matmul(in.get(2).exp());
    return z.times(in.get(0)).sumCols().times(in.get(1)).softplus().plus(both).plus(ridge);
  }

  private static Var slope(Var z, List<Var> in) {
    return Vjp.gradient(objective(z, in).sum(), z);
  }

  /** tanh of a rotation of z, shrunk to 0.8, plus a and theta: not symmetric. */
  private static Var map(Var z, List<Var> in) {
    Matrix turn = Matrix.of(3, 3, 0, 0.8, 0, -0.6, 0, 0.3, 0.2, 0, 0.5);
    Var weights = Var.constant(turn).times(in.get(2).cos());
    return z.matmul(weights).plus(in.get(0)).tanh().plus(in.get(1).times(0.1));
  }

  private static Var minima(Var start) {
    return RowMinimum.of(start, INPUTS, RowIterationLaws::objective);
  }

  private static Var fixedPoints(Var start) {
    return RowFixedPoint.of(start, INPUTS, RowIterationLaws::map);
  }

  @Test
  default void minimaAreRootsOfTheirGradients() {
    Var roots = RowRoot.of(ZERO, INPUTS, RowIterationLaws::slope);
    assertDerivativesAgree(minima(ZERO), roots, 1e-9);
  }

  @Test
  default void fixedPointsAreRootsOfTheirEquations() {
    Var roots = RowRoot.of(ZERO, INPUTS, (z, in) -> z.minus(map(z, in)));
    assertDerivativesAgree(fixedPoints(ZERO), roots, 1e-10);
  }

  private void assertDerivativesAgree(Var found, Var roots, double tolerance) {
    Passes passes = passes(3);
    UnaryOperator<Var> loss =
        z -> z.sin().times(TABLE.features()).meanRows().sumCols().plus(z.square().meanRows().sum());
    Map<String, Matrix> is = passes.evaluate(twice(loss.apply(found)), Map.of("theta", AT));
    Map<String, Matrix> due = passes.evaluate(twice(loss.apply(roots)), Map.of("theta", AT));
    assertThat(passes.ledger().total()).isEqualTo(2);
    due.forEach(
        (name, value) -> {
          assertThat(value.norm()).as(name).isGreaterThan(1e-3);
          assertThat(is.get(name).minus(value).norm())
              .as(name)
              .isLessThan(tolerance * value.norm());
        });
  }

  /** Value, gradient, and gradients of two of its elements, in one pass. */
  private static Program twice(Var loss) {
    Var gradient = Vjp.gradient(loss, THETA);
    return Program.of(
        Map.of(
            "loss", loss.node(),
            "gradient", gradient.node(),
            "second", Vjp.gradient(gradient.at(0), THETA).node(),
            "another", Vjp.gradient(gradient.at(2), THETA).node()));
  }

  @Test
  default void anInputByRowsHasDerivativesToo() {
    Var shift = Var.input("shift", Shape.SCALAR);
    List<Var> moved = List.of(TABLE.features().plus(shift), TABLE.label(), THETA);
    Var loss = RowFixedPoint.of(ZERO, moved, RowIterationLaws::map).sin().meanRows().sum();
    Program all =
        Program.of(Map.of("loss", loss.node(), "slope", Vjp.gradient(loss, shift).node()));
    double h = 1e-5;
    UnaryOperator<Matrix> at =
        s -> passes(2).evaluate(all, Map.of("theta", AT, "shift", s)).get("loss");
    double difference =
        (at.apply(Matrix.scalar(h)).value() - at.apply(Matrix.scalar(-h)).value()) / (2 * h);
    double slope =
        passes(2)
            .evaluate(all, Map.of("theta", AT, "shift", Matrix.scalar(0)))
            .get("slope")
            .value();
    assertThat(Math.abs(slope)).isGreaterThan(1e-2);
    assertThat(Math.abs(slope / difference - 1)).isLessThan(1e-8);
  }

  @Test
  default void minimaAreFoundFromWhereTheObjectiveBendsDownwards() {
    Var label = TABLE.label();
    Var z =
        RowMinimum.of(
            Var.constant(Matrix.scalar(0.01)),
            List.of(label),
            (x, in) -> x.square().minus(1).square().plus(x.times(in.get(0)).times(0.1)));
    Var slope = z.times(4).times(z.square().minus(1)).plus(label.times(0.1));
    Program program =
        Program.of(Map.of("slope", slope.square().sum().node(), "z", z.square().sum().node()));
    Map<String, Matrix> found = passes(2).evaluate(program, Map.of());
    assertThat(found.get("slope").value()).isLessThan(1e-15);
    assertThat(found.get("z").value()).isGreaterThan(0.5 * ROWS);
  }

  @Test
  default void aRowWithoutAMinimumOrAFixedPointStopsThePass() {
    Var one = Var.constant(Matrix.scalar(1));
    Var falling = RowMinimum.of(one, List.of(TABLE.label()), (z, in) -> z.plus(in.get(0)));
    Var growing =
        RowFixedPoint.of(one, List.of(TABLE.label()), (z, in) -> z.times(2).plus(in.get(0)));
    for (Var none : List.of(falling, growing)) {
      assertThatThrownBy(() -> passes(1).evaluate(Program.of("sum", none.sum().node()), Map.of()))
          .isInstanceOf(NotANumberException.class)
          .hasMessageContaining(none.node().operation().name());
    }
  }

  @Test
  default void anObjectiveOfSeveralNumbersARowIsRefused() {
    assertThatThrownBy(() -> RowMinimum.of(ZERO, INPUTS, (z, in) -> z.square()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid objective of a row")
        .hasMessageContaining("must be rows(t) x 1");
  }
}
