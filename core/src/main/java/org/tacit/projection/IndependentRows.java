package org.tacit.projection;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Steady;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * 1 for rows of A y = b that do not follow from the rows above, 0 for those that do, m x 1; by
 * modified Gram-Schmidt, taken twice. A row that contradicts those above stops the evaluation.
 */
record IndependentRows() implements Steady, Kernel {
  private static final double TOLERANCE = 1e-10;

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    Shape.require(
        !a.isSharded() && b.equals(new Shape(a.rows(), Axis.of(1))),
        "Invalid shapes: %s with right sides %s (must be replicated, right sides one for each row)",
        a,
        b);
    return b;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense a = (Dense) inputs[0];
    Dense b = (Dense) inputs[1];
    List<double[]> basis = new ArrayList<>();
    double size = size(a, b);
    for (int i = 0; i < a.rows(); i++) {
      double[] row = new double[a.cols() + 1];
      System.arraycopy(a.data(), a.at(i), row, 0, a.cols());
      row[a.cols()] = b.data()[b.at(i)];
      double scale = norm(row);
      double before = scale * size;
      for (int pass = 0; pass < 2; pass++) {
        basis.forEach(unit -> subtract(row, unit));
      }
      double left = norm(row);
      boolean isNew = left > TOLERANCE * scale;
      if (isNew) {
        for (int j = 0; j < row.length; j++) {
          row[j] /= left;
        }
        basis.add(row);
      } else if (Math.abs(row[a.cols()]) > 1e-8 * before) {
        throw new IllegalArgumentException(
            String.format(
                "Inconsistent equalities: row %s contradicts those above by %s (must be 0; change"
                    + " its right side or drop it)",
                i, Math.abs(row[a.cols()])));
      }
      output.data()[output.at(i)] = isNew ? 1 : 0;
    }
  }

  /** The largest right side of rows of length 1. */
  private static double size(Dense a, Dense b) {
    double size = 0;
    for (int i = 0; i < a.rows(); i++) {
      double norm = EuclideanNorm.of(a.data(), a.at(i), a.cols());
      size = norm == 0 ? size : Math.max(size, Math.abs(b.data()[b.at(i)]) / norm);
    }
    return size;
  }

  /** The norm of the coefficients; the last element is the right side. */
  private static double norm(double[] row) {
    return EuclideanNorm.of(row, 0, row.length - 1);
  }

  private static void subtract(double[] row, double[] unit) {
    double dot = 0;
    for (int j = 0; j < row.length - 1; j++) {
      dot += row[j] * unit[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] -= dot * unit[j];
    }
  }
}
