package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.program.Program;

@ExtendWith(SparkExtension.class)
class AreaUnderCurveTest {
  private static final Schema SCHEMA =
      Schema.of(new Schema.Field("s", 1, Storage.DENSE), new Schema.Field("v", 1, Storage.DENSE));

  /** By the definition, pair by pair. */
  private static double ofPairs(double[] s, double[] v) {
    double inOrder = 0;
    double all = 0;
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < s.length; j++) {
        if (v[i] > 0 && v[j] < 0) {
          inOrder += v[i] * -v[j] * (s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0);
          all += v[i] * -v[j];
        }
      }
    }
    return inOrder / all;
  }

  private static List<List<Block>> partitions(double[] s, double[] v, int height) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int from = 0; from < s.length; from += height) {
      int rows = Math.min(height, s.length - from);
      partitions.add(
          List.of(
              new Block(
                  rows,
                  Column.dense(rows, 1, java.util.Arrays.copyOfRange(s, from, from + rows)),
                  Column.dense(rows, 1, java.util.Arrays.copyOfRange(v, from, from + rows)))));
    }
    return partitions;
  }

  private static double area(Table table, long gathered) {
    Rows rows = new Rows("t", SCHEMA);
    Program columns =
        Program.of(Map.of("s", rows.column("s").node(), "v", rows.column("v").node()));
    Map<String, RowValues> kept = Passes.over("t", table).keep(columns, Map.of());
    try (RowValues s = kept.get("s");
        RowValues v = kept.get("v")) {
      return AreaUnderCurve.of(table, s, v, gathered);
    }
  }

  @Test
  void everyWayIsTheShareOfPairsInOrder(JavaSparkContext context) {
    Random random = new Random(11);
    for (int trial = 0; trial < 4; trial++) {
      int n = 57 + 20 * trial;
      double[] v = new double[n];
      double[] s = new double[n];
      for (int i = 0; i < n; i++) {
        boolean isPositive = random.nextDouble() < 0.3;
        double weight = trial == 0 ? 1 : random.nextInt(4); // some rows weigh nothing
        v[i] = isPositive ? weight : -weight;
        s[i] = Math.rint(3 * random.nextGaussian() + (isPositive ? 5 : 0)); // ties, and -0
      }
      s[0] = Double.POSITIVE_INFINITY;
      double expected = ofPairs(s, v);
      assertThat(expected).isBetween(0.6, 0.98);
      assertThat(AreaUnderCurve.of(s, v)).isCloseTo(expected, within(1e-14));
      var partitions = partitions(s, v, 20);
      Table here = InProcessTable.of(SCHEMA, partitions);
      assertThat(area(here, 1 << 20)).isCloseTo(expected, within(1e-14));
      var blocks = context.parallelize(partitions.stream().map(p -> p.get(0)).toList(), 3);
      try (Table onSpark = SparkTable.of(SCHEMA, blocks)) {
        assertThat(area(onSpark, 1 << 20)).isCloseTo(expected, within(1e-14));
        assertThat(area(onSpark, 0)).isCloseTo(expected, within(1e-14));
      }
    }
  }

  @Test
  void scoresInOrderAreOneTheirOppositeZeroAndEqualOnesHalf() {
    double[] v = {-1, 2, -1e300, 1e300};
    assertThat(AreaUnderCurve.of(new double[] {1, 3, 2, 4}, v)).isOne();
    assertThat(AreaUnderCurve.of(new double[] {4, 2, 3, 1}, v)).isZero();
    assertThat(AreaUnderCurve.of(new double[] {0.0, -0.0, 0.0, -0.0}, v)).isEqualTo(0.5);
  }

  @Test
  void oneClassHasNone() {
    assertThat(AreaUnderCurve.of(new double[] {1, 2}, new double[] {1, 3})).isNaN();
    assertThat(AreaUnderCurve.of(new double[] {1, 2}, new double[] {1, -0.0})).isNaN();
  }
}
