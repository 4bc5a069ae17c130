package org.tacit.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.pass.PassLedger;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;

/** A line of the table on rows cut into so many partitions. */
record SolverTrial(SolverTable.Line line, int partitions) {
  /** x* and dx* by the reference, which no solver and no table changes. */
  private record Known(Matrix x, Matrix jacobian) {}

  private static final Map<String, Known> KNOWN = new ConcurrentHashMap<>();

  private static final int BUDGET = 20_000;

  String name() {
    return line + ", partitions: " + partitions;
  }

  private SolverProblem problem() {
    return SolverTable.problem(line.problem());
  }

  private Known known() {
    return KNOWN.computeIfAbsent(
        line.problem(),
        name -> {
          SolverProblem of = problem();
          return new Known(of.reference().at(of.theta()), of.reference().jacobian(of.theta()));
        });
  }

  /** Fails unless the solution, what it cost and its derivatives are right. */
  void run(TableFactory tables) {
    SolverProblem of = problem();
    try (Table table = of.rows().on(tables, partitions)) {
      Passes passes = Passes.over(SampleRows.NAME, table);
      Solution solution = solved(of, passes);
      // Another map's kinks lie elsewhere: its derivative needs the support, so many digits.
      int through = line.tolerance() > 1e-6 ? 1 : of.conditions().size();
      for (Condition condition : of.conditions().subList(0, through)) {
        assertDerivatives(condition, passes, solution);
      }
      assertObjective(of, passes, solution.value());
    }
  }

  /** Fails unless trials of one problem are together what each is alone. */
  static void together(List<SolverTrial> trials, TableFactory tables) {
    SolverProblem of = trials.get(0).problem();
    try (Table table = of.rows().on(tables, trials.get(0).partitions)) {
      List<Passes> own = new ArrayList<>();
      List<Solution> alone = new ArrayList<>();
      for (SolverTrial trial : trials) {
        own.add(Passes.over(SampleRows.NAME, table));
        alone.add(trial.solved(of, own.get(own.size() - 1)));
      }
      Passes passes = Passes.over(SampleRows.NAME, table);
      List<Function<Passes, List<Object>>> solves = new ArrayList<>();
      for (SolverTrial trial : trials) {
        solves.add(
            each -> List.of(trial.solved(of, each).value(), Map.copyOf(each.ledger().passes())));
      }
      List<SharedDesk.Ended<List<Object>>> together = SharedDesk.solveAll(passes, solves);
      for (int k = 0; k < trials.size(); k++) {
        assertThat(together.get(k).orThrow())
            .as(trials.get(k).name())
            .isEqualTo(List.of(alone.get(k).value(), own.get(k).ledger().passes()));
      }
      List<PassLedger> taken = own.stream().map(Passes::ledger).toList();
      long slowest = taken.stream().mapToLong(PassLedger::total).max().orElseThrow();
      // Batches are tables of their own.
      long ofBatches =
          taken.stream()
              .filter(each -> each.rows() < each.total() * table.rowCount())
              .mapToLong(PassLedger::total)
              .sum();
      assertThat(passes.ledger().total()).isBetween(slowest, slowest + 2 + ofBatches);
    }
  }

  private Solution solved(SolverProblem of, Passes passes) {
    Solver solver = Contender.of(line.solver()).suited().apply(of);
    long before = passes.ledger().total();
    Solution solution =
        solver.solve(of.at(passes), of.start(), Stopping.relative(line.tolerance(), BUDGET));
    long taken = passes.ledger().total() - before;
    Matrix x = solution.orThrow();
    // An automatic step is that of the first point.
    Problem fresh = of.at(passes);
    double atStart = fresh.evaluate(of.start()).residual().norm();
    assertThat(fresh.evaluate(x).residual().norm())
        .isEqualTo(solution.residualNorm())
        .isLessThanOrEqualTo(line.tolerance() * atStart);
    assertThat(solution.relativeResidual()).isLessThanOrEqualTo(line.tolerance());
    assertThat(solution.iterations()).as("iterations").isLessThanOrEqualTo(line.iterations());
    assertThat(taken).as("passes").isLessThanOrEqualTo(line.passes());
    assertCounted(solution, taken);
    Matrix expected = known().x();
    assertThat(expected.norm()).isGreaterThan(0.01);
    assertThat(x.minus(expected).norm()).as("distance").isLessThan(error() * expected.norm());
    return solution;
  }

  /** What the solve's residual and the reference's rounding leave. */
  private double error() {
    double tolerance = line.tolerance();
    double factor = tolerance > 1e-6 ? 600 : tolerance > 1e-8 ? 50 : 1000;
    return Math.max(1e-8, factor * tolerance);
  }

  /**
   * A pass of the solver is one of the table, or two where sums depend on sums; the first may take
   * one more, for sums that do not depend on x. A Jacobian that keeps nothing beside the rows
   * counts as one, and takes none.
   */
  private void assertCounted(Solution solution, long taken) {
    boolean isDeep =
        Stream.of("svm dual", "logistic lasso", "logistic box")
            .anyMatch(line.problem()::startsWith);
    long counted = (solution.passes() + 1) * (isDeep ? 2L : 1L);
    assertThat(counted)
        .as("counted passes")
        .isBetween(taken, isDeep ? 2 * taken + solution.iterations() / 4 + 1 : 3 * taken / 2 + 2);
    assertThat(solution.history()).hasSize(solution.iterations());
    if (solution.iterations() > 0) {
      assertThat(solution.history()).contains(solution.residualNorm());
    }
  }

  private void assertDerivatives(Condition condition, Passes passes, Solution solution) {
    Matrix jacobian = known().jacobian();
    assertThat(jacobian.maxAbs()).isGreaterThan(1e-3);
    ImplicitFunction function =
        ImplicitFunction.of(
            condition, RootFinder.picard(), LinearSolver.auto(1e-11), Stopping.relative(1e-11, 1));
    Random random = new Random(3);
    Matrix tangents = RandomMatrix.normal(jacobian.cols(), 2, random);
    Matrix cotangents = RandomMatrix.normal(jacobian.rows(), 2, random);
    try (ImplicitSolution differentiable = function.at(passes, problem().theta(), solution)) {
      assertClose("jvp", differentiable.jvp(tangents).orThrow(), jacobian.times(tangents));
      assertClose(
          "vjp", differentiable.vjp(cotangents).orThrow(), jacobian.transpose().times(cotangents));
      if (problem().hasKinks() && line.tolerance() <= 1e-8) {
        Matrix whole = differentiable.jacobian().orThrow();
        assertThat(whole.minus(jacobian).maxAbs())
            .as("jacobian")
            .isLessThan(error() * jacobian.maxAbs());
      }
    }
  }

  private void assertClose(String what, Matrix found, Matrix expected) {
    assertThat(expected.norm()).isGreaterThan(1e-3);
    assertThat(found.minus(expected).norm()).as(what).isLessThan(2 * error() * expected.norm());
  }

  private void assertObjective(SolverProblem of, Passes passes, Matrix x) {
    OptionalDouble least = of.objective(passes, known().x());
    if (least.isPresent()) {
      double relative = line.tolerance() > 1e-6 ? line.tolerance() : 1e-9;
      double bound = relative * Math.max(Math.abs(least.getAsDouble()), 1e-3);
      assertThat(of.objective(passes, x).orElseThrow() - least.getAsDouble())
          .as("objective")
          .isBetween(-bound, bound);
    }
  }
}
