package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * A step that ends where F is finite: x + t s for the largest of t = 1, 1/2, 1/4, ... at which it
 * is. One pass a trial, {@value #TRIALS} at most.
 */
record Shortened(Matrix x, Problem.Evaluated there) {
  private static final int TRIALS = 60;

  /** From where the iterates stand; empty where no length will do, or no pass is left. */
  static Optional<Shortened> along(Iterates iterates, Matrix step) {
    double t = 1;
    for (int k = 0; k < TRIALS && iterates.isOpen(); k++, t /= 2) {
      Matrix trial = iterates.x().plus(t, step);
      if (trial.equals(iterates.x())) {
        break;
      }
      Optional<Problem.Evaluated> there = iterates.evaluate(trial);
      if (there.isPresent()) {
        return Optional.of(new Shortened(trial, there.get()));
      }
    }
    return Optional.empty();
  }
}
