package org.tacit.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/** How a result shows a hypergradient. */
final class HypergradientReport {
  private HypergradientReport() {}

  static void add(
      Map<String, Object> result, Hypergradient hypergradient, Certificate certificate) {
    result.put("outerValue", hypergradient.outerValue());
    result.put("hypergradient", Workspace.numbers(hypergradient.gradient()));
    result.put("linearSolve", linearSolve(hypergradient.adjoint()));
    result.put("certificate", certificate(certificate));
  }

  private static Map<String, Object> certificate(Certificate certificate) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("trusted", certificate.isTrusted());
    shown.put("reason", certificate.reason().orElse(null));
    shown.put("residualNorm", certificate.residualNorm());
    shown.put("linearResidualNorm", certificate.linearResidualNorm());
    put(shown, "smallestEigenvalue", certificate.smallestEigenvalue());
    put(shown, "solutionErrorBound", certificate.solutionError());
    put(shown, "hypergradientErrorBound", certificate.derivativeError());
    put(shown, "firstOrderEstimate", certificate.firstOrder());
    put(shown, "theoremBound", certificate.theorem());
    put(shown, "kinkDistance", certificate.kinkDistance());
    shown.put("fallback", certificate.fallback().orElse(null));
    return shown;
  }

  private static Map<String, Object> linearSolve(Solution adjoint) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("method", adjoint.method());
    shown.put("outcome", adjoint.outcome().label());
    shown.put("iterations", adjoint.iterations());
    shown.put("residualNorm", adjoint.residualNorm());
    shown.put("relativeResidual", adjoint.relativeResidual());
    return shown;
  }

  /** JSON has no infinity. */
  private static void put(Map<String, Object> shown, String key, OptionalDouble value) {
    boolean isFinite = value.isPresent() && Double.isFinite(value.getAsDouble());
    shown.put(key, isFinite ? value.getAsDouble() : null);
  }

  static List<List<Double>> rows(Matrix matrix) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < matrix.rows(); i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < matrix.cols(); j++) {
        row.add(matrix.at(i, j));
      }
      rows.add(row);
    }
    return rows;
  }
}
