package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/** Functions of two numbers, of operands that stretch, at every width of what they stretch to. */
class PointwisePairTest {
  private static final int ROWS = 5;

  private final Random random = new Random(4);

  static Stream<PointwisePair> pairs() {
    return Stream.of(
        new Times(),
        new Minus(),
        new Plus(),
        new Compare(Compare.Relation.EQUAL),
        new Compare(Compare.Relation.UNEQUAL),
        new Compare(Compare.Relation.LESS),
        new Compare(Compare.Relation.LESS_OR_EQUAL));
  }

  /** Few different numbers, in rows that are so much wider. */
  private Dense operand(int rows, int cols, int wider) {
    double[] data = random.ints((cols + (long) wider) * rows + 1, -2, 3).asDoubleStream().toArray();
    return new Dense(data, 1, cols + wider, rows, cols);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void operandsOfOneRowOrColumnStretch(PointwisePair pair) {
    int[] heights = {1, ROWS};
    for (int cols : new int[] {1, 2, 3, 4, 5, 11, 31, 32, 33, 70}) {
      for (int shape = 0; shape < 32; shape++) {
        int wider = (shape & 16) == 0 ? 0 : 2;
        Dense a = operand(heights[shape & 1], (shape & 2) == 0 ? 1 : cols, wider);
        Dense b = operand(heights[(shape >> 2) & 1], (shape & 8) == 0 ? 1 : cols, wider);
        Dense out = Dense.zeros(ROWS, cols);
        pair.evaluate(new Operand[] {a, b}, out);
        for (int i = 0; i < ROWS; i++) {
          for (int j = 0; j < cols; j++) {
            assertThat(out.data()[out.at(i) + j])
                .isEqualTo(pair.at(a.stretched(i, j), b.stretched(i, j)));
          }
        }
      }
    }
  }
}
