package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/** Solves that share passes are what they are alone, whatever becomes of the others. */
@Timeout(120)
public interface SharedDeskLaws {
  /** How many solves there are. */
  int SOLVES = 6;

  TableFactory tables();

  private Table table() {
    return tables().of(GroupedLogistic.SCHEMA, GroupedLogistic.data(700), 3);
  }

  /** Some steps of gradient descent from a start of its own. */
  record Descent(Program program, int solve, int steps, Runnable atThird)
      implements Function<Passes, Matrix> {
    Descent(Program program, int solve, int steps) {
      this(program, solve, steps, () -> {});
    }

    @Override
    public Matrix apply(Passes passes) {
      Map<String, Matrix> point = new HashMap<>(GroupedLogistic.point(solve));
      point.remove("direction");
      for (int k = 0; k < steps; k++) {
        if (k == 2) {
          atThird.run();
        }
        Map<String, Matrix> slopes = passes.in("descent").evaluate(program, point);
        point.replaceAll((name, value) -> value.minus(slopes.get(name).times(0.5)));
      }
      return point.get("w");
    }
  }

  private static List<Function<Passes, Matrix>> solves(IntFunction<Function<Passes, Matrix>> of) {
    return IntStream.range(0, SOLVES).mapToObj(of).toList();
  }

  /** What a solve gives, and what it takes, on passes of its own. */
  private static Matrix alone(Table table, Function<Passes, Matrix> solve, List<Long> taken) {
    Passes passes = Passes.over("t", table);
    Matrix x = solve.apply(passes);
    taken.add(passes.ledger().total());
    return x;
  }

  private static Function<Passes, Matrix> counting(
      Function<Passes, Matrix> solve, Map<Object, Long> taken) {
    return passes -> {
      Matrix x = solve.apply(passes);
      synchronized (taken) {
        taken.put(solve, passes.ledger().total());
      }
      return x;
    };
  }

  private static void assertClose(Matrix is, Matrix due) {
    assertThat(is.minus(due).norm()).isLessThanOrEqualTo(1e-12 * due.norm());
  }

  @Test
  default void solvesOfOneProgramAreWhatTheyAreAlone() {
    Program program = new GroupedLogistic().valueAndGradient();
    try (Table table = table()) {
      List<Function<Passes, Matrix>> solves = solves(k -> new Descent(program, k, 3 + k));
      List<Long> taken = new ArrayList<>();
      List<Matrix> due = solves.stream().map(solve -> alone(table, solve, taken)).toList();
      Map<Object, Long> together = new HashMap<>();
      Passes passes = Passes.over("t", table);
      List<PassTask> tasks = new ArrayList<>();
      var found =
          SharedDesk.solveAll(
              passes.with("t", new WatchedTable(table, tasks)),
              solves.stream().map(solve -> counting(solve, together)).toList());
      for (int k = 0; k < SOLVES; k++) {
        assertClose(found.get(k).orThrow(), due.get(k));
        assertThat(together.get(solves.get(k))).isEqualTo(taken.get(k));
      }
      assertThat(passes.ledger().total()).isEqualTo(taken.get(SOLVES - 1));
      assertThat(passes.ledger().of("descent")).isEqualTo(2 + SOLVES);
      List<Integer> groups = tasks.stream().map(PassTask::groups).filter(g -> g > 1).toList();
      assertThat(groups).containsExactly(6, 6, 6, 5, 4, 3, 2);
    }
  }

  /** Their tasks lie side by side, and each does what it would do alone. */
  @Test
  default void solvesOfOtherProgramsAreWhatTheyAreAloneToTheBit() {
    List<Function<Passes, Matrix>> solves =
        solves(k -> new Descent(new GroupedLogistic().valueAndGradient(), k, 3 + k));
    try (Table table = table()) {
      List<Long> taken = new ArrayList<>();
      List<Matrix> due = solves.stream().map(solve -> alone(table, solve, taken)).toList();
      for (long most : new long[] {SharedDesk.BYTES, 1}) {
        Passes passes = Passes.over("t", table);
        var found = SharedDesk.solveAll(passes, solves, most);
        assertThat(found.stream().map(SharedDesk.Ended::orThrow).toList()).isEqualTo(due);
        long jobs = most == 1 ? taken.stream().mapToLong(each -> each).sum() : taken.get(5);
        assertThat(passes.ledger().total()).isEqualTo(jobs);
      }
    }
  }

