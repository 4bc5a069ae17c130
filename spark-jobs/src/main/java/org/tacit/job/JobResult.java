package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.Certificate;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;

/**
 * What a job found, as {@link ResultJson} writes it.
 *
 * @param reason why the outcome is not CONVERGED
 * @param warnings what a reader must know of it, a sentence each
 * @param theta what {@code inner} is solved at
 */
record JobResult(
    Outcome outcome,
    Optional<String> reason,
    List<String> warnings,
    Matrix theta,
    Solution inner,
    Optional<Sensitivity> sensitivity,
    Optional<Tuning> tuning,
    Optional<Sweep> sweep) {
  JobResult {
    warnings = List.copyOf(warnings);
  }

  /** Without a sweep. */
  JobResult(
      Outcome outcome,
      Optional<String> reason,
      List<String> warnings,
      Matrix theta,
      Solution inner,
      Optional<Sensitivity> sensitivity,
      Optional<Tuning> tuning) {
    this(outcome, reason, warnings, theta, inner, sensitivity, tuning, Optional.empty());
  }

  /** The same with a sweep. */
  JobResult with(Sweep found) {
    return new JobResult(
        outcome, reason, warnings, theta, inner, sensitivity, tuning, Optional.of(found));
  }

  /** The same with what was to be known before it was computed. */
  JobResult withEarlier(List<String> earlier) {
    List<String> all = new ArrayList<>(earlier);
    all.addAll(warnings);
    return new JobResult(outcome, reason, all, theta, inner, sensitivity, tuning, sweep);
  }

  /** The same with a reason that says more. */
  JobResult because(String why) {
    return new JobResult(
        outcome, Optional.of(why), warnings, theta, inner, sensitivity, tuning, sweep);
  }

  /** The derivative of the validation loss, and of the solution where it was asked for. */
  record Sensitivity(
      Hypergradient hypergradient, Certificate certificate, Optional<Matrix> jacobian) {}

  /**
   * The way to a tuned theta, and what it is compared with.
   *
   * @param gap where there are test rows
   */
  record Tuning(
      Descent.Found descent,
      long passes,
      Optional<CommonPenaltyGrid.Found> grid,
      Comparison losses,
      Optional<TestGap> gap) {}

  /**
   * Candidates on folds, and the one that is taken.
   *
   * @param column of the comparison, where that one is
   * @param gap of the test loss, where its error is known
   */
  record Sweep(
      FoldSweep trials, int chosen, Comparison losses, String column, Optional<TestGap> gap) {
    /** A pass, for the error of the gap. */
    static Sweep of(FoldSweep trials, int chosen, Comparison losses, String column) {
      return new Sweep(
          trials,
          chosen,
          losses,
          column,
          TestGap.ofFolds(trials, chosen, losses.loss(Workspace.TEST, column)));
    }

    OptionalDouble testLoss() {
      return losses.loss(Workspace.TEST, column);
    }
  }

  /** Why a solve's outcome is not CONVERGED. */
  static Optional<String> reason(String solve, Solution ended) {
    return ended.outcome().isConverged()
        ? Optional.empty()
        : Optional.of(
            solve + " ended with " + ended.outcome().label() + " (" + ended.advice() + ")");
  }
}
