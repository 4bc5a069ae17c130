package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenseTest {
  /** Wherever it stands; infinities, and numbers whose sum is beyond the largest, are none. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 1023, 1024, 1025, 4000})
  void aNaNIsFoundWhereverItStands(int size) {
    double[] data = new double[size + 2];
    Arrays.fill(data, Double.MAX_VALUE);
    data[0] = Double.NaN;
    data[size + 1] = Double.NaN;
    Dense x = new Dense(data, 1, 1, size, 1);
    assertThat(x.hasNaN()).isFalse();
    data[1] = Double.NEGATIVE_INFINITY;
    data[size] = Double.POSITIVE_INFINITY;
    assertThat(x.hasNaN()).isFalse();
    for (int at : new int[] {1, (size + 1) / 2, size}) {
      double number = data[at];
      data[at] = Double.NaN;
      assertThat(x.hasNaN()).isTrue();
      data[at] = number;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatStandsBesideAWindowIsNotLookedAt(int at) {
    double[] data = new double[12];
    data[4 * at + 3] = Double.NaN;
    assertThat(new Dense(data, 0, 4, 3, 3).hasNaN()).isFalse();
    assertThat(new Dense(data, 1, 4, 3, 3).hasNaN()).isTrue();
  }
}