  /**
   * Where solves end, fail, meet NaN or are interrupted at the same point, the others have the same
   * bits.
   */
  @Test
  default void othersAreTheSameToTheBitHoweverASolveEnds() {
    Program program = new GroupedLogistic().valueAndGradient();
    IllegalStateException own = new IllegalStateException("no more");
    Map<String, Matrix> wild = new HashMap<>(GroupedLogistic.point(2));
    wild.replaceAll((name, value) -> value.map(e -> e / 0));
    wild.remove("direction");
    Runnable none = () -> {};
    Runnable failing =
        () -> {
          throw own;
        };
    Runnable interrupted = () -> Thread.currentThread().interrupt();
    try (Table table = table()) {
      List<List<SharedDesk.Ended<Matrix>>> runs = new ArrayList<>();
      List<Function<Passes, Matrix>> odd =
          List.of(
              new Descent(program, 2, 2, none),
              new Descent(program, 2, 9, failing),
              new Descent(program, 2, 9, interrupted));
      for (Function<Passes, Matrix> each : odd) {
        runs.add(
            SharedDesk.solveAll(
                Passes.over("t", table),
                solves(k -> k == 2 ? each : new Descent(program, k, 3 + k))));
      }
      assertThat(runs.get(0).get(2).value()).isPresent();
      assertThat(runs.get(1).get(2).failure()).containsSame(own);
      assertThat(runs.get(2).get(2).failure().orElseThrow())
          .hasMessage("Interrupted during a pass");
      Function<Passes, Matrix> meeting =
          passes -> {
            new Descent(program, 2, 2).apply(passes);
            return passes.evaluate(program, wild).get("w");
          };
      Function<Passes, Matrix> harmless = new Descent(program, 2, 3);
      runs.add(
          SharedDesk.solveAll(
              Passes.over("t", table),
              solves(k -> k == 2 ? meeting : new Descent(program, k, 3 + k))));
      runs.add(
          SharedDesk.solveAll(
              Passes.over("t", table),
              solves(k -> k == 2 ? harmless : new Descent(program, k, 3 + k))));
      assertThatThrownBy(() -> meeting.apply(Passes.over("t", table)))
          .isInstanceOf(NotANumberException.class)
          .hasMessage(runs.get(3).get(2).failure().orElseThrow().getMessage());
      for (int k : new int[] {0, 1, 3, 4, 5}) {
        Matrix due = runs.get(0).get(k).orThrow();
        assertThat(runs.get(1).get(k).orThrow()).isEqualTo(due);
        assertThat(runs.get(2).get(k).orThrow()).isEqualTo(due);
        assertThat(runs.get(3).get(k).orThrow()).isEqualTo(runs.get(4).get(k).orThrow());
        assertClose(runs.get(3).get(k).orThrow(), due);
      }
    }
  }

  /** Each keeps a mask of its own: they leave in one job, and what reads them is one wide task. */
  @Test
  default void solvesHaveRowValuesOfTheirOwn() {
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    Var least = Var.input("least", Shape.of(1, 1));
    Program mask = Program.of("mask", rows.weight().greaterOrEqual(least).node());
    Var w = Var.input("w", Shape.of(6, 1));
    Var margins = rows.features().matmul(w).softplus();
    Var masked = margins.times(Var.input("mask", Shape.rowsOf("t", 1))).sumRows();
    Program sum =
        Program.of(
            "sum", Var.concatenate(org.tacit.primitive.Side.ROWS, masked, masked.square()).node());
    List<Function<Passes, Matrix>> solves =
        solves(
            k ->
                passes -> {
                  Matrix from = Matrix.scalar(0.6 + 0.1 * k);
                  try (RowValues own = passes.keep(mask, Map.of("least", from)).get("mask")) {
                    List<Map<String, Matrix>> points =
                        IntStream.range(0, 1 + k % 3)
                            .mapToObj(i -> Map.of("w", GroupedLogistic.point(i).get("w")))
                            .toList();
                    return Matrix.beside(
                        passes.with("mask", own).evaluate(sum, points).stream()
                            .map(each -> each.get("sum"))
                            .toList());
                  }
                });
    try (Table table = table()) {
      List<Long> taken = new ArrayList<>();
      List<Matrix> due = solves.stream().map(solve -> alone(table, solve, taken)).toList();
      List<PassTask> tasks = new ArrayList<>();
      Passes passes = Passes.over("t", new WatchedTable(table, tasks));
      var found = SharedDesk.solveAll(passes, solves);
      for (int k = 0; k < SOLVES; k++) {
        assertClose(found.get(k).orThrow(), due.get(k));
      }
      assertThat(passes.ledger().total()).isEqualTo(2);
      assertThat(tasks).hasSize(SOLVES + 1);
      assertThat(tasks.get(SOLVES).groups()).isEqualTo(12);
    }
  }

