package org.tacit.bench;

import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Preconditioner;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;

/**
 * What linear systems cost, in products: method by method on systems of each structure, and
 * preconditioner by preconditioner on a real Hessian.
 */
final class LinearBenchmark implements Bench.Benchmark {
  private static final double TOLERANCE = 1e-10;
  private static final int BUDGET = 5000;

  private static final List<LinearSolver> GENERAL =
      List.of(
          LinearSolver.gmres(TOLERANCE, BUDGET),
          LinearSolver.biCgStab(TOLERANCE, BUDGET),
          LinearSolver.lsmr(TOLERANCE, BUDGET),
          LinearSolver.normalConjugateGradient(TOLERANCE, BUDGET),
          LinearSolver.dense(TOLERANCE));

  @Override
  public void run(SparkSession spark, Report report) {
    compare(
        report,
        "positive definite",
        LinearSystems.laplacian(),
        List.of(
            LinearSolver.conjugateGradient(TOLERANCE, BUDGET),
            LinearSolver.blockConjugateGradient(TOLERANCE, BUDGET),
            LinearSolver.minres(TOLERANCE, BUDGET)));
    compare(
        report,
        "indefinite",
        LinearSystems.saddlePoint(),
        List.of(LinearSolver.minres(TOLERANCE, BUDGET)));
    compare(report, "not symmetric", LinearSystems.convection(), List.of());
    AdultHessian.file()
        .ifPresentOrElse(
            file -> preconditioners(report, AdultHessian.of(file)),
            () -> System.out.println("a9a is not in TACIT_DATA: its table is left out"));
  }

  private static void compare(
      Report report, String system, DenseOperator a, List<LinearSolver> special) {
    Random random = new Random(3);
    double[] elements = random.doubles(8L * a.rows(), -1, 1).toArray();
    Matrix b = Matrix.adopting(a.rows(), 8, elements);
    for (List<LinearSolver> methods : List.of(special, GENERAL)) {
      for (LinearSolver method : methods) {
        Solution one = method.prepare(a).solve(b.columnAt(0));
        Solution eight = method.prepare(a).solve(b);
        String name = system + ", " + method.name();
        report.figure(name + ", 1 column", one.iterations(), "products");
        report.figure(name + ", 8 columns", eight.iterations(), "products");
        report.figure(name + ", residual", eight.relativeResidual(), eight.outcome().label());
      }
    }
  }

  private static void preconditioners(Report report, AdultHessian system) {
    double without = passes(report, system, Preconditioner.none());
    passes(report, system, Preconditioner.diagonal());
    passes(report, system, Preconditioner.nystrom(50, AdultHessian.PENALTY, 1));
    passes(report, system, Preconditioner.nystrom(80, 0, 1));
    double nystrom = passes(report, system, Preconditioner.nystrom(80, AdultHessian.PENALTY, 1));
    report.ratioAtMost("nystrom-to-cg-passes", nystrom / without, 0.5);
  }

  private static double passes(Report report, AdultHessian system, Preconditioner by) {
    long before = system.passes();
    Solution solution = system.solve(LinearSolver.conjugateGradient(TOLERANCE, BUDGET, by));
    double passes = system.passes() - before;
    report.figure("a9a, CG, " + by.name(), passes, "passes, " + solution.outcome().label());
    report.figure("a9a, smallest eigenvalue", solution.smallestEigenvalue().orElse(-1), "");
    return passes;
  }
}
