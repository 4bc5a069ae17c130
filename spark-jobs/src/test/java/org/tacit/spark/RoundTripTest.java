package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import scala.Tuple2;

class RoundTripTest {
  @ParameterizedTest
  @EnumSource
  void blocksOfEveryStorageArriveWhole(RoundTrip wire) {
    Block sent =
        new Block(
            2,
            Column.dense(2, 2, new double[] {1, 2, 3, Double.MIN_VALUE}),
            Column.floats(2, 1, new float[] {1.5f, -2.5f}),
            Column.sparse(3, new int[] {0, 1, 3}, new int[] {2, 0, 1}, new double[] {7, 8, 9}),
            Column.keys(new int[] {4, 0}));
    assertThat(wire.of(sent)).isNotSameAs(sent).usingRecursiveComparison().isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource
  void matricesArriveWhole(RoundTrip wire) {
    Matrix sent = Matrix.of(2, 2, 1, -0.0, Double.NEGATIVE_INFINITY, Math.PI);
    assertThat(wire.of(sent)).isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource
  void schemasArriveWhole(RoundTrip wire) {
    Schema sent =
        Schema.of(
            new Schema.Field("features", 3, Storage.CSR),
            new Schema.Field("label", 1, Storage.DENSE));
    assertThat(wire.of(sent)).usingRecursiveComparison().isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource
  void sumsAndInputsArriveWhole(RoundTrip wire) {
    Tuple2<Integer, double[]> slice = new Tuple2<>(3, new double[] {1, 2});
    assertThat(wire.of(slice)).usingRecursiveComparison().isEqualTo(slice);
    double[][][] inputs = {{{1, 2}, {3}}, {}};
    assertThat(wire.of(inputs)).isDeepEqualTo(inputs);
  }
}
