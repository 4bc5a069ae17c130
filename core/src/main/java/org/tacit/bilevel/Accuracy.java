package org.tacit.bilevel;

/**
 * How exact the inner and adjoint solves of an outer optimisation are, relative to |F(0, theta)|.
 *
 * @param tolerance of the solves to come
 * @param least what it does not fall below: the final tolerance, or what the first solve could
 *     reach
 * @param isFinal whether the last solve was made to the final tolerance
 */
record Accuracy(double tolerance, double least, boolean isFinal) {
  /** The first tolerance, and what the later ones are of it as the hypergradient falls. */
  static final double FIRST = 1e-4;

  static Accuracy first(OuterStopping stopping) {
    double least = stopping.finalInnerTolerance();
    return new Accuracy(Math.max(FIRST, least), least, false);
  }

  /** Where the first solve missed its tolerance, no later one is asked for more than it reached. */
  Accuracy loosenedTo(double reached) {
    return new Accuracy(reached, reached, isFinal);
  }

  /** No looser than now, and than this. */
  Accuracy tightenedTo(double to) {
    return new Accuracy(Math.max(least, Math.min(tolerance, to)), least, isFinal);
  }

  /** After a step that was solved to this tolerance. */
  Accuracy reached(OuterStopping stopping) {
    return new Accuracy(tolerance, least, tolerance <= stopping.finalInnerTolerance());
  }

  /** As exact as it becomes. */
  Accuracy refined(OuterStopping stopping) {
    return new Accuracy(Math.max(least, stopping.finalInnerTolerance()), least, true);
  }
}
