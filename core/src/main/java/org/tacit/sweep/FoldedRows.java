package org.tacit.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.autodiff.Restriction;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * A table's rows with the folds that they are in: how a program is restricted to the rows that a
 * fold keeps or holds out, and passes that bind what it then reads. Fold {@link #ALL} keeps every
 * row. One pass, for the counts and totals of all folds.
 */
final class FoldedRows {
  /** The number of the fold that holds nothing out. */
  static final int ALL = -1;

  private static final String FOLD = "fold";

  private final Passes passes;
  private final Restriction kept;
  private final Restriction heldOut;
  private final List<Map<String, Matrix>> totals;

  private FoldedRows(
      Passes passes, Restriction kept, Restriction heldOut, List<Map<String, Matrix>> totals) {
    this.passes = passes;
    this.kept = kept;
    this.heldOut = heldOut;
    this.totals = totals;
  }

  /** With the totals of these columns. */
  static FoldedRows of(Passes passes, Rows rows, Folds folds, Set<String> columns) {
    if (!rows.schema().has(folds.column())) {
      throw new IllegalArgumentException(
          "No column for folds: %s (must be one of %s)"
              .formatted(folds.column(), rows.schema().names()));
    }
    Var fold = Var.input(FOLD, Shape.SCALAR);
    Var out = folds.heldOut(rows, fold);
    Var in = folds.kept(rows, fold);
    Restriction kept = new Restriction(rows.table(), in, named("kept"));
    Restriction heldOut = new Restriction(rows.table(), out, named("held out"));
    Map<String, Node> sums = new LinkedHashMap<>();
    for (Restriction part : List.of(kept, heldOut)) {
      sums.put(nameIn(part, rows.count()), part.mask().sum().node());
      for (String column : columns) {
        Var masked = rows.column(column).times(part.mask());
        sums.put(nameIn(part, rows.total(column)), masked.sum().node());
      }
    }
    List<Map<String, Matrix>> instances =
        IntStream.range(ALL, folds.count()).mapToObj(k -> Map.of(FOLD, Matrix.scalar(k))).toList();
    List<Map<String, Matrix>> totals = passes.in("folds").evaluate(Program.of(sums), instances);
    FoldedRows folded = new FoldedRows(passes, kept, heldOut, bound(totals));
    folded.require(rows, folds);
    return folded;
  }

  private static List<Map<String, Matrix>> bound(List<Map<String, Matrix>> totals) {
    List<Map<String, Matrix>> all = new ArrayList<>();
    for (int k = 0; k < totals.size(); k++) {
      Map<String, Matrix> values = new LinkedHashMap<>(totals.get(k));
      values.put(FOLD, Matrix.scalar(ALL + k));
      all.add(values);
    }
    return all;
  }

  private static UnaryOperator<Source> named(String part) {
    return source -> new Source.Input(source.name() + " " + part, Shape.SCALAR);
  }

  private static String nameIn(Restriction part, Var total) {
    return part.total().apply((Source) total.node().operation()).name();
  }

  private void require(Rows rows, Folds folds) {
    long all = passes.table(rows.table()).rowCount();
    double sum = 0;
    for (int k = 0; k < folds.count(); k++) {
      double out = totals.get(1 + k).get(nameIn(heldOut, rows.count())).value();
      sum += out;
      if (out == 0 || out == all) {
        throw new IllegalArgumentException(
            "Invalid fold: %s holds out %s (must hold out a part of the rows)"
                .formatted(folds.names().get(k), out == 0 ? "no row" : "all rows"));
      }
      requireWeight(rows, folds, k);
    }
    if (folds.isPartition() && sum != all) {
      throw new IllegalArgumentException(
          "Invalid folds: %.0f rows are in none (column %s must hold 0 to %s)"
              .formatted(all - sum, folds.column(), folds.count() - 1));
    }
  }

  /** Where totals of weights are read: means of rows that weigh nothing are none. */
  private void requireWeight(Rows rows, Folds folds, int fold) {
    requireWeight(rows, folds.names().get(fold) + " keeps", fold, kept);
    requireWeight(rows, folds.names().get(fold) + " holds out", fold, heldOut);
  }

  private void requireWeight(Rows rows, String which, int fold, Restriction part) {
    Matrix weight = bound(fold).get(nameIn(part, rows.total(Rows.WEIGHT)));
    if (weight != null && weight.value() == 0) {
      throw new IllegalArgumentException(
          ("Invalid fold: the rows that %s weigh 0 in all (must weigh more than 0; take other folds,"
                  + " or leave out rows that weigh 0)")
              .formatted(which));
    }
  }

  /** To the rows that the fold of the passes keeps. */
  Restriction kept() {
    return kept;
  }

  /** To the rows that it holds out. */
  Restriction heldOut() {
    return heldOut;
  }

  /** To the rows that this fold keeps, with its number and totals as constants. */
  Restriction kept(int fold) {
    return constant(kept, fold);
  }

  /** To the rows that this fold holds out, the same way. */
  Restriction heldOut(int fold) {
    return constant(heldOut, fold);
  }

  private Restriction constant(Restriction part, int fold) {
    Map<String, Matrix> values = bound(fold);
    Var number = Var.constant(values.get(FOLD));
    return new Restriction(
        part.table(),
        Substitution.in(part.mask(), Map.of(Var.input(FOLD, Shape.SCALAR), number)),
        source -> new Source.Constant(values.get(part.total().apply(source).name())));
  }

  /** What restricted programs of a fold are evaluated with. */
  Passes passes(int fold) {
    return bind(passes, fold);
  }

  /** What they bind. */
  Map<String, Matrix> bound(int fold) {
    return totals.get(fold - ALL);
  }

  /** The same of other passes over the same tables, such as those of a solve that shares them. */
  Passes bind(Passes others, int fold) {
    Passes bound = others;
    for (var value : bound(fold).entrySet()) {
      bound = bound.with(value.getKey(), value.getValue());
    }
    return bound;
  }
}
