package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.result.Decimal;

/**
 * The start, the best common penalty of the grid and the tuned penalties, side by side: every
 * measure on every part.
 *
 * @param measures by name of the measure, part and column
 */
record Comparison(Map<String, Map<String, Map<String, OptionalDouble>>> measures) {
  /** The columns. */
  static final String BEFORE = "before";

  static final String COMMON = "common";
  static final String AFTER = "after";
  static final String BEST = "best";
  static final String SIMPLEST = "oneStandardError";

  private static final Map<String, String> TITLES =
      Map.of(
          BEFORE,
          "start",
          COMMON,
          "best common",
          AFTER,
          "tuned",
          BEST,
          "best",
          SIMPLEST,
          "one standard error");

  /**
   * Measures every solution on every part, a pass each.
   *
   * @param solutions the unknowns by column; empty where a solve did not converge, which leaves
   *     nothing to compare with
   */
  static Comparison of(Workspace workspace, Map<String, Optional<Matrix>> solutions) {
    Map<String, Map<String, Map<String, OptionalDouble>>> measures = new LinkedHashMap<>();
    for (String part : workspace.data().byName().keySet()) {
      Measures onPart = Measures.on(workspace, part);
      solutions.forEach(
          (column, x) -> {
            Map<String, Double> values = x.map(onPart::at).orElse(Map.of());
            for (String name : onPart.names()) {
              measures
                  .computeIfAbsent(name, n -> new LinkedHashMap<>())
                  .computeIfAbsent(part, p -> new LinkedHashMap<>())
                  .put(
                      column,
                      values.containsKey(name)
                          ? OptionalDouble.of(values.get(name))
                          : OptionalDouble.empty());
            }
          });
    }
    return new Comparison(measures);
  }

  /** The same with the mean losses of folds, by column, before those of the parts. */
  Comparison withFolds(Map<String, OptionalDouble> means) {
    Map<String, Map<String, Map<String, OptionalDouble>>> all = new LinkedHashMap<>(measures);
    Map<String, Map<String, OptionalDouble>> losses = new LinkedHashMap<>();
    losses.put(Workspace.FOLDS, means);
    losses.putAll(measures.get(Measures.LOSS));
    all.put(Measures.LOSS, losses);
    return new Comparison(all);
  }

  /** The outer loss on a part. */
  OptionalDouble loss(String part, String column) {
    return measures
        .get(Measures.LOSS)
        .getOrDefault(part, Map.of())
        .getOrDefault(column, OptionalDouble.empty());
  }

  /** The parts on which the tuned loss is not finite. */
  List<String> infinite() {
    return measures.get(Measures.LOSS).keySet().stream()
        .filter(part -> loss(part, AFTER).stream().anyMatch(Double::isInfinite))
        .toList();
  }

  /** A table a measure. */
  void show(String title) {
    measures.forEach(
        (name, parts) -> {
          List<List<String>> table = new ArrayList<>();
          List<String> header = new ArrayList<>();
          header.add(name.equals(Measures.LOSS) ? title : name);
          parts.values().iterator().next().keySet().forEach(c -> header.add(TITLES.get(c)));
          table.add(header);
          parts.forEach(
              (part, columns) -> {
                List<String> row = new ArrayList<>(List.of(part));
                columns.values().forEach(value -> row.add(cell(name, value)));
                table.add(row);
              });
          Console.table(table);
        });
  }

  /** Where there is one class only, nothing can be ranked; a group may have no rows. */
  private static String cell(String name, OptionalDouble value) {
    if (value.isPresent() && Double.isNaN(value.getAsDouble())) {
      return name.equals(Measures.AREA) ? "one class" : "no rows";
    }
    if (value.isPresent() && Double.isInfinite(value.getAsDouble())) {
      return "overflow";
    }
    return value.isPresent() ? Decimal.of(value.getAsDouble(), 8) : "unfinished";
  }
}
