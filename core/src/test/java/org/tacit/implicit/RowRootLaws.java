package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** A small problem for every row: coupled cubics, against differences and their own equation. */
public interface RowRootLaws {
  int ROWS = 37;
  Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 2, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  Rows TABLE = new Rows("t", SCHEMA);
  Matrix DATA = RandomMatrix.normal(ROWS, 3, new Random(5));
  Var THETA = Var.input("theta", Shape.of(2, 1));
  Matrix AT = Matrix.column(0.3, -0.2);

  TableFactory tables();

  private Passes passes(int partitions) {
    return Passes.over("t", tables().of(SCHEMA, DATA, partitions));
  }

  /** z_1^3 + e^theta_1 z_1 + z_2 / 5 = a_1 and z_2^3 + e^theta_2 z_2 - y z_1 / 5 = a_2. */
  private static Var roots(Var theta) {
    return RowRoot.of(
        Var.constant(Matrix.zeros(1, 2)),
        List.of(TABLE.features(), TABLE.label(), theta),
        RowRootLaws::equation);
  }

  private static Var equation(Var z, List<Var> inputs) {
    Var first = z.slice(Side.COLS, 0, 1);
    Var second = z.slice(Side.COLS, 1, 2);
    Var coupling =
        Var.concatenate(Side.COLS, second.times(0.2), inputs.get(1).times(first).times(-0.2));
    return z.pow(3)
        .plus(z.times(inputs.get(2).exp().transpose()))
        .plus(coupling)
        .minus(inputs.get(0));
  }

  private static Var loss(Var theta) {
    return roots(theta).sin().times(TABLE.features()).meanRows().sumCols();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  default void rootsSolveTheirRowsInOnePass(int partitions) {
    Passes passes = passes(partitions);
    Var z = roots(THETA);
    Var residual = equation(z, List.of(TABLE.features(), TABLE.label(), THETA)).square().sum();
    Program program =
        Program.of(Map.of("residual", residual.node(), "size", z.square().sum().node()));
    Map<String, Matrix> found = passes.evaluate(program, Map.of("theta", AT));
    assertThat(found.get("residual").value()).isLessThan(1e-26);
    assertThat(found.get("size").value()).isGreaterThan(1);
    assertThat(passes.ledger().total()).isEqualTo(1);
  }

  @Test
  default void gradientsAndTheirGradientsAreThoseOfDifferences() {
    Passes passes = passes(2);
    Var gradient = Vjp.gradient(loss(THETA), THETA);
    Var second = Vjp.gradient(gradient.slice(Side.ROWS, 0, 1), THETA);
    Program all =
        Program.of(
            Map.of(
                "loss", loss(THETA).node(), "gradient", gradient.node(), "second", second.node()));
    double h = 1e-4;
    Map<String, Matrix> here = passes.evaluate(all, Map.of("theta", AT));
    for (int j = 0; j < 2; j++) {
      Matrix direction = Matrix.identity(2).columnAt(j).times(h);
      Map<String, Matrix> up = passes.evaluate(all, Map.of("theta", AT.plus(direction)));
      Map<String, Matrix> down = passes.evaluate(all, Map.of("theta", AT.minus(direction)));
      double slope = (up.get("loss").value() - down.get("loss").value()) / (2 * h);
      double bend = (up.get("gradient").at(0) - down.get("gradient").at(0)) / (2 * h);
      assertThat(Math.abs(slope)).isGreaterThan(1e-3);
      assertThat(Math.abs(here.get("gradient").at(j) / slope - 1)).isLessThan(1e-6);
      assertThat(Math.abs(here.get("second").at(j) / bend - 1)).isLessThan(1e-6);
    }
  }

  @Test
  default void theGradientIsOnePass() {
    Passes passes = passes(2);
    Program gradient = Program.of("gradient", Vjp.gradient(loss(THETA), THETA).node());
    passes.evaluate(gradient, Map.of("theta", AT));
    assertThat(passes.ledger().total()).isEqualTo(1);
  }

  @Test
  default void aRowWithoutARootStopsThePass() {
    Var none =
        RowRoot.of(
            Var.constant(Matrix.scalar(1)),
            List.of(TABLE.label()),
            (z, in) -> z.square().plus(in.get(0).square()).plus(1));
    assertThatThrownBy(() -> passes(1).evaluate(Program.of("sum", none.sum().node()), Map.of()))
        .isInstanceOf(NotANumberException.class)
        .hasMessageContaining("rowRoot");
  }

  @Test
  default void anEquationThatMixesRowsIsRefused() {
    assertThatThrownBy(
            () ->
                RowRoot.of(
                    Var.constant(Matrix.scalar(0)),
                    List.of(TABLE.label()),
                    (z, in) -> z.minus(in.get(0).meanRows())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must act on every row by itself");
  }
}
