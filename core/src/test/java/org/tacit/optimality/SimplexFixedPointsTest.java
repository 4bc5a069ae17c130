package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tacit.optimality.Solved.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.solver.RootFinder;

/** Projected gradient and mirror descent on simplexes: one derivative, two conditionings. */
class SimplexFixedPointsTest {
  private static final int M = 12;
  private static final int K = 3;
  private static final int P = 4;
  private static final Matrix X = RandomMatrix.normal(M, P, new Random(21));
  private static final Matrix Y = oneHot();
  private static final Matrix UNIFORM = Matrix.filled(M * K, 1, 1.0 / K);
  private static final Matrix LAMBDA = Matrix.scalar(2);

  private static Matrix oneHot() {
    double[] y = new double[M * K];
    for (int i = 0; i < M; i++) {
      y[i * K + (i * 7 + i / 5) % K] = 1;
    }
    return Matrix.adopting(M, K, y);
  }

  /** W = X' (Y - x) / theta. */
  private static Var primal(Var x, Var theta) {
    Var gap = Var.constant(Y).minus(x.reshape(M, K));
    return Var.constant(X).transpose().matmul(gap).divide(theta);
  }

  /** The dual of the multiclass support vector machine: theta/2 |W|^2 + (x, Y). */
  private static Var dual(Var x, Var theta) {
    return primal(x, theta)
        .square()
        .sum()
        .times(theta)
        .times(0.5)
        .plus(x.reshape(M, K).dot(Var.constant(Y)));
  }

  private static Projection rows() {
    return v ->
        Projection.ontoSimplex(Extent.ROWS, Var.constant(1)).of(v.reshape(M, K)).reshape(M * K, 1);
  }

  private static Condition projected(double eta) {
    return ProximalGradient.onSet(M * K, 1, SimplexFixedPointsTest::dual, t -> rows(), eta);
  }

  private static Condition mirrored(double eta) {
    return MirrorDescent.ofSimplexRows(M * K, K, 1, SimplexFixedPointsTest::dual, eta);
  }

  private static Matrix dualSolution() {
    try (ImplicitSolution solution =
        Solved.function(projected(0.05), RootFinder.picard())
            .solve(Solved.NO_TABLES, LAMBDA, UNIFORM)) {
      return solution.inner().orThrow();
    }
  }

  /** x as whatever solver found it: dW / dlambda and the smallest singular value of A. */
  private record Differentiated(Matrix dW, double smallestSingularValue) {
    static Differentiated of(Condition condition, Matrix x) {
      ImplicitFunction function = Solved.function(condition, RootFinder.picard());
      double residual = function.residualNorm(Solved.NO_TABLES, LAMBDA, x);
      assertThat(residual).isLessThan(1e-11);
      Solution found =
          new Solution(
              x, Outcome.CONVERGED, "given", 0, residual, residual, OptionalDouble.empty());
      SolutionMap w = SolutionMap.of(function, SimplexFixedPointsTest::primal);
      try (ImplicitSolution solution = function.at(Solved.NO_TABLES, LAMBDA, found)) {
        var derivative = w.jacobian(solution);
        Matrix cotangent = RandomMatrix.normal(P * K, 1, new Random(3));
        assertClose(
            "vjp",
            w.vjp(solution, cotangent).orThrow(),
            Matrix.scalar(derivative.orThrow().dot(cotangent)),
            1e-8);
        return new Differentiated(
            derivative.orThrow(), derivative.linearSolve().smallestEigenvalue().orElseThrow());
      }
    }
  }