  /** What all share is one value of the task, as it is of several instances. */
  @Test
  default void whatSolvesShareIsSentOnce() {
    Program program = new GroupedLogistic().hessianProduct();
    Map<String, Matrix> shared = GroupedLogistic.point(1);
    List<Function<Passes, Matrix>> solves =
        solves(
            k ->
                passes -> {
                  Map<String, Matrix> point = new HashMap<>(shared);
                  point.put("direction", GroupedLogistic.point(k).get("direction"));
                  return passes.evaluate(program, point).get("Hv");
                });
    try (Table table = table()) {
      List<PassTask> tasks = new ArrayList<>();
      Passes passes = Passes.over("t", new WatchedTable(table, tasks));
      var found = SharedDesk.solveAll(passes, solves);
      for (int k = 0; k < SOLVES; k++) {
        assertClose(found.get(k).orThrow(), alone(table, solves.get(k), new ArrayList<>()));
      }
      PassTask last = tasks.get(tasks.size() - 1);
      assertThat(last.groups()).isEqualTo(SOLVES);
      assertThat(last.inputBytes())
          .isEqualTo(8 * (6 + 10 + 6 * SOLVES + last.inputs().length - 3L));
      List<Function<Passes, Matrix>> same = solves(k -> solves.get(1));
      tasks.clear();
      SharedDesk.solveAll(passes, same)
          .forEach(x -> assertThat(x.orThrow()).isEqualTo(found.get(1).orThrow()));
      assertThat(tasks.get(tasks.size() - 1).groups()).isEqualTo(1);
    }
  }

  /** One solve's columns are as many to a pass as the bytes hold, whatever else there is. */
  @Test
  default void aSolveOfManyInstancesKeepsToTheBytes() {
    Program program = new GroupedLogistic().hessianProduct();
    Map<String, Matrix> shared = GroupedLogistic.point(1);
    List<Map<String, Matrix>> points = new ArrayList<>();
    for (int k = 0; k < 20; k++) {
      Map<String, Matrix> point = new HashMap<>(shared);
      point.put("direction", GroupedLogistic.point(k).get("direction"));
      points.add(point);
    }
    List<Long> taken = new ArrayList<>();
    Function<Passes, Matrix> wide =
        passes ->
            Matrix.beside(
                passes.evaluate(program, points).stream().map(each -> each.get("Hv")).toList());
    try (Table table = table()) {
      Matrix due = alone(table, wide, taken);
      for (int most : new int[] {1_000_000, 900, 100}) {
        List<PassTask> tasks = new ArrayList<>();
        Passes passes = Passes.over("t", new WatchedTable(table, tasks));
        Map<Object, Long> own = new HashMap<>();
        var found = SharedDesk.solveAll(passes, List.of(counting(wide, own)), most);
        assertClose(found.get(0).orThrow(), due);
        assertThat(own.get(wide)).as("one for the solve").isEqualTo(taken.get(0));
        List<PassTask> wides =
            tasks.subList(tasks.size() - (most > 900 ? 1 : most > 100 ? 3 : 20), tasks.size());
        assertThat(wides.stream().mapToInt(PassTask::groups).sum()).isEqualTo(20);
        assertThat(passes.ledger().total()).isEqualTo(taken.get(0) + wides.size() - 1);
        assertThat(wides)
            .allMatch(
                task ->
                    task.groups() == 1
                        || task.inputBytes() + 8L * Arrays.stream(task.sumLengths()).sum() <= most);
      }
    }
  }

