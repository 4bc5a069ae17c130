package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.tacit.optimality.Solved.assertClose;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.solver.ConstrainedMinimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

class KktTest {
  private static final int N = 4;
  private static final Matrix Q = Matrix.identity(N).plus(0.3, Matrix.filled(N, N, 1));
  private static final Var A = Var.constant(Matrix.of(1, N, 1, 1, 1, 1));
  private static final Var G = Var.constant(RandomMatrix.normal(6, N, new Random(3)));

  /** 1/2 z'Qz + c'z, sum z = b, G z <= h in theta = (c, b, h). */
  private static Var objective(Var z, Var theta) {
    Var c = theta.slice(Side.ROWS, 0, N);
    return z.dot(Var.constant(Q).matmul(z)).times(0.5).plus(c.dot(z));
  }

  private static Var total(Var theta) {
    return theta.slice(Side.ROWS, N, N + 1);
  }

  private static Var bound(Var theta) {
    return theta.slice(Side.ROWS, N + 1, N + 7);
  }

  private static Kkt<Var, Var> quadraticProgram() {
    return Kkt.of(Parameters.vector(N), Parameters.vector(N + 7), KktTest::objective)
        .withEqualities((z, theta) -> A.matmul(z).minus(total(theta)))
        .withInequalities((z, theta) -> G.matmul(z).minus(bound(theta)));
  }

  private static final Matrix THETA =
      Matrix.column(-1, 2, -3, 0.5, 1, 0.2, 0.1, 0.4, 0.3, 0.25, 0.6);

  private static Matrix zeros(Condition condition) {
    return Matrix.zeros(condition.unknowns(), 1);
  }

