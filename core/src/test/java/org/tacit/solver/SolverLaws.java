package org.tacit.solver;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.pass.TableFactory;

/**
 * Every solver solves each problem it claims to its tolerance, in the iterations and passes that
 * {@link SolverTable} allows, on tables of 1, 2 and 7 partitions; the solution, its objective and
 * its derivatives, forward and in reverse, are those of the reference, whatever the solver and the
 * table.
 */
public interface SolverLaws {
  TableFactory tables();

  /** Which lines are tried on how many partitions. */
  enum Coverage {
    /** Each line on every number of partitions. */
    ALL,
    /**
     * Each solver and problem, by their line of fewest passes, on one number of partitions, such
     * that every solver and every problem meets them all.
     */
    ROTATED;

    private static final List<Integer> PARTITIONS = List.of(1, 2, 7);

    private List<SolverTrial> trials() {
      return this == ALL
          ? SolverTable.onRows().stream()
              .flatMap(line -> PARTITIONS.stream().map(k -> new SolverTrial(line, k)))
              .toList()
          : rotated();
    }

    private static List<SolverTrial> rotated() {
      List<SolverTrial> trials = new ArrayList<>();
      Set<String> met = new HashSet<>();
      int turn = 0;
      List<SolverTable.Line> lines = SolverTable.cheapest();
      for (SolverTable.Line line : lines) {
        int first = turn++;
        int partitions =
            Stream.iterate(first, k -> k + 1)
                .limit(PARTITIONS.size())
                .map(k -> PARTITIONS.get(k % PARTITIONS.size()))
                .filter(k -> isNew(met, line, k))
                .findFirst()
                .orElse(PARTITIONS.get(first % PARTITIONS.size()));
        trials.add(trial(met, line, partitions));
      }
      for (SolverTable.Line line : lines) {
        PARTITIONS.stream()
            .filter(k -> isNew(met, line, k))
            .forEach(k -> trials.add(trial(met, line, k)));
      }
      return trials;
    }

    private static boolean isNew(Set<String> met, SolverTable.Line line, int partitions) {
      return !met.contains(line.solver() + "/" + partitions)
          || !met.contains(line.problem() + "/" + partitions);
    }

    private static SolverTrial trial(Set<String> met, SolverTable.Line line, int partitions) {
      met.add(line.solver() + "/" + partitions);
      met.add(line.problem() + "/" + partitions);
      return new SolverTrial(line, partitions);
    }
  }

  Coverage coverage();

  /** A problem's solvers in shared passes are what they are alone, to the last bit and pass. */
  @TestFactory
  default Stream<DynamicTest> solversSharePasses() {
    Map<String, List<SolverTrial>> byProblem = new LinkedHashMap<>();
    for (SolverTable.Line line : SolverTable.cheapest()) {
      byProblem
          .computeIfAbsent(line.problem(), problem -> new ArrayList<>())
          .add(new SolverTrial(line, 2));
    }
    return byProblem.entrySet().stream()
        .filter(each -> coverage() == Coverage.ALL || each.getKey().equals("logistic regression"))
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getValue().size() + " solvers of " + each.getKey(),
                    () -> SolverTrial.together(each.getValue(), tables())));
  }

  @TestFactory
  default Stream<DynamicTest> solutionsTheirCostAndTheirDerivatives() {
    return coverage().trials().stream()
        .map(trial -> DynamicTest.dynamicTest(trial.name(), () -> trial.run(tables())));
  }
}
