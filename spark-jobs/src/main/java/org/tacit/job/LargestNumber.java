package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The largest number of a part, by size: in the column of the largest root mean square, which
 * numbers that overflow on the way are nearly always made of. Two passes, made only then.
 *
 * @param root the column's root mean square
 * @param cell the number itself with its row, where the column fits on the driver
 */
record LargestNumber(
    String part, String column, boolean isLabel, double root, Optional<Cell> cell) {
  /** 2^-498: squares neither overflow nor, from 1e-12 up, lose all their digits. */
  private static final double SMALL = 0x1p-498;

  private static final long MOST_ROWS = 10_000_000;
  private static final String KEPT = "column of the largest number";

  /**
   * A number and its row.
   *
   * @param row of the part, counted from 1
   */
  record Cell(double value, int row) {}

  static LargestNumber of(Workspace workspace, String part) {
    Rows rows = new Rows(part, workspace.data().train().schema());
    Map<String, Node> squares = new LinkedHashMap<>();
    squares.put("features", rows.features().times(SMALL).square().meanRows().transpose().node());
    squares.put("label", rows.label().times(SMALL).square().meanRows().node());
    Passes passes = workspace.passes().in("check");
    Map<String, Matrix> found = passes.evaluate(Program.of(squares), Map.of());
    Matrix features = found.get("features");
    double label = found.get("label").value();
    int largest = 0;
    for (int j = 0; j < features.rows(); j++) {
      largest = features.at(j) > features.at(largest) ? j : largest;
    }
    boolean isLabel = label > features.at(largest);
    String column =
        isLabel
            ? workspace.settings().data().columns().label()
            : workspace.data().featureNames().get(largest);
    Var numbers = isLabel ? rows.label() : rows.features().matmul(unit(features.rows(), largest));
    double root = Math.sqrt(isLabel ? label : features.at(largest)) / SMALL;
    return new LargestNumber(part, column, isLabel, root, cell(passes, part, numbers));
  }

  private static Var unit(int features, int column) {
    double[] unit = new double[features];
    unit[column] = 1;
    return Var.constant(Matrix.column(unit));
  }

  private static Optional<Cell> cell(Passes passes, String part, Var numbers) {
    if (passes.table(part).rowCount() > MOST_ROWS) {
      return Optional.empty();
    }
    Program program = Program.of(KEPT, numbers.node());
    try (RowValues kept = passes.keep(program, Map.of()).get(KEPT)) {
      double[] values = passes.table(part).values(kept);
      int row = 0;
      for (int i = 0; i < values.length; i++) {
        row = Math.abs(values[i]) > Math.abs(values[row]) ? i : row;
      }
      return Optional.of(new Cell(values[row], row + 1));
    }
  }

  /** As in: -1.0E200 in row 3 of the train rows (column a, 3.2e+199 in the root mean square). */
  String described() {
    String where =
        String.format(Locale.ROOT, "column %s, %.3g in the root mean square", column, root);
    return cell.map(
            at -> at.value + " in row " + at.row + " of the " + part + " rows (" + where + ")")
        .orElse("in the " + part + " rows (" + where + ")");
  }

  /** What to do about it. */
  String remedy() {
    return isLabel
        ? "divide the labels at their source"
        : "bring the features near 1 by data.scale or at their source";
  }
}
