package org.tacit.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * The penalties exp(theta) of a model's coefficients, features x outputs, by scope and kind: of
 * W_jc, or where columns have units s_j of s_j W_jc, the coefficient of the column in its unit.
 *
 * @param units s, features x 1
 */
record Penalty(
    PenaltyKind kind,
    PenaltyScope scope,
    List<Integer> groups,
    Model.Layout layout,
    Optional<Matrix> units) {
  Penalty {
    groups = List.copyOf(groups);
  }

  /** The same of columns in units of these deviations; a constant column's unit is 1. */
  Penalty in(Matrix deviations) {
    return new Penalty(
        kind, scope, groups, layout, Optional.of(deviations.map(s -> s > 0 ? s : 1)));
  }

  /** The length of theta. */
  int count() {
    return kind == PenaltyKind.ELASTIC_NET ? 2 * scopes() : scopes();
  }

  /** How many there are of each kind of penalty. */
  List<Integer> kinds() {
    return Collections.nCopies(count() / scopes(), scopes());
  }

  private int scopes() {
    return switch (scope) {
      case ALL -> 1;
      case FEATURE -> layout.features().size();
      case CLASS -> layout.outputs();
      case GROUP -> 1 + groups.stream().mapToInt(Integer::intValue).max().orElse(0);
    };
  }

  /** What each log penalty weighs, as messages call it. */
  List<String> names() {
    return IntStream.range(0, count()).mapToObj(this::name).toList();
  }

  private String name(int k) {
    String kinds =
        kind != PenaltyKind.ELASTIC_NET ? "" : k < scopes() ? ", l1 penalty" : ", l2 penalty";
    int at = k % scopes();
    String weighed =
        switch (scope) {
          case ALL -> "all coefficients";
          case FEATURE -> "feature " + layout.features().get(at);
          case CLASS -> "class " + at;
          case GROUP -> "group " + at;
        };
    return weighed + kinds;
  }

  /** The log penalties as they were given: one number for each, or one for all. */
  Matrix theta(List<Double> given) {
    boolean isCommon = given.size() == 1;
    if (!isCommon && given.size() != count()) {
      throw invalid(
          given.size() + " values",
          count() == 1
              ? "1, since model.per = all"
              : count() + ", one for each " + each() + ", or one for all");
    }
    for (int k = 0; k < given.size(); k++) {
      if (given.get(k) > Model.HIGHEST_THETA) {
        String weighed = isCommon ? "" : " for " + name(k);
        throw invalid(
            given.get(k) + weighed + ": exp(theta) overflows",
            "<= 709; anything below -745 is no penalty at all");
      }
    }
    return isCommon
        ? Matrix.filled(count(), 1, given.get(0))
        : Matrix.column(given.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private String each() {
    return kind == PenaltyKind.ELASTIC_NET
        ? scope.label() + " and kind of penalty, l1 first"
        : scope.label();
  }

  private static ModelException invalid(String what, String must) {
    return new ModelException("theta", "Invalid theta: " + what + " (must be " + must + ")");
  }

  /** The smallest penalty, or sum of both kinds, on the coefficients of feature {@code j}. */
  double ofFeature(int j, Matrix theta) {
    boolean isBoth = kind == PenaltyKind.ELASTIC_NET;
    return smallest(
        j, k -> Math.exp(theta.at(k)) + (isBoth ? Math.exp(theta.at(scopes() + k)) : 0));
  }

  /** The smallest penalty of half the squares of the coefficients of feature {@code j}, or none. */
  double ofSquares(int j, Matrix theta) {
    int from = kind == PenaltyKind.ELASTIC_NET ? scopes() : 0;
    double unit = units.map(s -> s.at(j)).orElse(1.0);
    return kind == PenaltyKind.L1
        ? 0
        : unit * unit * smallest(j, k -> Math.exp(theta.at(from + k)));
  }

  /**
   * sum_k (theta_k + d_k mean_j log u_j), over the features j that penalty k is of, d being 2 for
   * penalties of squares and 1 for others.
   */
  double strength(Matrix theta, double[] logUnits) {
    return IntStream.range(0, count())
        .mapToDouble(k -> theta.at(k) + degree(k) * meanOver(k % scopes(), logUnits))
        .sum();
  }

  private int degree(int k) {
    return switch (kind) {
      case L1 -> 1;
      case L2 -> 2;
      case ELASTIC_NET -> k < scopes() ? 1 : 2;
    };
  }

  private double meanOver(int scope, double[] ofFeatures) {
    return IntStream.range(0, ofFeatures.length)
        .filter(j -> covers(scope, j))
        .mapToDouble(j -> ofFeatures[j])
        .average()
        .orElse(0);
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
    Optional<Var> each =
        switch (kind) {
          case L2 -> Optional.empty();
          case L1 -> Optional.of(stretching(theta));
          case ELASTIC_NET -> Optional.of(stretching(theta.slice(Side.ROWS, 0, scopes())));
        };
    return each.map(l -> units.map(s -> l.times(Var.constant(s))).orElse(l));
  }

  /** The penalties of half the squares, which stretch to features x outputs. */
  Optional<Var> squared(Var theta) {
    Optional<Var> each =
        switch (kind) {
          case L2 -> Optional.of(stretching(theta));
          case L1 -> Optional.empty();
          case ELASTIC_NET ->
              Optional.of(stretching(theta.slice(Side.ROWS, scopes(), 2 * scopes())));
        };
    return each.map(
        l -> units.map(s -> l.times(Var.constant(s.map(unit -> unit * unit)))).orElse(l));
  }

  private Var stretching(Var theta) {
    Var penalties = theta.exp();
    return switch (scope) {
      case ALL, FEATURE -> penalties;
      case CLASS -> penalties.transpose();
      case GROUP -> penalties.rows(keys(groups));
    };
  }

  /** The group of each feature as keys. */
  static Var keys(List<Integer> groups) {
    return Var.constant(Matrix.column(groups.stream().mapToDouble(Integer::doubleValue).toArray()));
  }
}
