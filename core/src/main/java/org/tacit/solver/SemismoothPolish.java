package org.tacit.solver;

/**
 * First-order steps until Newton steps on the fixed point pay, which solve for the unknowns that
 * move only and are accepted by the residual; and again where they do not. Source: Xiao, Li, Wen
 * and Zhang, A regularized semi-smooth Newton method with projection steps for composite convex
 * programs, 2018.
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
    boolean run(MeteredComposite problem, Iterates iterates, double enough, int atMost);
  }

  void run(MeteredComposite problem, Iterates iterates) {
    Newton newton = Newton.of();
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      boolean canDescend = method.run(problem, iterates, enough, steps);
      double before = iterates.norm();
      if (!iterates.goesOn()) {
        break;
      }
      problem.at(iterates.x());
      Newton.End end = newton.run(problem.problem(), iterates);
      boolean isFurther = iterates.norm() < 0.5 * before;
      goesOn =
          end != Newton.End.DONE
              && iterates.goesOn()
              && (canDescend || isFurther || Fista.run(problem, iterates, 0.1, steps));
      steps *= 2;
    }
  }
}
