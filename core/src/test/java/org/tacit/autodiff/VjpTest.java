package org.tacit.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

class VjpTest {
  private final Var x = Var.input("x", Shape.of(3, 1));
  private final Map<String, Matrix> at = Map.of("x", Matrix.column(0.5, -1, 2));

  @Test
  void aPointGivenTwiceHasItsWholeGradientTwice() {
    List<Var> both = Vjp.gradient(x.exp().sum(), List.of(x, x));
    assertThat(both.get(0)).isEqualTo(both.get(1)).isEqualTo(x.exp());
  }

  @Test
  void whatDoesNotDependOnThePointHasAZeroGradientOfItsShape() {
    Var other = Var.input("other", Shape.of(2, 5));
    Var gradient = Vjp.gradient(x.exp().sum(), other);
    assertThat(gradient.isZero()).isTrue();
    assertThat(gradient.shape()).isEqualTo(other.shape());
  }

  @Test
  void anyValueMayBeAPointAndCutsWhatIsBehindIt() {
    Var inner = x.square();
    Var y = inner.sin().plus(x).sum();
    List<Var> gradients = Vjp.gradient(y, List.of(x, inner));
    assertThat(OnDriver.value(gradients.get(0), at)).isEqualTo(Matrix.filled(3, 1, 1));
    assertThat(gradients.get(1)).isEqualTo(inner.cos());
    assertThat(Vjp.gradient(y, y)).isEqualTo(Var.constant(1));
  }

  @Test
  void severalOutputsAddUp() {
    Var v = Var.input("v", Shape.of(3, 1));
    List<Var> together = Vjp.of(List.of(x.exp(), x.exp(), x.sin()), List.of(x), List.of(v, v, x));
    Var due = x.exp().times(v).times(2).plus(x.cos().times(x));
    Map<String, Matrix> inputs = Map.of("x", at.get("x"), "v", Matrix.column(1, 2, 3));
    Matrix difference = OnDriver.value(together.get(0).minus(due), inputs);
    assertThat(difference.norm()).isLessThan(1e-14);
  }

  /** The names that derivatives give their placeholders are open to users. */
  @Test
  void inputsNamedAsPlaceholdersAreTakenForThemselves() {
    Var t = Var.input("tangent 0", Shape.of(3, 1));
    Var gradient = Vjp.gradient(x.times(t).square().sum(), x);
    Matrix value = OnDriver.value(gradient, Map.of("x", at.get("x"), "tangent 0", at.get("x")));
    assertThat(value).isEqualTo(at.get("x").map(e -> 2 * e * e * e));
    Var column = Var.column("t", "tangent 0", 1);
    Var point = Var.column("t", "x", 1);
    assertThat(Vjp.gradient(point.times(column).sum(), point)).isEqualTo(column);
    assertThat(Vjp.gradient(column.square().sum(), column)).isEqualTo(column.times(2));
  }

  /** The derivative in a table's column is a number a row, which sums like any other. */
  @Test
  void columnsMayBePoints() {
    Schema schema =
        Schema.of(new Schema.Field("x", 2, Storage.DENSE), new Schema.Field("key", 1, Storage.KEY));
    Matrix rows = Matrix.of(3, 3, 1, 2, 0, 3, 4, 1, 5, 6, 2);
    Passes passes = Passes.over("t", TableFactory.inProcess(1).of(schema, rows, 2));
    Var features = Var.column("t", "x", 2);
    Var w = Var.input("w", Shape.of(2, 1));
    Var f = features.matmul(w).square().sum().times(0.5);
    Var gradient = Vjp.gradient(f, features);
    assertThat(gradient.shape()).isEqualTo(features.shape());
    Var byRow = gradient.sumByKey(Var.column("t", "key", 1), 3);
    Var second = Vjp.gradient(gradient.square().sum().times(0.5), w);
    var inputs = Map.of("w", Matrix.column(1, -2));
    // (X w) w' and |w|^2 X' X w + |X w|^2 w
    assertThat(passes.evaluate(Program.of("y", byRow.node()), inputs).get("y"))
        .isEqualTo(Matrix.of(3, 2, -3, 6, -5, 10, -7, 14));
    Matrix x2 = rows.columns(0, 2);
    Matrix margin = x2.times(inputs.get("w"));
    Matrix due = x2.transpose().times(margin).times(5).plus(margin.dot(margin), inputs.get("w"));
    assertThat(passes.evaluate(Program.of("y", second.node()), inputs).get("y")).isEqualTo(due);
  }

  @Test
  void onlyScalarsHaveGradients() {
    assertThatThrownBy(() -> Vjp.gradient(x, x))
        .hasMessage("Invalid objective: 3 x 1 (must be 1 x 1 to have a gradient)");
  }

  @Test
  void cotangentsAndTangentsHaveTheShapeOfTheirValue() {
    Var wrong = Var.input("u", Shape.of(1, 3));
    assertThatThrownBy(() -> Vjp.of(List.of(x.exp()), List.of(x), List.of(wrong)))
        .hasMessage("Invalid cotangent: 1 x 3 for an output of 3 x 1 (must be equal)");
    assertThatThrownBy(() -> Jvp.of(x.exp(), x, wrong))
        .hasMessage("Invalid tangent: 1 x 3 for a value of 3 x 1 (must be equal)");
    assertThatThrownBy(() -> Vjp.of(List.of(x.exp()), List.of(x), List.of()))
        .hasMessage("Invalid cotangents: 0 for 1 outputs (must be as many)");
  }
}
