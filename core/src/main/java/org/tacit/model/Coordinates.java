package org.tacit.model;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The coordinates (v, c) in which the coefficients W and intercepts b of a linear model are solved
 * for:
 *
 * <pre>
 *   W = D v,    b = c - m' W,    so that    x' W + b = (x - m)' D v + c
 * </pre>
 *
 * <p>m holds the means of the columns beside an intercept, and zeros otherwise; D is diagonal,
 *
 * <pre>
 *   D_jj = min(1, 1 / max_k (s_k d_k)) d_j,    d_j = (s_j^2 / 1024 + lambda_j)^(-1/2)
 * </pre>
 *
 * s_j being the deviation of column j about m_j and lambda_j the penalty of its squared
 * coefficient; no column of X D deviates by more than an intercept's ones. So neither the outcome
 * of a solve nor its number of passes nor the certificate of a derivative depends on the units or,
 * beside an intercept, the origins of columns. Any m and D give the same model; (0, 0) is W = 0, b
 * = 0.
 *
 * <p>Margins are X (D v) + (c - m' D v), and no number of the table is touched, so that sparse rows
 * stay sparse. Only of columns that are {@value #FAR} deviations and more from zero is m taken
 * before the product, row by row: the difference is exact there, where that of two products would
 * lose digits.
 *
 * @param scale D, features x 1
 * @param centre m, features x 1
 * @param far the columns that are far from zero
 * @param near 0 for those, 1 for others
 */
record Coordinates(Var scale, Var centre, List<Integer> far, Var near) {
  private static final double FAR = 32;

  /**
   * How much a deviation counts beside a penalty. Where penalties of one size matter at all, they
   * and not the data are brought to one size: a multiple of the identity costs iterations nothing.
   */
  private static final double DATA = 1.0 / 32;

  /** Those of the data: v = W and c = b. */
  static Coordinates ofTheData(int features) {
    Shape column = Shape.of(features, 1);
    return new Coordinates(
        Var.constant(1).broadcastTo(column), Var.zero(column), List.of(), Var.constant(1));
  }

  /**
   * By the moments of the columns.
   *
   * @param squared lambda, features x 1, relative to a mean loss
   */
  static Coordinates of(ColumnMoments moments, Matrix squared, boolean hasIntercept) {
    Matrix spread = hasIntercept ? moments.deviation() : moments.rootMeanSquare();
    Matrix scale = scales(spread, squared);
    int features = spread.size();
    if (!hasIntercept) {
      Var none = Var.zero(Shape.of(features, 1));
      return new Coordinates(Var.constant(scale), none, List.of(), Var.constant(1));
    }
    Matrix near = moments.mean().with(spread, (m, s) -> Math.abs(m) > FAR * s ? 0 : 1);
    List<Integer> far = IntStream.range(0, features).filter(j -> near.at(j) == 0).boxed().toList();
    return new Coordinates(
        Var.constant(scale),
        Var.constant(moments.mean()),
        far,
        Var.constant(far.isEmpty() ? Matrix.scalar(1) : near));
  }

  private static Matrix scales(Matrix spread, Matrix squared) {
    Matrix scales =
        spread.with(squared, (s, lambda) -> orOne(1 / Math.hypot(DATA * s, Math.sqrt(lambda))));
    double widest = scales.with(spread, (d, s) -> d * s).maxAbs();
    return widest > 1 && Double.isFinite(widest) ? scales.times(1 / widest) : scales;
  }

  private static double orOne(double scale) {
    return scale > 0 && Double.isFinite(scale) ? scale : 1;
  }

  /** The margins of rows, rows x outputs, from W (features x outputs) and c (1 x outputs). */
  Var margins(Rows rows, Var w, Var c) {
    Var x = rows.features();
    if (far.isEmpty()) {
      return x.matmul(w).plus(c.minus(centre.transpose().matmul(w)));
    }
    Var keys = keys();
    Var centred = x.centredColumns(far, centre.rows(keys).transpose()).matmul(w.rows(keys));
    if (far.size() == x.shape().width()) {
      return centred.plus(c);
    }
    Var others = w.times(near);
    return x.matmul(others).plus(centred).plus(c.minus(centre.transpose().matmul(others)));
  }

  /** b, 1 x outputs, from W and c. */
  Var intercept(Var w, Var c) {
    return c.minus(centre.transpose().matmul(w));
  }

  private Var keys() {
    return Var.constant(Matrix.column(far.stream().mapToDouble(Integer::doubleValue).toArray()));
  }
}
