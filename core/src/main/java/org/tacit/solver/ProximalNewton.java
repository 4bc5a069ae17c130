package org.tacit.solver;

import org.tacit.matrix.Matrix;

/** {@link CompositeMinimiser#proximalNewton}. */
final class ProximalNewton {
  private static final double OF_MODEL = 1e-9;
  private static final int FEW = 50;
  private static final int MANY = 5000;

  private ProximalNewton() {}

  /** Takes steps until none helps. */
  static void run(Metered.Composite problem, Iterates iterates) {
    if (problem.cost().isCheapWhole()) {
      SecondOrderSteps.of((model, of) -> minimiser(model, of.x(), of)).run(problem, iterates);
    } else if (problem.isHeld()) {
      new SecondOrderSteps(new HeldModels(ProximalNewton::bySemismoothSteps))
          .run(problem, iterates);
      bySemismoothSteps(problem, iterates);
    } else {
      new SecondOrderSteps(new WorkingSets(ProximalNewton::minimiser)).run(problem, iterates);
      bySemismoothSteps(problem, iterates);
    }
  }

  /** Steps with a Hessian nearby, then with Hessians where those do not get to the end. */
  static void chords(Matrix nearby, Metered.Composite problem, Iterates iterates) {
    new SecondOrderSteps(new ProximalChords(nearby)).run(problem, iterates);
    run(problem, iterates);
  }

  /** By signs where steps do not soon find a lasso's minimiser. */
  static Matrix minimiser(QuadraticModel model, Matrix start, Iterates of) {
    Iterates soon = minimised(model, start, of, FEW);
    return soon.isConverged()
        ? soon.x()
        : AbsolutePenalty.known(model)
            .map(penalty -> SignSearch.minimiser(model, penalty, start))
            .orElseGet(() -> minimised(model, soon.x(), of, MANY).x());
  }

  private static Iterates minimised(QuadraticModel model, Matrix start, Iterates of, int steps) {
    double enough = OF_MODEL * of.norm();
    Stopping stopping =
        new Stopping(0, enough, steps, Stopping.Watch.NONE).withCancellation(() -> !of.isOpen());
    Iterates iterates = new Iterates(model, start, stopping);
    bySemismoothSteps(new Metered.Composite(model, iterates), iterates);
    return iterates;
  }

  /** First-order steps until Newton steps on the support pay, and again where they do not. */
  private static void bySemismoothSteps(Metered.Composite problem, Iterates iterates) {
    Newton newton = Newton.of();
    int steps = 10;
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      double before = iterates.norm();
      problem.at(iterates.x());
      Newton.End end = newton.run(problem.problem(), iterates);
      boolean isFurther = iterates.norm() < 0.5 * before;
      if (end == Newton.End.DONE || !iterates.goesOn()) {
        break;
      }
      boolean canDescend = Fista.run(problem, iterates, 1e-2, steps);
      goesOn = canDescend || isFurther;
      steps *= 2;
    }
  }
}
