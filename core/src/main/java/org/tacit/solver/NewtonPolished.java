package org.tacit.solver;

import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#newtonPolished}. */
record NewtonPolished(Newton newton) implements Solver {
  private static final double WARM = 2e-8;
  private static final int SHORT = 12;
  private static final int LONG = 200;

  /** With linear systems by size. */
  public static NewtonPolished of() {
    return new NewtonPolished(Newton.of());
  }

  @Override
  public NewtonPolished near(Nearby known) {
    return new NewtonPolished(newton.near(known));
  }

  @Override
  public String name() {
    return "l-bfgs + newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = Iterates.minimising(problem, start, stopping);
    iterates.keep(newton.nearby());
    if (iterates.here().value().isPresent()) {
      minimise(problem, iterates);
    } else {
      newton.run(problem, iterates);
    }
    return iterates.solution(name(), Outcome.STALLED);
  }

  private void minimise(Problem problem, Iterates iterates) {
    Problem convex = new AssumedConvex(problem);
    // A Newton step costs two passes when the Jacobian is built whole, and many more when it is
    // not, unless one nearby is known. L-BFGS may take what such a one costs, which serves all
    // steps.
    boolean isSmall = Newton.isWhole(problem);
    double whole = problem.cost().productsOfFactorised();
    boolean isShort = isSmall || whole <= LONG;
    double enough = isShort ? 1e-2 : 1e-6;
    int steps = isSmall ? SHORT : (int) Math.max(SHORT, Math.min(LONG, whole));
    // Few digits are asked of a warm start, which Newton finds at once; and all of them where F is
    // affine.
    boolean isWarm = iterates.bound() >= WARM * iterates.norm();
    boolean isNewtonFirst =
        (isSmall && (problem.isAffine() || isWarm)) || iterates.nearby().knows(problem.size());
    if (!isSmall && iterates.nearby().knows(problem.size())) {
      ChordSteps.run(convex, iterates);
    }
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      boolean canDescend = isNewtonFirst || Lbfgs.run(iterates, enough, steps);
      isNewtonFirst = false;
      double before = iterates.norm();
      Newton.End end = newton.run(convex, iterates);
      goesOn = end != Newton.End.ROUNDING && (canDescend || iterates.norm() < before);
      enough /= 100;
      steps *= 2;
    }
  }
}
