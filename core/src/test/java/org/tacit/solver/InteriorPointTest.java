package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.KktRegularity;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

class InteriorPointTest {
  private static final Passes NONE = Passes.over(Map.of());
  private static final Matrix NO_THETA = Matrix.scalar(0);
  private static final Stopping TIGHT = new Stopping(0, 1e-12, 100);

  private static void assertSolved(Kkt<Var, Var> kkt) {
    Problem problem = ReadyCondition.of(kkt).at(NONE, NO_THETA);
    Matrix start = Matrix.zeros(kkt.unknowns(), 1);
    Solution solution = new InteriorPoint().solve(problem, start, TIGHT);
    Matrix x = solution.orThrow();
    assertThat(solution.iterations()).isLessThanOrEqualTo(60);
    assertThat(problem.evaluate(x).residual().norm())
        .isEqualTo(solution.residualNorm())
        .isLessThan(1e-12);
    assertThat(KktRegularity.of(kkt, NONE, NO_THETA, x).infeasibility()).isLessThan(1e-12);
    Solution warm = new InteriorPoint().solve(problem, x, TIGHT);
    assertThat(warm.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(warm.iterations()).isZero();
    assertThat(warm.value()).isEqualTo(x);
  }

  /** Convex quadratic programs, every other one with an equality, feasible by construction. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void quadraticPrograms(int seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(9);
    int p = 1 + random.nextInt(20);
    Matrix root = RandomMatrix.normal(n, n, random);
    Var q = Var.constant(root.times(root.transpose()).plus(0.1, Matrix.identity(n)));
    Var c = Var.constant(RandomMatrix.normal(n, 1, random));
    Matrix inside = RandomMatrix.normal(n, 1, random);
    Matrix g = RandomMatrix.normal(p, n, random);
    Var h = Var.constant(g.times(inside).plus(RandomMatrix.normal(p, 1, random).map(Math::abs)));
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(n),
                Parameters.vector(1),
                (Var z, Var t) -> z.dot(q.matmul(z)).times(0.5).plus(c.dot(z)))
            .withInequalities((z, t) -> Var.constant(g).matmul(z).minus(h));
    Matrix a = RandomMatrix.normal(1, n, random);
    assertSolved(
        seed % 2 == 0
            ? kkt
            : kkt.withEqualities(
                (z, t) -> Var.constant(a).matmul(z).minus(Var.constant(a.times(inside)))));
  }

  /** min c'z subject to |F z + g| <= e, from near the point where the norm has no gradient. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void linearObjectivesOverEllipsoids(int seed) {
    Random random = new Random(seed);
    int n = 2 + random.nextInt(5);
    Var f = Var.constant(RandomMatrix.normal(n + 3, n, random));
    Var g = Var.constant(RandomMatrix.normal(n + 3, 1, random).times(0.1));
    Var c = Var.constant(RandomMatrix.normal(n, 1, random));
    assertSolved(
        Kkt.of(Parameters.vector(n), Parameters.vector(1), (Var z, Var t) -> c.dot(z))
            .withInequalities((z, t) -> f.matmul(z).plus(g).square().sum().sqrt().minus(2)));
  }
}
