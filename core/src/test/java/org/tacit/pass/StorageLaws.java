package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** A program gives the same numbers however the columns it reads are stored. */
public interface StorageLaws {
  int ROWS = 1201;
  int WIDTH = 13;

  TableFactory tables();

  /** Half zeros, half numbers that a float holds, in the columns of every storage alike. */
  private static Matrix data() {
    Random random = new Random(8);
    double[] all = new double[ROWS * (WIDTH + 1)];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < WIDTH; j++) {
        all[i * (WIDTH + 1) + j] = random.nextBoolean() ? 0 : random.nextInt(1000) / 256.0 - 2;
      }
      all[i * (WIDTH + 1) + WIDTH] = random.nextInt(5);
    }
    return Matrix.adopting(ROWS, WIDTH + 1, all);
  }

  private static Map<String, Matrix> inputs() {
    Random random = new Random(9);
    return Map.of(
        "v", Matrix.column(random.doubles(WIDTH, -1, 1).toArray()),
        "V", Matrix.column(0.5, -1.25, 3, 0.125),
        "W", Matrix.of(WIDTH, 3, random.doubles(WIDTH * 3L, -1, 1).toArray()),
        "T", Matrix.of(5, 2, random.doubles(10, -1, 1).toArray()));
  }

  private static Program program(Schema schema) {
    Rows rows = new Rows("t", schema);
    Var x = rows.features();
    Var key = rows.column("key");
    Var v = Var.input("v", Shape.of(WIDTH, 1));
    Var w = Var.input("W", Shape.of(WIDTH, 3));
    Var table = Var.input("T", Shape.of(5, 2));
    Var r = x.matmul(v).tanh();
    Var scores = x.matmul(w);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("sum of X v", x.matmul(v).sum().node());
    outputs.put("X' r", x.transpose().matmul(r).node());
    outputs.put("sum of X W", scores.sumRows().node());
    outputs.put("X' R", x.transpose().matmul(scores.softmax()).node());
    outputs.put("sum of X W'", x.matmul(w.transpose().sin().transpose()).sumRows().node());
    outputs.put("X' X", x.transpose().matmul(x).node());
    outputs.put("elementwise", x.square().plus(x).times(r).sumRows().node());
    outputs.put("slice", x.slice(Side.COLS, 2, 9).times(x.sumCols()).sumRows().node());
    Var chosen = Var.input("V", Shape.of(4, 1));
    Var centred = x.centredColumns(List.of(1, 4, 5, 12), chosen.transpose());
    outputs.put("some columns", centred.transpose().matmul(centred.matmul(chosen).tanh()).node());
    Var run = x.centredColumns(List.of(6, 7, 8, 9), chosen.transpose());
    outputs.put("a run of columns", run.times(r).sumRows().node());
    outputs.put("by key", x.sumByKey(key, 5).node());
    outputs.put("key as number", key.times(r).plus(key.square()).sum().node());
    outputs.put("key in a product", key.transpose().matmul(x).node());
    outputs.put("gathered", table.rows(key).times(r).sumRows().node());
    outputs.put("gradient", Vjp.gradient(scores.logSumExp().sum(), w).node());
    outputs.put(
        "gathered gradient", Vjp.gradient(table.rows(key).times(r).square().sum(), table).node());
    return Program.of(outputs);
  }

  private Map<String, Matrix> results(Storage features, Storage key, int partitions) {
    Schema schema =
        Schema.of(new Schema.Field("features", WIDTH, features), new Schema.Field("key", 1, key));
    try (Table table = tables().of(schema, data(), partitions)) {
      return Passes.over("t", table).evaluate(program(schema), inputs());
    }
  }

  @TestFactory
  default Stream<DynamicTest> everyStorageGivesTheSameSums() {
    return Stream.of(Storage.DENSE, Storage.FLOAT, Storage.CSR)
        .flatMap(
            features ->
                Stream.of(Storage.values())
                    .map(
                        key ->
                            DynamicTest.dynamicTest(
                                features + " features, " + key + " keys",
                                () ->
                                    assertClose(
                                        results(features, key, 3),
                                        results(Storage.DENSE, Storage.DENSE, 1)))));
  }

  @Test
  default void productsAreSums() {
    Matrix all = data();
    Matrix x = all.columns(0, WIDTH);
    Matrix v = inputs().get("v");
    double[] product = new double[WIDTH];
    double[] gram = new double[WIDTH * WIDTH];
    double total = 0;
    for (int i = 0; i < ROWS; i++) {
      double margin = 0;
      for (int j = 0; j < WIDTH; j++) {
        margin += x.at(i, j) * v.at(j);
      }
      total += margin;
      for (int j = 0; j < WIDTH; j++) {
        product[j] += x.at(i, j) * Math.tanh(margin);
        for (int k = 0; k < WIDTH; k++) {
          gram[j * WIDTH + k] += x.at(i, j) * x.at(i, k);
        }
      }
    }
    for (Storage storage : new Storage[] {Storage.DENSE, Storage.FLOAT, Storage.CSR}) {
      assertClose(
          results(storage, Storage.KEY, 2),
          Map.of(
              "sum of X v", Matrix.scalar(total),
              "X' r", Matrix.column(product),
              "X' X", Matrix.of(WIDTH, WIDTH, gram)));
    }
  }

  private static void assertClose(Map<String, Matrix> results, Map<String, Matrix> due) {
    due.forEach(
        (name, value) ->
            assertThat(results.get(name).minus(value).norm())
                .as(name)
                .isLessThanOrEqualTo(1e-12 * value.norm()));
  }
}
