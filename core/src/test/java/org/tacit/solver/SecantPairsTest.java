package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.RandomMatrix;

class SecantPairsTest {
  @Test
  void stepsOfTheInnerSolvePreconditionTheAdjoint() {
    ProblemCatalogue.Case problem = ProblemCatalogue.of("quadratic");
    SecantPairs pairs = new SecantPairs(40);
    Solution inner =
        Minimiser.lbfgs()
            .solve(
                problem.problem().get(),
                problem.start(),
                Stopping.relative(1e-3, 2000).withListener(pairs));
    try (ClosableOperator a = problem.problem().get().jacobian(inner.value())) {
      Matrix b = a.apply(RandomMatrix.normal(a.cols(), 1, new Random(3)));
      Solution plain = LinearSolver.conjugateGradient(1e-8, 5000).prepare(a).solve(b);
      Solution helped =
          LinearSolver.conjugateGradient(1e-8, 5000, pairs.preconditioner()).prepare(a).solve(b);
      assertThat(helped.orThrow().minus(plain.orThrow()).norm())
          .isLessThan(1e-3 * plain.value().norm());
      assertThat(helped.iterations()).isLessThan((int) (0.7 * plain.iterations()));
    }
  }
}
