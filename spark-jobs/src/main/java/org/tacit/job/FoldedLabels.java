package org.tacit.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.tacit.config.ConfigException;
import org.tacit.loss.Labels;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.sweep.Folds;

/**
 * How many rows each fold holds out, and of labels that are signs or classes how many of each: what
 * can be said of folds before anything is fitted. One pass.
 *
 * @param heldOut rows by fold
 * @param classes by fold the held-out rows of each class, 1 x classes; none of other labels
 */
record FoldedLabels(
    Settings settings, List<String> names, long rows, List<Long> heldOut, List<Matrix> classes) {
  private static final int FEW_ROWS = 20;
  private static final int MOST_CLASSES = 100;
  private static final int SHOWN = 3;
  private static final String HOLDS_OUT = "holds out";
  private static final String KEEPS = "keeps";

  static FoldedLabels of(Workspace workspace, Folds folds) {
    Rows rows = new Rows(Model.TRAIN, workspace.model().schema());
    long all = workspace.data().train().rowCount();
    requireFewer(workspace.settings(), folds.count(), all);
    Var mask = folds.heldOut(rows, Var.input("fold", Shape.SCALAR));
    double[] kinds = kinds(workspace);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("rows", mask.sum().node());
    if (rows.schema().has(Rows.WEIGHT)) {
      Var kept = Var.constant(1).minus(mask);
      outputs.put(HOLDS_OUT, rows.weight().times(mask).sum().node());
      outputs.put(KEEPS, rows.weight().times(kept).sum().node());
    }
    if (kinds.length > 0) {
      Var isOfKind = rows.label().equalTo(Var.constant(Matrix.of(1, kinds.length, kinds)));
      outputs.put("classes", isOfKind.times(mask).sumRows().node());
    }
    List<Map<String, Matrix>> found =
        workspace
            .passes()
            .in("folds")
            .evaluate(
                Program.of(outputs),
                IntStream.range(0, folds.count())
                    .mapToObj(k -> Map.of("fold", Matrix.scalar(k)))
                    .toList());
    FoldedLabels labels =
        new FoldedLabels(
            workspace.settings(),
            folds.names(),
            all,
            found.stream().map(fold -> (long) fold.get("rows").value()).toList(),
            kinds.length > 0
                ? found.stream().map(fold -> fold.get("classes")).toList()
                : List.of());
    labels.requireParts();
    for (int k = 0; k < folds.count(); k++) {
      labels.requireWeight(k, found.get(k));
    }
    return labels;
  }

  private void requireWeight(int fold, Map<String, Matrix> sums) {
    for (String part : List.of(HOLDS_OUT, KEEPS)) {
      if (sums.containsKey(part) && sums.get(part).value() == 0) {
        throw new ConfigException(
            ("%sInvalid folds: the rows that %s %s weigh 0 in all (must weigh more than 0; take"
                    + " other folds, or leave out rows that weigh 0)")
                .formatted(settings.places().of("folds"), names.get(fold), part));
      }
    }
  }

  private static double[] kinds(Workspace workspace) {
    int classes = workspace.data().classes();
    double[] kinds =
        workspace.settings().labels() == Labels.BINARY
            ? new double[] {-1, 1}
            : new double[classes <= MOST_CLASSES ? classes : 0];
    if (classes > 0) {
      Arrays.setAll(kinds, k -> k);
    }
    return kinds;
  }

  private static void requireFewer(Settings settings, int folds, long rows) {
    if (folds > rows) {
      throw new ConfigException(
          "%sInvalid folds: %s for %s rows (must be at most as many as rows)"
              .formatted(settings.places().of("folds"), folds, rows));
    }
  }

  private void requireParts() {
    for (int k = 0; k < names.size(); k++) {
      if (heldOut.get(k) == 0 || heldOut.get(k) == rows) {
        throw new ConfigException(
            "%sInvalid folds: %s holds out %s of the %s rows (must hold out some and keep some; take"
                    .formatted(
                        settings.places().of("folds"),
                        names.get(k),
                        heldOut.get(k) == 0 ? "none" : "all",
                        rows)
                + " fewer folds, or another folds.seed)");
      }
    }
  }

  /** What a reader of fold losses must know. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    List<Integer> all = IntStream.range(0, names.size()).boxed().toList();
    List<Integer> small = all.stream().filter(k -> heldOut.get(k) < FEW_ROWS).toList();
    if (!small.isEmpty()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d of %d folds hold out fewer than %d rows (%s): their mean losses say little (take"
                  + " fewer folds)",
              small.size(),
              names.size(),
              FEW_ROWS,
              listed(small, k -> names.get(k) + ": " + heldOut.get(k))));
    }
    for (int c = 0; !classes.isEmpty() && c < classes.get(0).cols(); c++) {
      int kind = c;
      double total = classes.stream().mapToDouble(fold -> fold.at(kind)).sum();
      boolean isOnce = total > 0 && names.size() > 1;
      List<Integer> without = all.stream().filter(k -> classes.get(k).at(kind) == 0).toList();
      List<Integer> holding = all.stream().filter(k -> classes.get(k).at(kind) == total).toList();
      if (isOnce && !holding.isEmpty()) {
        warnings.add(
            "fits without %s see no row of %s: they cannot learn it (take folds of more alike rows)"
                .formatted(listed(holding, names::get), kind(kind)));
      } else if (isOnce && !without.isEmpty()) {
        warnings.add(
            "no row of %s is held out by %s: its losses say nothing of it (take fewer folds)"
                .formatted(kind(kind), listed(without, names::get)));
      }
    }
    return warnings;
  }

  private String kind(int kind) {
    return settings.labels() == Labels.BINARY
        ? (kind == 0 ? "a negative label" : "a positive label")
        : "class " + kind;
  }

  private static String listed(List<Integer> folds, IntFunction<String> name) {
    List<String> shown = folds.stream().limit(SHOWN).map(name::apply).toList();
    return String.join(", ", shown) + (folds.size() > SHOWN ? ", ..." : "");
  }
}