  @Test
  void fourFixedPointsOfTheSvmDualGiveOneDerivative() {
    Matrix x = dualSolution();
    assertThat(Arrays.stream(x.toArray())).anyMatch(v -> v == 0).anyMatch(v -> v > 0.1 && v < 0.9);
    double h = 1e-4;
    Matrix difference = w(2 + h).minus(w(2 - h)).times(1 / (2 * h));
    Differentiated byProjection = Differentiated.of(projected(1), x);
    assertClose("differences", byProjection.dW(), difference, 1e-6);
    assertThat(difference.maxAbs()).isGreaterThan(1e-3);
    for (double eta : new double[] {1, 0.1}) {
      Differentiated pg = Differentiated.of(projected(eta), x);
      Differentiated md = Differentiated.of(mirrored(eta), x);
      assertClose("projected", pg.dW(), byProjection.dW(), 1e-8);
      assertClose("mirrored", md.dW(), byProjection.dW(), 1e-8);
      assertThat(md.smallestSingularValue()).isLessThan(pg.smallestSingularValue() / 5);
    }
  }

  private static Matrix w(double lambda) {
    ImplicitFunction function = Solved.function(projected(0.05), RootFinder.picard());
    SolutionMap w = SolutionMap.of(function, SimplexFixedPointsTest::primal);
    try (ImplicitSolution solution =
        function.solve(Solved.NO_TABLES, Matrix.scalar(lambda), UNIFORM)) {
      solution.inner().orThrow();
      return w.value(solution);
    }
  }

