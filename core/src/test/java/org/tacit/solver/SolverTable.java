package org.tacit.solver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of solvers and problems, in solver-laws.txt: which solver solves which problem, to what
 * relative tolerance, in how many iterations and passes at most, whatever the table of rows. A new
 * solver joins {@link Contender#ALL} and takes a line for each problem of the kinds it claims.
 */
final class SolverTable {
  private static final String FILE = "solver-laws.txt";

  private static final Map<String, SolverProblem> PROBLEMS = problems();

  private static final List<Line> LINES = lines();

  private SolverTable() {}

  /** One line. */
  record Line(String solver, String problem, double tolerance, int iterations, int passes) {
    @Override
    public String toString() {
      return solver + " on " + problem + " to " + tolerance;
    }

    /** Whether its problem has rows; others are those of {@link ProblemCatalogue}. */
    boolean hasRows() {
      return PROBLEMS.containsKey(problem);
    }
  }

  static List<Line> all() {
    return LINES;
  }

  /** Those of problems with rows. */
  static List<Line> onRows() {
    return LINES.stream().filter(Line::hasRows).toList();
  }

  /** Those of problems with rows, of each solver and problem that of fewest passes. */
  static List<Line> cheapest() {
    Map<String, Line> cheapest = new LinkedHashMap<>();
    for (Line line : onRows()) {
      cheapest.merge(
          line.solver() + " | " + line.problem(), line, (a, b) -> a.passes() <= b.passes() ? a : b);
    }
    return List.copyOf(cheapest.values());
  }

  static Map<String, SolverProblem> onRowsByName() {
    return PROBLEMS;
  }

  static SolverProblem problem(String name) {
    SolverProblem found = PROBLEMS.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "Unknown problem: " + name + " (must be one of " + PROBLEMS.keySet() + ")");
    }
    return found;
  }

  private static Map<String, SolverProblem> problems() {
    Map<String, SolverProblem> problems = new HashMap<>();
    problems.putAll(SmoothProblems.all());
    problems.putAll(CompositeProblems.all());
    problems.putAll(ProgramProblems.all());
    problems.putAll(FixedPointProblems.all());
    return Map.copyOf(problems);
  }

  private static List<Line> lines() {
    try (InputStream in = SolverTable.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(SolverTable::line)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Line line(String text) {
    String[] cells = text.trim().split("\\s*\\|\\s*", -1);
    if (cells.length != 5) {
      throw new IllegalArgumentException(
          "Invalid line: "
              + text
              + " (must be solver | problem | tolerance | iterations | passes)");
    }
    return new Line(
        cells[0],
        cells[1],
        Double.parseDouble(cells[2]),
        Integer.parseInt(cells[3]),
        Integer.parseInt(cells[4]));
  }
}
