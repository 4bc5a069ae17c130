package org.tacit.model;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** The penalties exp(theta) of a model's coefficients, features x outputs, by scope and kind. */
record Penalty(
    PenaltyKind kind, PenaltyScope scope, List<Integer> groups, int features, int outputs) {
  Penalty {
    groups = List.copyOf(groups);
  }

  /** The length of theta. */
  int count() {
    return kind == PenaltyKind.ELASTIC_NET ? 2 * scopes() : scopes();
  }

  private int scopes() {
    return switch (scope) {
      case ALL -> 1;
      case FEATURE -> features;
      case CLASS -> outputs;
      case GROUP -> 1 + groups.stream().mapToInt(Integer::intValue).max().orElse(0);
    };
  }

  /** What log penalty {@code k} weighs, as messages call it. */
  String name(int k, List<String> featureNames) {
    String kinds =
        kind != PenaltyKind.ELASTIC_NET ? "" : k < scopes() ? ", l1 penalty" : ", l2 penalty";
    int at = k % scopes();
    String weighed =
        switch (scope) {
          case ALL -> "all coefficients";
          case FEATURE -> "feature " + featureNames.get(at);
          case CLASS -> "class " + at;
          case GROUP -> "group " + at;
        };
    return weighed + kinds;
  }

  /** The smallest penalty, or sum of both kinds, on the coefficients of feature {@code j}. */
  double ofFeature(int j, Matrix theta) {
    boolean isBoth = kind == PenaltyKind.ELASTIC_NET;
    return smallest(
        j, k -> Math.exp(theta.at(k)) + (isBoth ? Math.exp(theta.at(scopes() + k)) : 0));
  }

  /** The smallest penalty of half the squares of the coefficients of feature {@code j}, or none. */
  double ofSquares(int j, Matrix theta) {
    return switch (kind) {
      case L2 -> smallest(j, k -> Math.exp(theta.at(k)));
      case L1 -> 0;
      case ELASTIC_NET -> smallest(j, k -> Math.exp(theta.at(scopes() + k)));
    };
  }

  private double smallest(int feature, IntToDoubleFunction ofScope) {
    return IntStream.range(0, scopes())
        .filter(k -> covers(k, feature))
        .mapToDouble(ofScope)
        .min()
        .orElseThrow();
  }

  private boolean covers(int k, int feature) {
    return switch (scope) {
      case ALL, CLASS -> true;
      case FEATURE -> k == feature;
      case GROUP -> groups.get(feature) == k;
    };
  }

  /** The penalties of the absolute values, which stretch to features x outputs. */
  Optional<Var> absolute(Var theta) {
    return switch (kind) {
      case L2 -> Optional.empty();
      case L1 -> Optional.of(stretching(theta));
      case ELASTIC_NET -> Optional.of(stretching(theta.slice(Side.ROWS, 0, scopes())));
    };
  }

  /** The penalties of half the squares, which stretch to features x outputs. */
  Optional<Var> squared(Var theta) {
    return switch (kind) {
      case L2 -> Optional.of(stretching(theta));
      case L1 -> Optional.empty();
      case ELASTIC_NET -> Optional.of(stretching(theta.slice(Side.ROWS, scopes(), 2 * scopes())));
    };
  }

  private Var stretching(Var theta) {
    Var penalties = theta.exp();
    return switch (scope) {
      case ALL, FEATURE -> penalties;
      case CLASS -> penalties.transpose();
      case GROUP -> penalties.rows(keys());
    };
  }

  private Var keys() {
    return Var.constant(Matrix.column(groups.stream().mapToDouble(Integer::doubleValue).toArray()));
  }
}
