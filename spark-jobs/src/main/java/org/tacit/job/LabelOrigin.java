package org.tacit.job;

import org.tacit.data.LabelSet;
import org.tacit.data.Part;
import org.tacit.data.Parts;
import org.tacit.loss.Loss;

/**
 * Where an intercept is measured from, which is where a solve starts. In losses of differences: the
 * labels' middle, where they are {@value #FAR} times as far from zero as from each other. In losses
 * whose predictions are logs: the log of their middle, where that is {@value #FAR} times above or
 * below 1. Otherwise 0. So years and sums of money are fitted like their differences, labels that
 * are all the same by them exactly, and amounts alike in every unit.
 */
final class LabelOrigin {
  private static final double FAR = 32;

  private LabelOrigin() {}

  static double of(Settings settings, Parts data) {
    Loss loss = settings.model().loss();
    if (!settings.model().hasIntercept()) {
      return 0;
    }
    if (loss.isOfLogarithms()) {
      return data.labelsOf(Part.TRAIN).map(LabelOrigin::ofLogarithms).orElse(0.0);
    }
    return loss.isOfDifference() ? data.labelsOf(Part.TRAIN).map(LabelOrigin::of).orElse(0.0) : 0;
  }

  static double ofLogarithms(LabelSet labels) {
    double middle = labels.least() / 2 + labels.largest() / 2;
    double log = Math.log(middle);
    return Double.isFinite(log) && Math.abs(log) > Math.log(FAR) ? log : 0;
  }

  static double of(LabelSet labels) {
    double half = labels.largest() / 2 - labels.least() / 2;
    double middle = labels.isOne() ? labels.least() : labels.least() + half;
    return Math.abs(middle) > FAR * half ? middle : 0;
  }
}
