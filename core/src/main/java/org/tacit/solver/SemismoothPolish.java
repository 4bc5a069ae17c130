package org.tacit.solver;

/**
 * First-order steps until Newton steps on the fixed point pay, which solve for the unknowns that
 * move only and are accepted by the residual. Where those do not, or end higher than they began,
 * steps of {@link ProximalNewton}, which fall by the objective; and all that again. Source: Xiao,
 * Li, Wen and Zhang, A regularized semi-smooth Newton method with projection steps for composite
 * convex programs, 2018.
 */
final class SemismoothPolish {
  private final FirstOrder method;
  private final double enough;
  private int steps;

  /** First until the residual is {@code enough} times what it was, for {@code steps} at most. */
  SemismoothPolish(FirstOrder method, double enough, int steps) {
    this.method = method;
    this.enough = enough;
    this.steps = steps;
  }

  /** A method of first order. */
  interface FirstOrder {
    /**
     * Steps until the residual is {@code enough} times what it was, or {@code atMost} are done;
     * whether more would help.
     */
    boolean run(Metered.Composite problem, Iterates iterates, double enough, int atMost);
  }

  void run(Metered.Composite problem, Iterates iterates) {
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      double first = iterates.norm();
      boolean canDescend = method.run(problem, iterates, enough, steps);
      double before = iterates.norm();
      if (iterates.goesOn() && before <= enough * first) {
        problem.at(iterates.x());
        Newton.of().run(problem.problem(), iterates);
        if (!iterates.isConverged()) {
          iterates.backToBest();
        }
      }
      if (iterates.goesOn() && iterates.norm() >= 0.5 * before) {
        ProximalNewton.run(problem, iterates);
      }
      goesOn = canDescend || iterates.norm() < 0.5 * before;
      steps *= 2;
    }
  }
}
