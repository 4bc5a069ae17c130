package org.tacit.spark.ml;

import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.GeneralizedLinearRegressionModel;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.tacit.matrix.Matrix;
import org.tacit.solver.Solver;

/**
 * The coefficients of a fitted Spark ML model as the unknowns of a condition: W feature by feature
 * (features x outputs, row by row), then the intercepts b where the model was fitted with them.
 *
 * <p>Spark ML's objective is the mean loss plus regParam / 2 |W|^2 where its elasticNetParam is 0
 * and standardization is off; with it on, each coefficient is weighed by the variance of its
 * feature. A linear regression divides regParam by the standard deviation of its labels, that of
 * the N rows where it is fitted by normal equations. (A generalised linear regression always
 * standardises, and weighs its penalty by its working weights: fit it without one, or state that as
 * the condition.) Whether the model solves the condition is said by the residual, never by the
 * model: fit it to a small tolerance.
 *
 * @param x W, then b, as one column
 */
public record FittedModel(Matrix x) {
  /** A linear regression. */
  public static FittedModel of(LinearRegressionModel model) {
    return of(model.coefficients(), model.intercept(), model.getFitIntercept());
  }

  /** A generalised linear regression. */
  public static FittedModel of(GeneralizedLinearRegressionModel model) {
    return of(model.coefficients(), model.intercept(), model.getFitIntercept());
  }

  /**
   * A logistic regression: of one output where it was fitted as binomial, for labels of -1 and 1;
   * else with an output a class. The intercepts of classes can move together without changing any
   * loss; these sum to zero.
   */
  public static FittedModel of(LogisticRegressionModel model) {
    boolean isBinomial = model.coefficientMatrix().numRows() == 1;
    return isBinomial
        ? of(model.coefficients(), model.intercept(), model.getFitIntercept())
        : ofClasses(model);
  }

  private static FittedModel of(Vector coefficients, double intercept, boolean hasIntercept) {
    int p = coefficients.size();
    double[] x = new double[p + (hasIntercept ? 1 : 0)];
    System.arraycopy(coefficients.toArray(), 0, x, 0, p);
    if (hasIntercept) {
      x[p] = intercept;
    }
    return new FittedModel(Matrix.column(x));
  }

  private static FittedModel ofClasses(LogisticRegressionModel model) {
    var w = model.coefficientMatrix();
    int classes = w.numRows();
    int p = w.numCols();
    boolean hasIntercept = model.getFitIntercept();
    double[] x = new double[p * classes + (hasIntercept ? classes : 0)];
    double mean = 0;
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < p; j++) {
        x[j * classes + c] = w.apply(c, j);
      }
      mean += model.interceptVector().apply(c) / classes;
    }
    for (int c = 0; hasIntercept && c < classes; c++) {
      x[p * classes + c] = model.interceptVector().apply(c) - mean;
    }
    return new FittedModel(Matrix.column(x));
  }

  /** A solver that returns these coefficients, converged where the residual there says so. */
  public Solver solver() {
    return Solver.of("spark ml", (problem, start) -> x);
  }
}