  private static Var shifted(Regression regression, Var w, Var theta) {
    return regression.objective(w.minus(theta));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void oneSimplexOnATable(int partitions) {
    Regression regression = new Regression(4);
    ProximalGradient.Smooth objective = (w, theta) -> shifted(regression, w, theta);
    Matrix theta = Matrix.column(0.1, 0.9, 0.2, -0.7);
    Matrix start = Matrix.filled(4, 1, 0.25);
    Condition projected =
        ProximalGradient.onSet(
            4, 4, objective, t -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)), 0.3);
    Solved expected =
        Solved.againstDifferences(
            Solved.function(projected, RootFinder.picard()),
            regression.passes(partitions),
            theta,
            start);
    assertThat(Arrays.stream(expected.x().toArray())).anyMatch(v -> v == 0);
    for (double eta : new double[] {0.5, 2}) {

      Solved mirrored =
          Solved.of(
              Solved.function(MirrorDescent.ofSimplex(4, 4, objective, eta), RootFinder.picard()),
              regression.passes(partitions),
              theta,
              start);
      assertClose("x", mirrored.x(), expected.x(), 1e-9);
      assertClose("dx", mirrored.jacobian(), expected.jacobian(), 1e-8);
    }
  }

  /** phi = |x|^2 / 2 is projected gradient; phi = sum x log x is the multiplicative form. */
  @Test
  void mirrorMapsOfTheUsers() {
    Regression regression = new Regression(4);
    ProximalGradient.Smooth objective =
        (w, theta) -> shifted(regression, w, theta).plus(w.dot(theta).times(0.01));
    Matrix theta = Matrix.column(0.3, 0.2, 0.2, 0.2);
    Matrix start = Matrix.filled(4, 1, 0.25);
    MirrorDescent.MirrorMap euclidean =
        mirror(x -> x, Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)));
    MirrorDescent.MirrorMap entropy =
        mirror(Var::log, Projection.ontoKlSimplex(Extent.WHOLE, Var.constant(1)));
    Solved expected =
        Solved.of(
            Solved.function(MirrorDescent.ofSimplex(4, 4, objective, 1), RootFinder.picard()),
            regression.passes(1),
            theta,
            start);
    for (MirrorDescent.MirrorMap map : new MirrorDescent.MirrorMap[] {euclidean, entropy}) {
      Solved solved =
          Solved.of(
              Solved.function(MirrorDescent.of(4, 4, objective, map, 0.3), RootFinder.picard()),
              regression.passes(2),
              theta,
              start);
      assertClose("x", solved.x(), expected.x(), 1e-9);
      assertClose("dx", solved.jacobian(), expected.jacobian(), 1e-8);
    }
  }

  private static MirrorDescent.MirrorMap mirror(
      UnaryOperator<Var> gradient, Projection projection) {
    return new MirrorDescent.MirrorMap() {
      @Override
      public Var gradient(Var x) {
        return gradient.apply(x);
      }

      @Override
      public Var project(Var dual, Var theta) {
        return projection.of(dual);
      }
    };
  }

  @Test
  void pointsOfAHullAreTheirOwnProjections() {
    Matrix triangle = Matrix.of(2, 3, 0, 2, 0, 0, 0, 2);
    ConvexHull hull =
        new ConvexHull(3, 3, theta -> Var.constant(triangle).times(theta.slice(Side.ROWS, 0, 1)));
    ProximalGradient.Smooth distance =
        (x, theta) -> x.minus(theta.slice(Side.ROWS, 1, 3)).square().sum().times(0.5);
    Matrix theta = Matrix.column(1, 1.5, 1.3);
    Matrix start = Matrix.filled(3, 1, 1.0 / 3);
    // Nearest on the edge from (2s, 0) to (0, 2s): s (1, 1) + ((u - v)/2, (v - u)/2).
    Matrix expected = Matrix.of(2, 3, 1, 0.5, -0.5, 1, -0.5, 0.5);
    for (Condition condition :
        new Condition[] {
          hull.projectedGradient(distance, 0.2), hull.mirrorDescent(distance, 0.3)
        }) {
      ImplicitFunction function = Solved.function(condition, RootFinder.picard());
      SolutionMap x = SolutionMap.of(function, hull::point);
      try (ImplicitSolution solution = function.solve(Solved.NO_TABLES, theta, start)) {
        solution.inner().orThrow();
        assertClose("x", x.value(solution), Matrix.column(1.1, 0.9), 1e-10);
        assertClose("dx", x.jacobian(solution).orThrow(), expected, 1e-9);
        assertClose(
            "dx'", x.vjp(solution, Matrix.identity(2)).orThrow().transpose(), expected, 1e-9);
        assertClose("dx forward", x.jvp(solution, Matrix.identity(3)).orThrow(), expected, 1e-9);
      }
    }
    assertThatThrownBy(() -> new ConvexHull(2, 3, hull.vertices()).projectedGradient(distance, 1))
        .hasMessage("Invalid vertices: 2 x 3 (must be replicated, with 2 columns)");
    assertThatThrownBy(() -> new ConvexHull(0, 3, hull.vertices()))
        .hasMessage("Invalid vertices: 0 (must be >= 1)");
  }

  /** |x - (0.2, 0.3, 0.5)|^2: zero, which is the start elsewhere, is on no simplex. */
  @Test
  void mirrorDescentStartsAtTheBarycentre() {
    Matrix least = Matrix.column(0.2, 0.3, 0.5);
    Condition condition =
        MirrorDescent.ofSimplex(
            3, 1, (x, t) -> x.minus(Var.constant(least).times(t)).square().sum());
    Parameters<Var> one = Parameters.vector(1);
    for (Condition of : List.of(condition, condition.reparametrised(one, t -> t.square()))) {
      assertThat(of.start()).isEqualTo(Matrix.filled(3, 1, 1.0 / 3));
      ImplicitSolution solution = ImplicitFunction.of(of).solve(Passes.none(), Matrix.scalar(1));
      assertClose("x", solution.x(), least, 1e-6);
    }
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> MirrorDescent.ofSimplexRows(7, 3, 1, (x, t) -> x.sum(), 1))
        .hasMessage("Invalid width of a simplex: 3 (must divide 7 unknowns)");
    assertThatThrownBy(() -> MirrorDescent.ofSimplex(7, 1, (x, t) -> x.sum(), 0))
        .hasMessageStartingWith("Invalid step: 0.0 (must be > 0");
    assertThatThrownBy(() -> projected(-1)).hasMessageStartingWith("Invalid step: -1.0 (must be");
  }
}
