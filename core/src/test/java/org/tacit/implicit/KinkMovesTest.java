package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.Outcome;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.ProximalGradient;
import org.tacit.primitive.Var;
import org.tacit.projection.Prox;

class KinkMovesTest {
  private static Matrix hugeCounts() throws IOException {
    try (InputStream in =
        KinkMovesTest.class.getResourceAsStream("/org/tacit/solver/huge-counts.csv")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      double[] numbers =
          lines.stream()
              .skip(1)
              .flatMap(line -> Arrays.stream(line.split(",")))
              .mapToDouble(Double::parseDouble)
              .toArray();
      return Matrix.of(lines.size() - 1, numbers.length / (lines.size() - 1), numbers);
    }
  }

  /**
   * Counts of 0 to 3.7e6: steps of the fixed point are so short that a zero is 1e-8 from moving,
   * where other coefficients may be off by more. The right value is that of Newton's method on the
   * support in decimal arithmetic of 40 digits.
   */
  @Test
  void eachValueIsHeldAgainstItsOwnError() throws IOException {
    Matrix all = hugeCounts();
    int p = all.cols() - 1;
    Var features = Var.constant(all.columns(0, p));
    Var label = Var.constant(all.columnAt(p));
    var condition =
        ProximalGradient.ofConvex(
            p,
            1,
            (x, t) -> Loss.poisson().of(features.matmul(x), label).sum().divide(all.rows()),
            (v, t, eta) -> Prox.lasso(t.exp()).of(v, eta));
    try (ImplicitSolution solution = ImplicitFunction.of(condition).solve(Matrix.scalar(0))) {
      assertThat(solution.inner().outcome()).isEqualTo(Outcome.CONVERGED);
      Matrix cotangent = Matrix.filled(p, 1, 1);
      Derivative derivative = solution.vjp(cotangent);
      Certificate certificate = solution.certificate(cotangent, derivative);
      assertThat(certificate.reason()).isEmpty();
      double error = certificate.derivativeError().orElseThrow();
      assertThat(certificate.kinkDistance().orElseThrow())
          .isLessThan(certificate.solutionError().orElseThrow());
      assertThat(derivative.value().value()).isCloseTo(0.022813895117544, within(error));
    }
  }
}
