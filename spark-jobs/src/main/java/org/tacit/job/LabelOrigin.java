package org.tacit.job;

import org.tacit.spark.LabelSet;
import org.tacit.spark.Part;

/**
 * Where an intercept is measured from, in losses of differences. Where labels are {@value #FAR}
 * times as far from zero as they are from each other, that is their middle, and 0 otherwise. So
 * years and sums of money are fitted like their differences, and labels that are all the same by
 * them exactly.
 */
final class LabelOrigin {
  private static final double FAR = 32;

  private LabelOrigin() {}

  static double of(Settings settings, JobData data) {
    boolean isAsked = settings.model().hasIntercept() && settings.model().loss().isOfDifference();
    return isAsked ? data.labels(Part.TRAIN).map(LabelOrigin::of).orElse(0.0) : 0;
  }

  static double of(LabelSet labels) {
    double half = labels.largest() / 2 - labels.least() / 2;
    double middle = labels.isOne() ? labels.least() : labels.least() + half;
    return Math.abs(middle) > FAR * half ? middle : 0;
  }
}
