package org.tacit.sweep;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;

/**
 * F of one fit, without its objective, and the outer losses of the point that turns out to be its
 * solution: they share the pass of the F that proves it where that is foreseen, and take one of
 * their own elsewhere.
 */
final class FoldResidual {
  private final FoldModel model;
  private final Passes passes;
  private final Matrix theta;
  private final boolean isHeldOut;
  private Optional<Matrix> asked = Optional.empty();
  private List<Double> losses = List.of();

  /** Of a model on passes that bind the fold's numbers. */
  FoldResidual(FoldModel model, Passes passes, Fits.Start start) {
    this.model = model;
    this.passes = passes;
    this.theta = start.theta();
    this.isHeldOut = start.fold() != FoldedRows.ALL;
  }

  /** F(x). One pass. */
  Matrix at(Matrix x) {
    return model.residual(passes, theta, x);
  }

  /** The same where x is expected to be the solution. One pass. */
  Matrix atSolution(Matrix x) {
    if (!isHeldOut) {
      return at(x);
    }
    try {
      FoldModel.WithLosses both = model.withLosses(passes, theta, x);
      asked = Optional.of(x);
      losses = both.losses();
      return both.residual();
    } catch (NotANumberException overflow) {
      return at(x);
    }
  }

  /** At x; empty of a fit on all rows. One pass, none where x was expected to be the solution. */
  Optional<List<Double>> losses(Matrix x) {
    if (!isHeldOut) {
      return Optional.empty();
    }
    boolean isKnown = asked.filter(x::equals).isPresent();
    return Optional.of(isKnown ? losses : model.losses(passes.in("outer"), theta, x));
  }
}
