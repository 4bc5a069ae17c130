package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

/** What line searches promise of the length they return, on functions with hard lengths. */
class LineSearchTest {
  /** phi with its slope, and the first length tried. */
  private record Case(DoubleUnaryOperator phi, DoubleUnaryOperator slope, double first) {
    CountedProblem problem() {
      return CountedProblem.objective(
          1,
          Structure.SYMMETRIC,
          x ->
              new CountedProblem.At(
                  phi.applyAsDouble(x.at(0)), Matrix.column(slope.applyAsDouble(x.at(0)))),
          x -> Matrix.scalar(1));
    }
  }

  /** Moré and Thuente's first function, -t / (t^2 + 2), scaled; others with walls and plateaus. */
  static Stream<Case> cases() {
    DoubleUnaryOperator more = t -> -t / (t * t + 2);
    DoubleUnaryOperator moreSlope = t -> (t * t - 2) / ((t * t + 2) * (t * t + 2));
    DoubleUnaryOperator wall = t -> -t - Math.log(1 - t);
    DoubleUnaryOperator wallSlope = t -> -1 + 1 / (1 - t) - 0.5;
    return Stream.of(1e-3, 0.1, 1.0, 10.0, 1e3)
        .flatMap(
            first ->
                Stream.of(
                    new Case(more, moreSlope, first),
                    new Case(t -> (t - 3) * (t - 3), t -> 2 * (t - 3), first),
                    new Case(t -> wall.applyAsDouble(t) - 0.5 * t, wallSlope, first),
                    new Case(
                        t -> Math.pow(t - 1, 4) - Math.sin(2 * t),
                        t -> 4 * Math.pow(t - 1, 3) - 2 * Math.cos(2 * t),
                        first)));
  }

  private static Ray ray(CountedProblem problem) {
    Iterates iterates = new Iterates(problem, Matrix.column(0), Stopping.relative(1e-30, 1000));
    Matrix direction = Matrix.column(1);
    return new Ray(iterates, direction, iterates.here().value().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backtrackingDecreasesEnoughInFewPasses(Case of) {
    CountedProblem problem = of.problem();
    Ray.Trial found =
        Minimiser.LineSearch.backtracking().along(ray(problem), of.first()).orElseThrow();
    assertThat(found.value())
        .isLessThanOrEqualTo(of.phi().applyAsDouble(0) + 1e-4 * found.t() * slope(of, 0));
    assertThat(problem.passes()).isLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void strongWolfeFindsASmallSlope(Case of) {
    CountedProblem problem = of.problem();
    StrongWolfe search = new StrongWolfe(1e-4, 0.1);
    Ray.Trial found = search.along(ray(problem), of.first()).orElseThrow();
    assertThat(found.value())
        .isLessThanOrEqualTo(of.phi().applyAsDouble(0) + 1e-4 * found.t() * slope(of, 0));
    assertThat(Math.abs(slope(of, found.t()))).isLessThanOrEqualTo(-0.1 * slope(of, 0));
    assertThat(problem.passes()).isLessThanOrEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hagerZhangMeetsTheWolfeConditions(Case of) {
    CountedProblem problem = of.problem();
    Ray.Trial found =
        Minimiser.LineSearch.hagerZhang().along(ray(problem), of.first()).orElseThrow();
    double first = slope(of, 0);
    assertThat(found.value()).isLessThan(of.phi().applyAsDouble(0));
    assertThat(slope(of, found.t())).isGreaterThanOrEqualTo(0.9 * first);
    assertThat(found.slope()).isEqualTo(slope(of, found.t()));
    assertThat(problem.passes()).isLessThanOrEqualTo(20);
  }

  private static double slope(Case of, double t) {
    return of.slope().applyAsDouble(t);
  }

  static Stream<Minimiser.LineSearch> searches() {
    return Stream.of(
        Minimiser.LineSearch.backtracking(),
        Minimiser.LineSearch.strongWolfe(),
        Minimiser.LineSearch.hagerZhang());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void whereAllTrialsAreRefusedNoneIsFound(Minimiser.LineSearch search) {
    Case of = new Case(t -> t == 0 ? 0 : Double.NaN, t -> -1, 1);
    CountedProblem problem = of.problem();
    assertThat(search.along(ray(problem), 1)).isEqualTo(Optional.empty());
    assertThat(problem.passes()).isLessThan(60);
  }

  @ParameterizedTest
  @MethodSource("searches")
  void alongAnUnboundedRayItEnds(Minimiser.LineSearch search) {
    CountedProblem problem = new Case(t -> -t, t -> -1, 1).problem();
    assertThat(search.along(ray(problem), 1).orElseThrow().value()).isLessThan(0);
    assertThat(problem.passes()).isLessThan(60);
  }

  @Test
  void refusesConstantsThatContradict() {
    assertThatThrownBy(() -> new Backtracking(0.5))
        .hasMessage("Invalid delta: 0.5 (must be in (0, 0.5))");
    assertThatThrownBy(() -> new StrongWolfe(0.9, 0.1))
        .hasMessage("Invalid constants: 0.9, 0.1 (must be 0 < c1 < c2 < 1)");
    assertThatThrownBy(() -> new HagerZhang(0.1, 0.05))
        .hasMessageStartingWith("Invalid constants: 0.1, 0.05");
  }
}
