package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tacit.matrix.Matrix;

/** The best point of each right-hand side so far, with its residual. */
final class BestColumns {
  private final Matrix b;
  private final List<Matrix> x;
  private final List<Matrix> residuals;

  BestColumns(Matrix b) {
    this.b = b;
    this.x = new ArrayList<>(Collections.nCopies(b.cols(), Matrix.zeros(b.rows(), 1)));
    this.residuals = new ArrayList<>(b.columns());
  }

  /** The start, without columns that are not finite or have nothing to solve. */
  Matrix usable(Matrix start) {
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < b.cols(); j++) {
      Matrix column = start.columnAt(j);
      boolean isUsable = column.isFinite() && b.columnAt(j).maxAbs() > 0;
      columns.add(isUsable ? column : x.get(j));
    }
    return columns.isEmpty() ? b : Matrix.beside(columns);
  }

  void improve(Matrix trial, Matrix product) {
    for (int j = 0; j < b.cols(); j++) {
      Matrix residual = b.columnAt(j).minus(product.columnAt(j));
      if (residual.norm() < residuals.get(j).norm()) {
        x.set(j, trial.columnAt(j));
        residuals.set(j, residual);
      }
    }
  }

  Matrix x() {
    return x.isEmpty() ? b : Matrix.beside(x);
  }

  Matrix residual() {
    return residuals.isEmpty() ? b : Matrix.beside(residuals);
  }

  double residualNorm() {
    return residuals.stream().mapToDouble(Matrix::norm).reduce(0, Math::max);
  }

  /** The largest relative residual. */
  double worst() {
    double worst = 0;
    for (int j = 0; j < b.cols(); j++) {
      double norm = residuals.get(j).norm();
      worst = Math.max(worst, norm == 0 ? 0 : norm / b.columnAt(j).norm());
    }
    return worst;
  }
}
