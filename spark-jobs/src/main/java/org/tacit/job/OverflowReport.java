package org.tacit.job;

import java.util.Locale;
import java.util.Optional;
import org.tacit.config.ConfigException;
import org.tacit.data.Part;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.pass.NotANumberException;

/**
 * What to tell of numbers that overflowed on the way: the largest number of the rows that they were
 * made of, and the largest log penalty, since one of them is nearly always the reason.
 */
final class OverflowReport {
  /** Squares of larger numbers are none that sums have room for. */
  private static final double LARGE = 1e150;

  /** Beyond it numbers have no units any more. */
  private static final double WHOLE = 1e15;

  private OverflowReport() {}

  /** The error with its likely reason. */
  static ConfigException of(Workspace workspace, NotANumberException overflow) {
    Matrix theta = workspace.theta();
    int most = 0;
    for (int k = 0; k < theta.rows(); k++) {
      most = theta.at(k) > theta.at(most) ? k : most;
    }
    LargestNumber largest =
        overflow
            .table()
            .filter(workspace.data().byName()::containsKey)
            .map(part -> LargestNumber.of(workspace, part))
            .orElseGet(() -> ofAll(workspace));
    return new ConfigException(
        String.format(
            "%s%s. The largest number there is %s; the largest theta is %s, of %s (%s, or"
                + " lower theta)",
            overflow.getMessage(),
            overflow.table().map(part -> ", in a pass over the " + part + " rows").orElse(""),
            largest.described(),
            theta.at(most),
            workspace.thetaNames().get(most),
            largest.remedy()),
        overflow);
  }

  /** Refuses training columns whose very sums overflow. */
  static void refuse(Workspace workspace) {
    ColumnMoments moments = workspace.moments();
    if (!moments.mean().isFinite() || !moments.deviation().isFinite()) {
      throw new ConfigException(told(LargestNumber.of(workspace, Model.TRAIN)));
    }
  }

  /**
   * Why a result has no number, or no end, where numbers of the data are so large that their
   * squares overflow; and why a solve did not converge where labels are so large that the unit of a
   * loss is lost beside them.
   */
  static Optional<String> reason(Workspace workspace, JobResult result) {
    Outcome inner = result.inner().outcome();
    if (isOverflow(inner)) {
      return reason(workspace, Model.TRAIN).or(() -> ofLabels(workspace));
    }
    if (isOverflow(result.outcome())) {
      return reason(workspace);
    }
    return result.outcome().isAsAsked() || result.outcome() == Outcome.NOT_TRUSTED
        ? Optional.empty()
        : ofLabels(workspace);
  }

  private static boolean isOverflow(Outcome outcome) {
    return outcome == Outcome.NOT_FINITE || outcome == Outcome.UNBOUNDED;
  }

  private static Optional<String> ofLabels(Workspace workspace) {
    return workspace
        .data()
        .labelsOf(Part.TRAIN)
        .filter(labels -> Math.max(labels.largest(), -labels.least()) > WHOLE)
        .map(
            labels ->
                String.format(
                    Locale.ROOT,
                    "the labels are so large that what the loss measures is lost beside them: from"
                        + " %.3g to %.3g in column %s of the train rows (divide them at their"
                        + " source)",
                    labels.least(),
                    labels.largest(),
                    workspace.settings().data().columns().label()));
  }

  /** The same of all parts. */
  static Optional<String> reason(Workspace workspace) {
    return reason(ofAll(workspace));
  }

  /** The same of one part. */
  static Optional<String> reason(Workspace workspace, String part) {
    return reason(LargestNumber.of(workspace, part));
  }

  private static Optional<String> reason(LargestNumber largest) {
    return Optional.of(largest).filter(l -> l.root() > LARGE).map(OverflowReport::told);
  }

  private static String told(LargestNumber largest) {
    return "numbers overflow: the largest of the data is %s (%s)"
        .formatted(largest.described(), largest.remedy());
  }

  /** Of the first part that has a large one, or of the first. */
  private static LargestNumber ofAll(Workspace workspace) {
    return workspace.data().byName().keySet().stream()
        .map(part -> LargestNumber.of(workspace, part))
        .reduce((a, b) -> a.root() > LARGE || b.root() <= LARGE ? a : b)
        .orElseThrow();
  }
}