  /**
   * Newton's method at several thetas: linearisations of their own, conjugate gradients on each.
   */
  @Test
  default void solutionsOfOneConditionAreWhatTheyAreAlone() {
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    Condition condition =
        Stationarity.ofStronglyConvex(
            Parameters.vector(6),
            Parameters.vector(1),
            (w, t) ->
                rows.features()
                    .matmul(w)
                    .times(rows.label())
                    .negate()
                    .softplus()
                    .meanRows()
                    .plus(t.exp().times(w.square()).sum()));
    ImplicitFunction function =
        ImplicitFunction.of(
            condition,
            RootFinder.newton(to -> LinearSolver.conjugateGradient(to, 50)),
            LinearSolver.conjugateGradient(1e-12, 50),
            Stopping.relative(1e-12, 20));
    List<Function<Passes, Matrix>> solves =
        solves(
            k ->
                passes -> {
                  try (ImplicitSolution solution = function.solve(passes, Matrix.scalar(-k))) {
                    Matrix slope = solution.jvp(Matrix.scalar(1)).orThrow();
                    return Matrix.beside(List.of(solution.x(), slope));
                  }
                });
    try (Table table = table()) {
      List<Long> taken = new ArrayList<>();
      List<Matrix> due = solves.stream().map(solve -> alone(table, solve, taken)).toList();
      AtomicInteger told = new AtomicInteger();
      AtomicInteger stepped = new AtomicInteger();
      Journal counting =
          new Journal() {
            @Override
            public void passEnded(Pass pass, double seconds) {
              told.incrementAndGet();
            }

            @Override
            public void solveStepped(Step step) {
              assertThat(step.value()).isPresent();
              stepped.incrementAndGet();
            }
          };
      Passes passes = Passes.over("t", table);
      var found = SharedDesk.solveAll(passes.telling(counting), solves);
      for (int k = 0; k < SOLVES; k++) {
        assertThat(found.get(k).orThrow().minus(due.get(k)).norm())
            .isLessThan(1e-11 * due.get(k).norm());
      }
      long slowest = taken.stream().mapToLong(each -> each).max().orElseThrow();
      assertThat(passes.ledger().total()).isBetween(slowest, slowest + 2);
      assertThat(told).hasValue((int) passes.ledger().total());
      assertThat(stepped.get()).isBetween(2 * SOLVES, 8 * SOLVES);
    }
  }

  @Test
  default void solvesHaveSolvesOfTheirOwn() {
    Program program = new GroupedLogistic().valueAndGradient();
    try (Table table = table()) {
      Function<Passes, Matrix> outer =
          passes ->
              Matrix.beside(
                  SharedDesk.solveAll(passes, solves(k -> new Descent(program, k, 3))).stream()
                      .map(SharedDesk.Ended::orThrow)
                      .toList());
      Passes passes = Passes.over("t", table);
      var found = SharedDesk.solveAll(passes, List.of(outer, outer));
      assertThat(found.get(0).orThrow()).isEqualTo(found.get(1).orThrow());
      assertThat(passes.ledger().of("descent")).isEqualTo(3);
      assertClose(
          found.get(0).orThrow().columnAt(4),
          alone(table, new Descent(program, 4, 3), new ArrayList<>()));
    }
  }

  @Test
  default void anInterruptOfTheCallerEndsEverySolve() {
    Program program = new GroupedLogistic().valueAndGradient();
    Thread caller = Thread.currentThread();
    AtomicInteger ended = new AtomicInteger();
    AtomicInteger steps = new AtomicInteger();
    Function<Passes, Matrix> endless =
        passes -> {
          try {
            while (true) {
              if (steps.incrementAndGet() == 20) {
                caller.interrupt();
              }
              new Descent(program, 1, 1).apply(passes);
            }
          } finally {
            ended.incrementAndGet();
          }
        };
    try (Table table = table()) {
      Passes passes = Passes.over("t", table);
      assertThatThrownBy(() -> SharedDesk.solveAll(passes, solves(k -> endless)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ended).hasValue(SOLVES);
      assertThat(alone(table, new Descent(program, 1, 1), new ArrayList<>()).isFinite()).isTrue();
    }
  }
}
