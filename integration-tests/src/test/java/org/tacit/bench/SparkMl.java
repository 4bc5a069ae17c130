package org.tacit.bench;

import java.util.function.Predicate;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.regression.LinearRegression;
import org.tacit.matrix.Matrix;

/** Spark ML's solution of a comparison, stopped where its objective is good enough. */
final class SparkMl {
  private static final int MOST = 2_000;

  private SparkMl() {}

  /** The fewest iterations whose solution is good; 1 for normal equations. */
  static int iterations(SolverData data, double objective, Predicate<Matrix> isGood) {
    if (data.classes() == 1) {
      return 1;
    }
    double[] history = logistic(data, MOST).summary().objectiveHistory();
    int iterations = 1;
    while (iterations < history.length && history[iterations] > objective) {
      iterations++;
    }
    while (!isGood.test(solve(data, iterations))) {
      if (iterations > MOST) {
        throw new IllegalStateException(
            "Spark ML did not reach the objective in " + MOST + " iterations");
      }
      iterations += 1 + iterations / 20;
    }
    return iterations;
  }

  /** The unknowns after so many iterations, in the order of ours. */
  static Matrix solve(SolverData data, int iterations) {
    if (data.classes() == 1) {
      return Matrix.column(linear(data));
    }
    // Classes x features in column-major order: feature by feature, as ours is.
    return Matrix.column(logistic(data, iterations).coefficientMatrix().toArray());
  }

  private static double[] linear(SolverData data) {
    return new LinearRegression()
        .setRegParam(data.penalty() * data.deviation())
        .setElasticNetParam(0)
        .setFitIntercept(false)
        .setStandardization(false)
        .fit(data.frame())
        .coefficients()
        .toArray();
  }

  private static LogisticRegressionModel logistic(SolverData data, int iterations) {
    return new LogisticRegression()
        .setRegParam(data.penalty())
        .setElasticNetParam(0)
        .setFitIntercept(false)
        .setStandardization(false)
        .setFamily(data.classes() > 2 ? "multinomial" : "binomial")
        .setMaxIter(iterations)
        .setTol(1e-12)
        .fit(data.frame());
  }
}
