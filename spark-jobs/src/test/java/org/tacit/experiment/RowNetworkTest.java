package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/** Networks by rows are those of plain loops. */
class RowNetworkTest {
  private static final int POINTS = 4;

  /** What the network of these weights makes of one point. */
  private static double[] plain(List<Integer> units, double[] weights, double[] point) {
    double[] h = point;
    int at = 0;
    for (int l = 1; l < units.size(); l++) {
      double[] next = new double[units.get(l)];
      for (int u = 0; u < next.length; u++) {
        double sum = 0;
        for (double before : h) {
          sum += weights[at++] * before;
        }
        sum += weights[at++];
        next[u] = l == units.size() - 1 ? sum : Math.tanh(sum);
      }
      h = next;
    }
    return h;
  }

  @Test
  void outputsAreThoseOfPlainLoops() {
    RowNetwork network = RowNetwork.of(2, 5, 3, 2);
    Random random = new Random(4);
    Matrix weights = network.random(random).map(w -> w + 0.3 * random.nextGaussian());
    Matrix inputs = Matrix.zeros(1, 2 * POINTS).map(none -> random.nextGaussian());
    Var outputs = network.outputs(Var.constant(weights), Var.constant(inputs));
    Matrix found =
        Passes.over(Map.of()).evaluate(Program.of("y", outputs.node()), Map.of()).get("y");
    assertThat(network.weights()).isEqualTo(3 * 5 + 6 * 3 + 4 * 2);
    for (int j = 0; j < POINTS; j++) {
      double[] point = {inputs.at(0, j), inputs.at(0, POINTS + j)};
      double[] expected = plain(network.units(), weights.toArray(), point);
      for (int u = 0; u < 2; u++) {
        assertThat(found.at(0, u * POINTS + j) - expected[u]).isBetween(-1e-13, 1e-13);
        assertThat(Math.abs(expected[u])).isGreaterThan(1e-3);
      }
    }
  }

  @Test
  void drawnWeightsHaveNoBiasAndTheirDeviation() {
    Matrix drawn = RowNetwork.of(3, 400).random(new Random(2));
    double sum = 0;
    for (int u = 0; u < 400; u++) {
      assertThat(drawn.at(0, 4 * u + 3)).isZero();
      for (int i = 0; i < 3; i++) {
        sum += Math.pow(drawn.at(0, 4 * u + i), 2);
      }
    }
    assertThat(sum / 400).isBetween(0.85, 1.15);
  }

  @Test
  void unitsAreCounted() {
    assertThatThrownBy(() -> RowNetwork.of(3, 0))
        .hasMessage("Invalid units: [3, 0] (must be two or more, > 0)");
  }
}
