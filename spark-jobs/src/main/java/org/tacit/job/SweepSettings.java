package org.tacit.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.sweep.Candidates;

/**
 * The candidates of a sweep: log penalties, and which of those that do well is chosen.
 *
 * @param low where each theta is looked for, one for all or one for each; empty for a list
 * @param points of a grid, or along each theta of a product, or draws
 * @param values of a list: one for all thetas or one for each
 * @param megabytes of the inputs and sums of one pass
 */
record SweepSettings(
    Method method,
    List<Double> low,
    List<Double> high,
    int points,
    int seed,
    List<List<Double>> values,
    Choice choice,
    int megabytes) {
  private static final int MOST_POINTS = 10_000;
  private static final long MOST_NUMBERS = 10_000_000;

  /** How candidates are made. */
  enum Method {
    /** Equally spaced values of one theta common to all. */
    GRID,
    /** Every combination of equally spaced values of each. */
    PRODUCT,
    /** Independent draws of each. */
    RANDOM,
    /** Points of the Sobol sequence. */
    SOBOL,
    /** As they are given. */
    LIST
  }

  /** Which candidate is taken. */
  enum Choice {
    /** That of the smallest mean loss. */
    BEST,
    /** That of the largest penalties within one standard error of it. */
    ONE_STANDARD_ERROR
  }

  static SweepSettings of(Section root) {
    Section sweep = root.section("sweep", "method from to points seed values choose memory");
    Method method =
        sweep
            .choice("method", Method.class)
            .orElse(sweep.has("values") ? Method.LIST : Method.GRID);
    requireKeysOf(method, sweep);
    List<List<Double>> values = sweep.numberLists("values");
    List<Double> from = method == Method.LIST ? List.of() : bound(sweep, "from", -12);
    List<Double> to = method == Method.LIST ? List.of() : bound(sweep, "to", 2);
    requireOrder(sweep, method, from, to);
    boolean isListed = !values.isEmpty() && values.stream().noneMatch(List::isEmpty);
    if (method == Method.LIST
        && !(isListed && values.stream().allMatch(SweepSettings::areWithin))) {
      throw sweep.wrong(
          "values",
          "numbers within -709 and 709, one at least, or lists of them with one for each theta");
    }
    return new SweepSettings(
        method,
        from,
        to,
        sweep.integer("points", 20, 1, MOST_POINTS),
        sweep.integer("seed", 0, 0),
        values,
        sweep.choice("choose", Choice.class).orElse(Choice.BEST),
        sweep.integer("memory", 256, 1));
  }

  private static void requireKeysOf(Method method, Section sweep) {
    boolean isList = method == Method.LIST;
    if (isList && !sweep.has("values")) {
      throw sweep.missing("values");
    }
    if (!isList && sweep.has("values")) {
      throw sweep.wrong("values", "left out unless sweep.method = list");
    }
    for (String key : List.of("from", "to", "points")) {
      if (isList && sweep.has(key)) {
        throw sweep.wrong(key, "left out where sweep.values has the candidates");
      }
    }
    if (sweep.has("seed") && method != Method.RANDOM && method != Method.SOBOL) {
      throw sweep.wrong("seed", "left out unless sweep.method is random or sobol");
    }
  }

  private static List<Double> bound(Section sweep, String key, double otherwise) {
    List<Double> bound = sweep.has(key) ? sweep.numbers(key) : List.of(otherwise);
    if (bound.isEmpty() || !areWithin(bound)) {
      throw sweep.wrong(key, "a number within -709 and 709, or a list with one for each theta");
    }
    return bound;
  }

  private static boolean areWithin(List<Double> thetas) {
    return thetas.stream().allMatch(theta -> Math.abs(theta) <= Model.HIGHEST_THETA);
  }

  private static void requireOrder(
      Section sweep, Method method, List<Double> from, List<Double> to) {
    String key = sweep.has("to") ? "to" : "from";
    if (method == Method.GRID && (from.size() > 1 || to.size() > 1)) {
      throw sweep.wrong(
          from.size() > 1 ? "from" : "to",
          "one number for the common theta of a grid, or sweep.method be product, random or sobol");
    }
    if (from.size() > 1 && to.size() > 1 && from.size() != to.size()) {
      throw sweep.wrong(key, "of as many numbers as sweep.from, " + from.size());
    }
    for (int k = 0; k < Math.max(from.size(), to.size()); k++) {
      if (!(at(from, k) < at(to, k))) {
        throw sweep.wrong(
            key, "such that sweep.from < sweep.to, not " + at(from, k) + " and " + at(to, k));
      }
    }
  }

  private static double at(List<Double> one, int k) {
    return one.get(one.size() == 1 ? 0 : k);
  }

  /** The same grid of one common theta. */
  SweepSettings along(OuterSettings.Grid grid) {
    return new SweepSettings(
        Method.GRID,
        List.of(grid.from()),
        List.of(grid.to()),
        grid.points(),
        0,
        List.of(),
        choice,
        megabytes);
  }

  /** The same of a list. */
  SweepSettings ofThese(List<Matrix> thetas) {
    List<List<Double>> list =
        thetas.stream().map(theta -> Arrays.stream(theta.toArray()).boxed().toList()).toList();
    return new SweepSettings(
        Method.LIST, List.of(), List.of(), list.size(), 0, list, choice, megabytes);
  }

  /** Whether all thetas of each candidate are the same. */
  boolean isCommon() {
    return method == Method.GRID
        || (method == Method.LIST && values.stream().allMatch(value -> value.size() == 1));
  }

  /** Whether there are values that have none beyond them. */
  boolean hasEdges() {
    return method == Method.GRID || method == Method.PRODUCT || method == Method.LIST;
  }

  /** In the middle of all ranges or values, one number for all thetas. */
  double middle() {
    List<List<Double>> all = method == Method.LIST ? values : List.of(low, high);
    return all.stream()
        .mapToDouble(each -> each.stream().mapToDouble(Double::doubleValue).average().orElseThrow())
        .average()
        .orElseThrow();
  }

  /** How many there are for so many thetas. */
  double count(int thetas) {
    return switch (method) {
      case GRID, RANDOM, SOBOL -> points;
      case PRODUCT -> Math.pow(points, thetas);
      case LIST -> values.size();
    };
  }

  /**
   * The candidates for a model; what theta holds behind log penalties is where it begins, unless it
   * has ranges or values too.
   */
  Candidates of(Model model, Places places) {
    int all = model.thetaNames().size();
    boolean isOfAll =
        Math.max(low.size(), high.size()) == all
            || values.stream().anyMatch(value -> value.size() == all);
    int penalties = isOfAll ? all : model.penalties();
    requireLengths("from", List.of(low), penalties, places);
    requireLengths("to", List.of(high), penalties, places);
    requireLengths("values", values, penalties, places);
    requireCount(penalties, places);
    try {
      Stream<List<Double>> thetas =
          method == Method.LIST
              ? values.stream()
              : drawn(penalties).thetas().stream()
                  .map(theta -> Arrays.stream(theta.toArray()).boxed().toList());
      return Candidates.list(thetas.map(model::theta).toList());
    } catch (IllegalArgumentException invalid) {
      throw new ConfigException(places.of("sweep") + invalid.getMessage(), invalid);
    }
  }

  private Candidates drawn(int penalties) {
    List<Candidates.Range> ranges =
        IntStream.range(0, method == Method.GRID ? 1 : penalties)
            .mapToObj(k -> Candidates.Range.linear(at(low, k), at(high, k)))
            .toList();
    return switch (method) {
      case GRID, PRODUCT -> Candidates.grid(ranges, points);
      case RANDOM -> Candidates.random(ranges, points, seed);
      case SOBOL -> Candidates.sobol(ranges, points, seed);
      case LIST -> throw new IllegalStateException("a list is not drawn");
    };
  }

  private static void requireLengths(
      String key, List<List<Double>> given, int penalties, Places places) {
    for (List<Double> each : given) {
      if (each.size() > 1 && each.size() != penalties) {
        throw new ConfigException(
            "%sInvalid sweep.%s: %s numbers (must be 1, or %s, one for each theta)"
                .formatted(places.of("sweep." + key), key, each.size(), penalties));
      }
    }
  }

  private void requireCount(int penalties, Places places) {
    double count = count(penalties);
    if (count > MOST_POINTS || count * penalties > MOST_NUMBERS) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "%sToo many candidates: %.3g of %,d thetas (must be at most %,d, and %,d numbers; take"
                  + " fewer sweep.points, or sweep.method = grid for one common theta)",
              places.of("sweep.points"),
              count,
              penalties,
              MOST_POINTS,
              MOST_NUMBERS));
    }
  }
}