  @Test
  void aQuadraticProgramIsThatOfProjectedGradients() {
    Kkt<Var, Var> kkt = quadraticProgram();
    Solved byKkt =
        Solved.againstDifferences(
            Solved.function(kkt, ConstrainedMinimiser.interiorPoint()),
            Solved.NO_TABLES,
            THETA,
            zeros(kkt));
    KktRegularity regularity = KktRegularity.of(kkt, Solved.NO_TABLES, THETA, byKkt.x());
    assertThat(regularity.isRegular()).isTrue();
    regularity.orThrow();
    Matrix lam = kkt.inequalityMultipliers(byKkt.x());
    assertThat(Arrays.stream(lam.toArray())).anyMatch(v -> v > 0.01).anyMatch(v -> v < 1e-9);
    Matrix z = kkt.primal(byKkt.x()).get(0);
    Matrix dz = byKkt.jacobian().transpose().columns(0, N).transpose();
    for (double eta : new double[] {0.4, 0.05}) {
      Condition projected =
          ProximalGradient.onSet(
              N,
              N + 7,
              KktTest::objective,
              theta -> Projection.ontoPolyhedron(A, total(theta), G, bound(theta)),
              eta);
      Solved byProjection =
          Solved.of(
              Solved.function(projected, RootFinder.picard()),
              Solved.NO_TABLES,
              THETA,
              zeros(projected));
      assertClose("z", byProjection.x(), z, 1e-10);
      assertClose("dz", byProjection.jacobian(), dz, 1e-8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void constraintsOnAnObjectiveOverATable(int partitions) {
    Regression regression = new Regression(3);
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(3),
                Parameters.vector(2),
                (Var w, Var t) -> regression.objective(w))
            .withEqualities((w, t) -> w.sum().minus(t.slice(Side.ROWS, 0, 1)))
            .withInequalities((w, t) -> w.dot(w).minus(t.slice(Side.ROWS, 1, 2)));
    Solved solved =
        Solved.againstDifferences(
            Solved.function(kkt, ConstrainedMinimiser.interiorPoint()),
            regression.passes(partitions),
            Matrix.column(0.3, 0.06),
            zeros(kkt));
    Matrix w = kkt.primal(solved.x()).get(0);
    assertThat(w.dot(w)).isCloseTo(0.06, within(1e-12));
    assertThat(kkt.inequalityMultipliers(solved.x()).value()).isGreaterThan(1e-3);
    KktRegularity.of(kkt, regression.passes(1), Matrix.column(0.3, 0.06), solved.x()).orThrow();
  }

  @Test
  void withoutInequalitiesNewtonFindsTheSolutionAndAIsSymmetric() {
    Kkt<Var, Var> kkt =
        Kkt.of(Parameters.vector(N), Parameters.vector(N + 7), KktTest::objective)
            .withEqualities((z, theta) -> A.matmul(z).minus(total(theta)));
    assertThat(kkt.structure().isSymmetric()).isTrue();
    Solved solved =
        Solved.of(Solved.function(kkt, RootFinder.newton()), Solved.NO_TABLES, THETA, zeros(kkt));
    Solved again =
        Solved.of(
            Solved.function(kkt, ConstrainedMinimiser.interiorPoint()),
            Solved.NO_TABLES,
            THETA,
            zeros(kkt));
    assertClose("x", again.x(), solved.x(), 1e-12);
    assertClose("dx", again.jacobian(), solved.jacobian(), 1e-12);
  }

  /** min 1/2 (z - theta)^2 subject to z <= 0, whose solution min(theta, 0) has a kink at 0. */
  private static Kkt<Var, Var> kink() {
    return Kkt.of(
            Parameters.vector(1),
            Parameters.vector(1),
            (Var z, Var theta) -> z.minus(theta).square().times(0.5))
        .withInequalities((z, theta) -> z);
  }

  @Test
  void aKinkIsAnnounced() {
    Kkt<Var, Var> kkt = kink();
    ImplicitFunction function =
        ImplicitFunction.of(
            kkt,
            ConstrainedMinimiser.interiorPoint(),
            LinearSolver.auto(1e-10),
            new Stopping(0, 1e-12, 100));
    Matrix zero = Matrix.scalar(0);
    try (ImplicitSolution atKink = function.solve(Solved.NO_TABLES, zero)) {
      KktRegularity regularity =
          KktRegularity.of(kkt, Solved.NO_TABLES, zero, atKink.inner().orThrow());
      assertThat(regularity.degenerate()).containsExactly(0);
      assertThat(regularity.isRegular()).isFalse();
      assertThatThrownBy(regularity::orThrow)
          .hasMessageContaining(
              "Degenerate solution: lam and G are both zero for inequalities [0]");
    }
    try (ImplicitSolution exact =
        function.at(
            Solved.NO_TABLES,
            zero,
            new Solution(
                Matrix.zeros(2, 1), Outcome.CONVERGED, "given", 0, 0, 0, OptionalDouble.empty()))) {
      assertThat(exact.jacobian().outcome()).isEqualTo(Outcome.SINGULAR);
    }
    double[][] sides = {{-1, 1}, {1, 0}};
    for (double[] side : sides) {
      Solved solved =
          Solved.of(function, Solved.NO_TABLES, Matrix.scalar(side[0]), Matrix.zeros(2, 1));
      assertThat(solved.jacobian().at(0)).isCloseTo(side[1], within(1e-10));
    }
  }

  @Test
  void redundantConstraintsAreAnnounced() {
    Kkt<Var, Var> kkt =
        kink()
            .withInequalities((z, theta) -> z.times(2))
            .withInequalities((z, theta) -> z.minus(9));
    Matrix x = Matrix.column(0, 0.5, 0.25, 0);
    KktRegularity regularity = KktRegularity.of(kkt, Solved.NO_TABLES, Matrix.scalar(1), x);
    assertThat(regularity.residualNorm()).isZero();
    assertThat(regularity.independence()).isZero();
    assertThat(regularity.degenerate()).isEmpty();
    assertThatThrownBy(regularity::orThrow).hasMessageContaining("must be independent");
  }

  @Test
  void aRootThatIsNoSolutionIsSaid() {
    Matrix unconstrained = Matrix.column(1, 0);
    KktRegularity regularity =
        KktRegularity.of(kink(), Solved.NO_TABLES, Matrix.scalar(1), unconstrained);
    assertThat(regularity.residualNorm()).isZero();
    assertThat(regularity.infeasibility()).isEqualTo(1);
    assertThatThrownBy(regularity::orThrow).hasMessageContaining("Not a solution");
  }

  @Test
  void anInfeasibleProblemDoesNotConverge() {
    Kkt<Var, Var> kkt = kink().withInequalities((z, theta) -> z.negate().plus(1));
    ImplicitFunction function =
        ImplicitFunction.of(
            kkt,
            ConstrainedMinimiser.interiorPoint(),
            LinearSolver.auto(1e-10),
            new Stopping(0, 1e-10, 200));
    try (ImplicitSolution solution = function.solve(Solved.NO_TABLES, Matrix.scalar(0))) {
      assertThat(solution.inner().outcome()).isNotEqualTo(Outcome.CONVERGED);
      assertThatThrownBy(() -> solution.inner().orThrow())
          .hasMessageContaining("interior point did not converge");
    }
  }

  @Test
  void shapesAreChecked() {
    Regression regression = new Regression(3);
    Parameters<Var> three = Parameters.vector(3);
    assertThatThrownBy(() -> Kkt.of(three, three, (Var z, Var t) -> z))
        .hasMessage("Invalid objective: 3 x 1 (must be 1 x 1; sum over its rows)");
    Kkt<Var, Var> kkt = Kkt.of(three, three, (Var z, Var t) -> regression.objective(z));
    assertThatThrownBy(() -> kkt.withEqualities((z, t) -> z.transpose()))
        .hasMessageContaining("Invalid equalities: 1 x 3 (must be a replicated column");
    assertThatThrownBy(
            () -> kkt.withInequalities((z, t) -> Var.column("train", "label", 1).times(z.sum())))
        .hasMessageContaining("Invalid inequalities: rows(train) x 1");
    assertThatThrownBy(() -> kkt.primal(Matrix.zeros(2, 1)))
        .hasMessage("Invalid x: 2 x 1 (must be 3 x 1)");
    assertThatThrownBy(() -> new Problem.Constraints(-1, 2, false))
        .hasMessage("Invalid constraints: -1 equalities, 2 inequalities (must be >= 0)");
    Passes none = Solved.NO_TABLES;
    assertThat(
            KktRegularity.of(kink(), none, Matrix.scalar(-1), Matrix.column(-1, 0)).independence())
        .isInfinite();
  }
}
