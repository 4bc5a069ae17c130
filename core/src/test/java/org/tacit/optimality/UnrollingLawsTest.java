package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacit.optimality.Solved.assertClose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/**
 * Every row of the catalogue differentiated through the iterations of its fixed point, forward and
 * reverse: once they have converged, the derivative is the implicit one.
 */
class UnrollingLawsTest {
  private static final int N = 3;
  private static final Matrix Q =
      RandomMatrix.symmetric(RandomMatrix.spectrum(N, 5), new Random(31));
  private static final Matrix THETA = Matrix.column(0.7, -0.4, 1.1);

  /** 1/2 x'Qx - theta'x + sum_i log cosh(x_i + 0.1), strongly convex. */
  private static Var smooth(Var x, Var theta) {
    Var bend = x.plus(0.1).times(2).softplus().minus(x.plus(0.1)).sum();
    return x.dot(Var.constant(Q).matmul(x)).times(0.5).minus(theta.dot(x)).plus(bend);
  }

  /** Iterations, and where they start. */
  private record Row(Condition condition, Unrolled unrolled, Matrix start) {
    static Row of(Condition condition, int iterations) {
      return new Row(condition, Unrolled.of(condition, iterations), Matrix.zeros(N, 1));
    }
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    Condition stationary =
        Stationarity.ofStronglyConvex(
            Parameters.vector(N), Parameters.vector(N), UnrollingLawsTest::smooth);
    rows.put(
        "stationary",
        new Row(stationary, Unrolled.ofDescent(stationary, 0.4, 200), Matrix.zeros(N, 1)));
    rows.put(
        "gradient descent",
        Row.of(FixedPoint.ofGradientStep(N, N, UnrollingLawsTest::smooth), 300));
    rows.put("KKT", kkt());
    rows.put(
        "proximal gradient",
        Row.of(
            ProximalGradient.of(
                N,
                N,
                UnrollingLawsTest::smooth,
                (v, t, eta) -> Prox.lasso(t.slice(Side.ROWS, 0, 1).square()).of(v, eta)),
            300));
    rows.put(
        "projected gradient",
        Row.of(
            ProximalGradient.onSet(
                N,
                N,
                UnrollingLawsTest::smooth,
                t -> Projection.ontoBox(Var.constant(-0.2), t.slice(Side.ROWS, 0, 1).times(0.2))),
            300));
    rows.put(
        "mirror descent",
        new Row(
            MirrorDescent.ofSimplex(N, N, UnrollingLawsTest::smooth),
            Unrolled.of(MirrorDescent.ofSimplex(N, N, UnrollingLawsTest::smooth), 600),
            Matrix.filled(N, 1, 1.0 / N)));
    rows.put(
        "newton",
        Row.of(FixedPoint.ofNewtonStep(N, N, (x, t) -> Vjp.gradient(smooth(x, t), x), 1), 8));
    rows.put(
        "block proximal gradient",
        Row.of(
            ProximalGradient.ofBlocks(
                List.of(
                    new ProximalGradient.Block(
                        1, (v, t, eta) -> Prox.lasso(Var.constant(0.1)).of(v, eta), 0.3),
                    new ProximalGradient.Block(
                        2, (v, t, eta) -> Prox.ridge(t.slice(Side.ROWS, 0, 1)).of(v, eta), 0.2)),
                N,
                UnrollingLawsTest::smooth),
            300));
    rows.put("conic", conic());
    rows.put("convex hull", hull());
    rows.put("root", Row.of(FixedPoint.of(N, N, (x, t) -> x.cos().times(0.5).plus(t)), 120));
    return rows;
  }

  /** Newton steps on the equations of a constrained problem. */
  private static Row kkt() {
    Kkt<Var, Var> kkt =
        Kkt.of(Parameters.vector(N), Parameters.vector(N), UnrollingLawsTest::smooth)
            .withEqualities((z, t) -> z.sum().minus(1))
            .withInequalities((z, t) -> z.slice(Side.ROWS, 0, 1).minus(0.1));
    Condition newton = FixedPoint.ofNewtonStep(kkt.unknowns(), N, (x, t) -> kkt.residual(x, t), 1);
    return new Row(kkt, Unrolled.of(newton, 20), Matrix.column(0.1, 0.3, 0.6, 0, 1));
  }

  /** The least z_1 + 2 z_2 with z_1 + z_2 / 2, z_1 and z_2 bounded below by theta. */
  private static Row conic() {
    Var e = Var.constant(Matrix.of(3, 2, -1, -0.5, -1, 0, 0, -1));
    ConicResidual conic =
        ConicResidual.of(
            Cone.nonNegative(3),
            Parameters.vector(N),
            t -> new ConicResidual.Data(e, t.negate(), Var.constant(Matrix.column(1, 2))));
    return new Row(
        conic.asFixedPoint(),
        Unrolled.of(conic.asFixedPoint(), 400),
        Matrix.zeros(conic.unknowns(), 1));
  }

  private static Row hull() {
    ConvexHull hull =
        new ConvexHull(
            3,
            N,
            t ->
                Var.constant(Matrix.of(2, 3, 0, 2, 0.5, 0, 0.3, 2))
                    .times(t.slice(Side.ROWS, 2, 3)));
    Condition condition =
        hull.projectedGradient(
            (x, t) -> x.minus(t.slice(Side.ROWS, 0, 2)).square().sum().times(0.5));
    return new Row(condition, Unrolled.of(condition, 2000), Matrix.filled(3, 1, 1.0 / 3));
  }

  @TestFactory
  Stream<DynamicTest> unrolledDerivativesAreTheImplicitOnes() {
    return rows().entrySet().stream()
        .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> check(row.getValue())));
  }

  private static void check(Row row) {
    Unrolled.Derivative forward = row.unrolled.jacobian(Solved.NO_TABLES, THETA, row.start);
    Matrix cotangents = Matrix.identity(row.start.rows());
    Matrix reverse =
        row.unrolled.vjp(Solved.NO_TABLES, THETA, row.start, cotangents).value().transpose();
    Matrix implicit = implicit(row, forward.x());
    assertThat(implicit.maxAbs()).isGreaterThan(1e-2);
    assertClose("forward", forward.value(), implicit, 1e-7);
    assertClose("reverse", reverse, forward.value(), 1e-10);
  }

  private static Matrix implicit(Row row, Matrix x) {
    ImplicitFunction function =
        ImplicitFunction.of(
            row.condition,
            RootFinder.newton(),
            LinearSolver.auto(1e-12),
            Stopping.relative(1e-12, 10));
    double residual = function.residualNorm(Solved.NO_TABLES, THETA, x);
    assertThat(residual).as("the iterations have converged").isLessThan(1e-9);
    Solution known =
        new Solution(x, Outcome.CONVERGED, "given", 0, residual, residual, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(Solved.NO_TABLES, THETA, known)) {
      return solution.jacobian().orThrow();
    }
  }
}
