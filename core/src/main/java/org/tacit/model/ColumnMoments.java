package org.tacit.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The means and deviations of a table's features, by its weights w where it has them:
 *
 * <pre>
 *   m_j = sum_i w_i x_ij / W      s_j^2 = sum_i w_i (x_ij - m_j)^2 / W      W = sum_i w_i
 * </pre>
 *
 * <p>One pass, for m and the mean squares q; s^2 = q - m^2 where that loses no more than six
 * digits. Another pass for the other columns, if any: about m, which is accurate however far from
 * zero they are, and however large or small. A column whose values differ by rounding errors has s
 * = 0.
 *
 * @param total W
 * @param mean features x 1
 * @param deviation features x 1
 */
public record ColumnMoments(double total, Matrix mean, Matrix deviation) {
  private static final double SIX_DIGITS = 1e-6;

  /** Deviations below this part of the mean are rounding errors. */
  private static final double ROUNDING = 8 * Math.ulp(1.0);

  /** A power of two that brings numbers whose squares are no numbers back into range. */
  private static final double RANGE = 0x1p512;

  /** Of the features of {@code rows}. */
  public static ColumnMoments of(Passes passes, Rows rows) {
    return of(passes, rows, weights(rows));
  }

  /** The same of a part of the rows, by a mask of 1 and 0, rows x 1. */
  public static ColumnMoments ofMasked(Passes passes, Rows rows, Var mask) {
    return of(passes, rows, weights(rows).times(mask));
  }

  private static ColumnMoments of(Passes passes, Rows rows, Var weights) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("total", weights.sum().node());
    outputs.put("sums", rows.features().transpose().matmul(weights).node());
    outputs.put("squares", rows.features().squaresTimes(weights).node());
    Map<String, Matrix> sums = passes.in("moments").evaluate(Program.of(outputs), Map.of());
    double total = sums.get("total").value();
    Matrix mean = sums.get("sums").times(1 / total);
    Matrix square = sums.get("squares").times(1 / total);
    Matrix variance = square.with(mean, (q, m) -> Math.max(0, q - m * m));
    List<Integer> others =
        IntStream.range(0, mean.size())
            .filter(j -> mean.at(j) != 0 && isInaccurate(variance.at(j), square.at(j)))
            .boxed()
            .toList();
    ColumnMoments moments = new ColumnMoments(total, mean, variance.map(Math::sqrt));
    return others.isEmpty() ? moments : moments.aboutTheMean(passes, rows, weights, others, square);
  }

  private static boolean isInaccurate(double variance, double square) {
    return square < Double.MIN_NORMAL || !(variance > SIX_DIGITS * square);
  }

  private static Var weights(Rows rows) {
    return rows.schema().has(Rows.WEIGHT)
        ? rows.weight()
        : Var.constant(1).broadcastTo(rows.label().shape());
  }

  private ColumnMoments aboutTheMean(
      Passes passes, Rows rows, Var weights, List<Integer> columns, Matrix square) {
    Matrix about = chosen(mean, columns);
    Matrix unit =
        chosen(square, columns)
            .map(q -> q < Double.MIN_NORMAL ? RANGE : Double.isInfinite(q) ? 1 / RANGE : 1);
    Var centred =
        rows.features()
            .centredColumns(columns, Var.constant(about.transpose()))
            .times(Var.constant(unit.transpose()));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("sums", centred.transpose().matmul(weights).node());
    outputs.put("squares", centred.squaresTimes(weights).node());
    Map<String, Matrix> sums = passes.in("moments").evaluate(Program.of(outputs), Map.of());
    double[] means = mean.toArray();
    double[] deviations = deviation.toArray();
    for (int k = 0; k < columns.size(); k++) {
      double moved = sums.get("sums").at(k) / total;
      double variance = Math.max(0, sums.get("squares").at(k) / total - moved * moved);
      double s = Math.sqrt(variance) / unit.at(k);
      int j = columns.get(k);
      means[j] += moved / unit.at(k);
      deviations[j] = s <= ROUNDING * Math.abs(means[j]) ? 0 : s;
    }
    return new ColumnMoments(total, Matrix.column(means), Matrix.column(deviations));
  }

  private static Matrix chosen(Matrix of, List<Integer> at) {
    return Matrix.column(at.stream().mapToDouble(of::at).toArray());
  }

  /** Whether a feature has one value, and not zero. */
  public boolean isConstant(int feature) {
    return deviation.at(feature) == 0 && mean.at(feature) != 0;
  }

  /** sqrt(m^2 + s^2), features x 1. */
  public Matrix rootMeanSquare() {
    return mean.with(deviation, Math::hypot);
  }
}
