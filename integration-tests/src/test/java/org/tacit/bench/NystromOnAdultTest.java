package org.tacit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;
import org.tacit.linsolve.Solution;

class NystromOnAdultTest {
  private static final LinearSolver PLAIN = LinearSolver.conjugateGradient(1e-10, 5000);

  @Test
  void itHalvesThePassesOfConjugateGradientsAtLeast() {
    Optional<Path> file = AdultHessian.file();
    assumeTrue(file.isPresent(), "Skipped: a9a is not in TACIT_DATA (see the README)");
    AdultHessian system = AdultHessian.of(file.get());
    long start = system.passes();
    Solution plain = system.solve(PLAIN);
    long between = system.passes();
    Solution with =
        system.solve(
            LinearSolver.conjugateGradient(
                1e-10, 5000, Preconditioner.nystrom(80, AdultHessian.PENALTY, 1)));
    long end = system.passes();
    assertThat(with.orThrow().minus(plain.orThrow()).norm())
        .isLessThan(1e-4 * plain.value().norm());
    assertThat(end - between).isEqualTo(with.iterations());
    assertThat(2 * (end - between)).isLessThanOrEqualTo(between - start);
    double smallest = with.smallestEigenvalue().orElseThrow();
    assertThat(smallest).isBetween(0.5 * AdultHessian.PENALTY, 2 * AdultHessian.PENALTY);
  }
}
