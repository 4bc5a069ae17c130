package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Stopping;

/** Figure 4 at a small size. */
class SvmTest {
  /** Where x depends on it: from about 1.5 on it does not, and a derivative of zero would do. */
  private static final double LAM = 0;

  private static final String SMALL =
      "features = [30], rows = 35, validation = 20, classes = 3, mirror-descent = 2000,"
          + " accelerated-gradient = 1000, block-descent = 200";

  @Test
  void allWaysAgreeAndTwoRunsAreEqual() {
    Findings findings = SmallExperiments.findings("svm", SMALL);
    assertThat(findings.numbers())
        .containsEntry("unsolvedSystems", 0.0)
        .hasEntrySatisfying("mostErrorOfLosses", e -> assertThat((double) e).isLessThan(1e-3))
        .hasEntrySatisfying("mostErrorOfGradients", e -> assertThat((double) e).isLessThan(1e-2));
    Findings again = SmallExperiments.findings("svm", SMALL);
    assertThat(again.numbers()).isEqualTo(findings.numbers());
    assertThat(SmallExperiments.files(again)).isEqualTo(SmallExperiments.files(findings));
  }

  /** There x is zero where its gradient would still have it grow. */
  @Test
  void fewIterationsAreDifferentiatedToo() {
    Findings findings =
        SmallExperiments.findings(
            "svm", "features = [20], rows = 60, accelerated-gradient = 8, block-descent = 2");
    assertThat((double) findings.numbers().get("mostErrorOfLosses")).isBetween(1e-6, 0.5);
  }

  @ParameterizedTest
  @EnumSource
  void everyWayIsTheSlopeOfSolvedProblems(Svm.Method method) {
    List<Samples> parts = Classes.of(3, 50, 25, 3, 0.5).split(2, 0.6, 0.4);
    SvmDual dual = new SvmDual(parts.get(0), parts.get(1), 3);
    double h = 1e-4;
    double slope = (loss(dual, LAM + h) - loss(dual, LAM - h)) / (2 * h);
    assertThat(Math.abs(slope)).isGreaterThan(0.1);
    Svm svm = new Svm(dual, Matrix.scalar(LAM));
    assertThat(Math.abs(direct(dual) / slope - 1)).isGreaterThan(1);
    for (Svm.Way way : Svm.Way.values()) {
      Comparison.Found found =
          svm.cost(SmallExperiments.unmeasured(), way, svm.iterations(method, 4000)).value();
      assertThat(found.isSolved()).isTrue();
      assertThat(found.loss() / loss(dual, LAM) - 1).isBetween(-1e-4, 1e-4);
      assertThat(found.gradient().value() / slope - 1).isBetween(-1e-3, 1e-3);
    }
  }

  /** The derivative with x held. */
  private static double direct(SvmDual dual) {
    BilevelProblem problem = dual.validation(dual.projected, Preconditioner.none());
    Matrix lam = Matrix.scalar(LAM);
    try (ImplicitSolution solution =
        problem.inner().solve(dual.passes, lam, dual.mirrored.start())) {
      return problem.outerValue(dual.passes, solution).alongTheta().value();
    }
  }

  /** By a solver of the library's. */
  private static double loss(SvmDual dual, double lam) {
    BilevelProblem problem = dual.validation(dual.projected, Preconditioner.none());
    ImplicitFunction solved =
        ImplicitFunction.of(
            dual.projected,
            CompositeMinimiser.blockCoordinateDescent(3),
            LinearSolver.auto(1e-10),
            new Stopping(0, 1e-11, 5000));
    try (ImplicitSolution solution =
        solved.solve(dual.passes, Matrix.scalar(lam), dual.mirrored.start())) {
      solution.inner().orThrow();
      return problem.outerValue(dual.passes, solution).value();
    }
  }
}
