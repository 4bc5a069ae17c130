package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/**
 * Long steps along a ravine. Where the curvature changes within a step, as at the edges of a Huber
 * loss far from its minimum, damped steps go to and fro between the walls; two of them together
 * point along the floor. That way is gone on, doubled as long as the objective falls. One pass for
 * each length tried, where damped steps have been taken twice. Source: Hooke and Jeeves, Direct
 * search solution of numerical and statistical problems, 1961 (pattern moves).
 */
final class Ravine {
  private static final int DOUBLINGS = 40;

  private Optional<Matrix> last = Optional.empty();
  private Optional<Matrix> beforeLast = Optional.empty();

  /** After a step, damped or not. */
  void follow(Iterates iterates, boolean isDamped) {
    if (!isDamped) {
      last = Optional.empty();
    }
    Matrix x = iterates.x();
    boolean isTwice = isDamped && last.isPresent() && beforeLast.isPresent();
    if (isTwice && goOn(iterates, x.minus(beforeLast.get()))) {
      last = Optional.empty();
    }
    beforeLast = last;
    last = Optional.of(iterates.x());
  }

  private static boolean goOn(Iterates iterates, Matrix way) {
    boolean hasMoved = false;
    double length = 1;
    for (int k = 0; k < DOUBLINGS && iterates.goesOn(); k++, length *= 2) {
      Matrix at = iterates.x().plus(length, way);
      Optional<Problem.Evaluated> there =
          iterates.evaluate(at).map(found -> iterates.valued(at, found));
      if (!there.map(found -> isLower(found, iterates.here())).orElse(false)) {
        break;
      }
      iterates.moveTo(at, there.get());
      hasMoved = true;
    }
    return hasMoved;
  }

  private static boolean isLower(Problem.Evaluated there, Problem.Evaluated here) {
    return there.value().isPresent()
        && here.value().isPresent()
        && there.value().getAsDouble() < here.value().getAsDouble();
  }
}
