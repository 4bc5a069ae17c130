package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

class PassesTest {
  private static final int P = 5;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));

  private final double[] x = new Random(1).doubles(200 * P, -1, 1).toArray();
  private final double[] y = new Random(2).ints(200, 0, 2).mapToDouble(i -> 2 * i - 1).toArray();
  private final Rows rows = new Rows("train", SCHEMA);
  private final Var w = Var.input("w", Shape.of(P, 1));

  private Table table(int... partitionSizes) {
    List<List<Block>> partitions = new ArrayList<>();
    int at = 0;
    for (int size : partitionSizes) {
      partitions.add(
          List.of(
              new Block(
                  size,
                  Column.dense(size, P, java.util.Arrays.copyOfRange(x, at * P, (at + size) * P)),
                  Column.dense(size, 1, java.util.Arrays.copyOfRange(y, at, at + size)))));
      at += size;
    }
    return InProcessTable.of(SCHEMA, partitions);
  }

  private Var objective() {
    return rows.features().matmul(w).times(rows.label()).negate().softplus().meanRows();
  }

  private double closedForm(Matrix at) {
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      double margin = 0;
      for (int j = 0; j < P; j++) {
        margin += x[i * P + j] * at.at(j);
      }
      sum += Math.log1p(Math.exp(-y[i] * margin));
    }
    return sum / 200;
  }

  @Test
  void valueGradientAndHessianProductAgreeWithDifferencesInOnePassEach() {
    Var f = objective();
    Var gradient = Vjp.gradient(f, w);
    Var v = Var.input("v", Shape.of(P, 1));
    Var product = Jvp.of(gradient, w, v);
    Map<String, Node> both = new LinkedHashMap<>();
    both.put("f", f.node());
    both.put("g", gradient.node());
    Program valueAndGradient = Program.of(both);
    Program hessianProduct = Program.of("hv", product.node());
    Passes passes = Passes.over("train", table(120, 80));
    Matrix at = Matrix.column(0.3, -0.2, 0.1, 0.5, -0.7);
    Matrix direction = Matrix.column(1, 2, -1, 0.5, 0.25);

    var result = passes.in("value").evaluate(valueAndGradient, Map.of("w", at));
    assertThat(result.get("f").value())
        .isCloseTo(closedForm(at), org.assertj.core.data.Offset.offset(1e-14));
    double h = 1e-6;
    double difference =
        (closedForm(at.plus(h, direction)) - closedForm(at.plus(-h, direction))) / (2 * h);
    assertThat(result.get("g").dot(direction))
        .isCloseTo(difference, org.assertj.core.data.Offset.offset(1e-8));
    assertThat(passes.ledger().of("value")).isEqualTo(1);

    Matrix hv = passes.in("hv").evaluate(hessianProduct, Map.of("w", at, "v", direction)).get("hv");
    Matrix up = passes.evaluate(valueAndGradient, Map.of("w", at.plus(h, direction))).get("g");
    Matrix down = passes.evaluate(valueAndGradient, Map.of("w", at.plus(-h, direction))).get("g");
    assertThat(hv.minus(up.minus(down).times(1 / (2 * h))).norm()).isLessThan(1e-8);
    assertThat(passes.ledger().of("hv")).isEqualTo(1);
  }

  @Test
  void manyInstancesAreOnePass() {
    Program program = Program.of("g", Vjp.gradient(objective(), w).node());
    Passes passes = Passes.over("train", table(50, 50, 100));
    List<Map<String, Matrix>> instances = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      instances.add(Map.of("w", Matrix.column(new Random(k).doubles(P).toArray())));
    }
    List<Map<String, Matrix>> together = passes.in("together").evaluate(program, instances);
    assertThat(passes.ledger().of("together")).isEqualTo(1);
    for (int k = 0; k < 20; k++) {
      Matrix alone = passes.in("alone").evaluate(program, instances.get(k)).get("g");
      assertThat(together.get(k).get("g").minus(alone).norm()).isLessThan(1e-14);
    }
  }

  /** Products with up to seven columns have the bits of those with one. */
  @Test
  void aFewInstancesAreToTheBitWhatEachIsAlone() {
    Program program = valueAndGradient();
    Passes passes = Passes.over("train", table(50, 3, 147));
    for (int count = 2; count < 8; count++) {
      List<Map<String, Matrix>> instances = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        instances.add(Map.of("w", Matrix.column(new Random(k).doubles(P).toArray())));
      }
      List<Map<String, Matrix>> together = passes.evaluate(program, instances);
      for (int k = 0; k < count; k++) {
        assertThat(together.get(k)).isEqualTo(passes.evaluate(program, instances.get(k)));
      }
    }
  }

  private Program valueAndGradient() {
    Var f = objective();
    Map<String, Node> both = new LinkedHashMap<>();
    both.put("f", f.node());
    both.put("g", Vjp.gradient(f, w).node());
    return Program.of(both);
  }

  @Test
  void aSumFromTheSameInputsAsTheLastTimeIsRecalledWithTheSameBits() {
    Program asked = Program.of("g", Vjp.gradient(objective(), w).times(3.0).node());
    Matrix at = Matrix.column(0.3, -0.2, 0.1, 0.5, -0.7);
    Matrix elsewhere = at.times(2);
    Passes alone = Passes.over("train", table(120, 80));
    Passes passes = alone.recalling();
    passes.evaluate(valueAndGradient(), Map.of("w", at));
    Matrix equal = Matrix.column(at.toArray());
    assertThat(passes.evaluate(asked, Map.of("w", equal)))
        .isEqualTo(alone.uncounted().evaluate(asked, Map.of("w", at)));
    assertThat(alone.ledger().total()).isEqualTo(1);
    assertThat(passes.evaluate(asked, Map.of("w", elsewhere)))
        .isEqualTo(alone.uncounted().evaluate(asked, Map.of("w", elsewhere)));
    assertThat(alone.ledger().total()).isEqualTo(2);
    passes.evaluate(asked, Map.of("w", at));
    assertThat(alone.ledger().total()).isEqualTo(3);
  }

  @Test
  void nothingIsRecalledOfAnotherTableNorWithoutBeingAsked() {
    Matrix at = Matrix.column(0.3, -0.2, 0.1, 0.5, -0.7);
    Passes passes = Passes.over("train", table(120, 80)).recalling();
    Map<String, Matrix> all = passes.evaluate(valueAndGradient(), Map.of("w", at));
    Passes fewer = passes.with("train", table(120));
    assertThat(fewer.evaluate(valueAndGradient(), Map.of("w", at)).get("f"))
        .isNotEqualTo(all.get("f"));
    assertThat(passes.ledger().total()).isEqualTo(2);
    Passes other = Passes.over("train", table(200));
    other.evaluate(valueAndGradient(), Map.of("w", at));
    other.evaluate(valueAndGradient(), Map.of("w", at));
    assertThat(other.ledger().total()).isEqualTo(2);
  }

  @Test
  void sumsThatAreLargerThanWhatTheyComeFromAreTakenAgain() {
    Program gram =
        Program.of(
            "hessian",
            rows.features()
                .times(rows.features().matmul(w).sigmoid())
                .transpose()
                .matmul(rows.features())
                .node());
    Passes passes = Passes.over("train", table(120, 80)).recalling();
    Matrix at = Matrix.filled(P, 1, 0.5);
    passes.evaluate(gram, Map.of("w", at));
    passes.evaluate(gram, Map.of("w", at));
    assertThat(passes.ledger().total()).isEqualTo(2);
  }

  /** However many ask at once, each takes part in its own. */
  @Test
  void passesAtOnceAreWhatTheyAreAlone() {
    Program program = Program.of("f", objective().node());
    Passes passes = Passes.over("train", table(50, 70, 30, 50));
    Map<String, Matrix> at = Map.of("w", Matrix.filled(P, 1, 0.2));
    Matrix alone = passes.evaluate(program, at).get("f");
    assertThat(
            IntStream.range(0, 200)
                .parallel()
                .mapToObj(k -> passes.uncounted().evaluate(program, at).get("f"))
                .toList())
        .containsOnly(alone);
  }

  @Test
  void anInterruptEndsAPass() {
    Program program = Program.of("f", objective().node());
    Passes passes = Passes.over("train", table(100, 100));
    Map<String, Matrix> at = Map.of("w", Matrix.filled(P, 1, 0.2));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> passes.evaluate(program, at)).hasMessage("Interrupted during a pass");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(passes.evaluate(program, at).get("f").value()).isPositive();
  }

  /** A factor and a sum of one row, whose room behind the columns is not theirs. */
  @Test
  void instancesOfOneSparseFeatureAreWhatEachIsAlone() {
    Schema schema = Schema.of(new Schema.Field("x", 1, Storage.CSR));
    Column column =
        Column.sparse(1, new int[] {0, 1, 1, 2, 3}, new int[3], new double[] {2, -1, 0.5});
    Passes passes = Passes.over("t", InProcessTable.of(schema, new Block(4, column)));
    Var features = Var.column("t", "x", 1);
    Var v = Var.input("v", Shape.of(1, 1));
    Program program =
        Program.of("y", features.transpose().matmul(features.matmul(v).tanh()).node());
    for (int count = 1; count < 10; count++) {
      List<Map<String, Matrix>> instances = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        instances.add(Map.of("v", Matrix.scalar(0.3 * k - 1)));
      }
      List<Map<String, Matrix>> together = passes.evaluate(program, instances);
      for (int k = 0; k < count; k++) {
        assertThat(together.get(k)).isEqualTo(passes.evaluate(program, instances.get(k)));
      }
    }
  }

  @Test
  void copiesOfConstantsThatAreNoNumbersAreRefused() {
    Var constant = Var.constant(Matrix.column(4, i -> i == 2 ? Double.NaN : i));
    Program program = Program.of("y", constant.slice(Side.ROWS, 1, 3).node());
    assertThatThrownBy(() -> Passes.none().evaluate(program, Map.of()))
        .isInstanceOf(NotANumberException.class);
  }
}
