package org.tacit.job;

import java.util.List;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Matrix;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;

/** The configured theta: a log penalty for each of the model's, or one number for all of them. */
final class StartTheta {
  /** The largest integer whose exponential is a double. */
  static final double HIGHEST = 709;

  private StartTheta() {}

  static Matrix of(Settings settings, PenalisedModel model, List<String> featureNames) {
    List<Double> given = settings.theta();
    boolean isCommon = given.size() == 1;
    if (!isCommon && given.size() != model.penalties()) {
      throw wrong(
          settings,
          given.size() + " values",
          model.penalties() == 1
              ? "1, since model.per = all"
              : model.penalties() + ", one for each " + each(settings) + ", or one for all");
    }
    for (int k = 0; k < given.size(); k++) {
      if (given.get(k) > HIGHEST) {
        String weighed = isCommon ? "" : " for " + model.penaltyName(k, featureNames);
        throw wrong(
            settings,
            given.get(k) + weighed + ": exp(theta) overflows",
            "<= 709; anything below -745 is no penalty at all");
      }
    }
    return isCommon
        ? Matrix.filled(model.penalties(), 1, given.get(0))
        : Matrix.column(given.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static String each(Settings settings) {
    String scope = settings.model().scope().label();
    return settings.model().penalty() == PenaltyKind.ELASTIC_NET
        ? scope + " and kind of penalty, l1 first"
        : scope;
  }

  private static ConfigException wrong(Settings settings, String what, String must) {
    return new ConfigException(
        settings.places().of("theta") + "Invalid theta: " + what + " (must be " + must + ")");
  }
}
