package com.example;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.spark.SparkTable;

/** Ridge regression on Spark, and the Jacobian of its solution in the log penalties. */
public final class Sensitivity {
  private Sensitivity() {}

  /** dw/dtheta, a column for each of the log penalties. */
  public static Matrix of(JavaSparkContext context, double[][] features, double[] labels) {
    int p = features[0].length;
    try (SparkTable table = SparkTable.of(context, features, labels)) {
      Rows rows = new Rows("train", table.schema());
      Condition ridge =
          Stationarity.ofStronglyConvex(
              Parameters.vector(p),
              Parameters.vector(p),
              (w, t) ->
                  rows.features()
                      .matmul(w)
                      .minus(rows.label())
                      .square()
                      .meanRows()
                      .plus(t.exp().times(w.square()).sum()));
      try (ImplicitSolution solution =
          ImplicitFunction.of(ridge)
              .solve(Passes.over(Map.of("train", table)), Matrix.zeros(p, 1))) {
        return solution.jacobian().value();
      }
    }
  }
}
