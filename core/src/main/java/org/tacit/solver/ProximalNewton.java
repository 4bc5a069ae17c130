package org.tacit.solver;

import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * Proximal Newton for f(x) + g(x): the next point minimises the second-order model of f, plus g.
 * For squared losses the first model is the problem itself.
 *
 * <p>Up to {@value #DENSE} unknowns the Hessian is built on the driver, by a product in 256 columns
 * for each 256 unknowns, and the model is solved there without passes. With more, and for the model
 * itself, {@link Fista} and semismooth Newton steps (which solve for the support only) take turns,
 * steps being accepted by the residual.
 *
 * <p>A step is halved until the residual's norm falls; where it does not, {@link Fista} takes over
 * for a while. Ends as STALLED when neither finds a better point. Source: Lee, Sun and Saunders
 * 2014; Xiao, Li, Wen and Zhang 2018 (semismooth Newton on the fixed point).
 */
public record ProximalNewton() implements Solver {
  private static final int DENSE = 512;
  private static final Stopping OF_MODEL = Stopping.relative(1e-9, 5000);

  @Override
  public String name() {
    return "proximal newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    Iterates iterates = new Iterates(composite, start, stopping);
    MeteredComposite metered = new MeteredComposite(composite, iterates);
    iterates.whileOpen(
        () -> {
          if (composite.size() <= DENSE) {
            new ModelSteps(ProximalNewton::minimiser).run(metered, iterates);
          } else {
            bySemismoothSteps(metered, iterates);
          }
        });
    return iterates.solution(name(), Outcome.STALLED);
  }

  private static Matrix minimiser(QuadraticModel model, Iterates of) {
    Iterates ofModel = new Iterates(model, of.x(), OF_MODEL.withCancellation(() -> !of.isOpen()));
    bySemismoothSteps(new MeteredComposite(model, ofModel), ofModel);
    return ofModel.x();
  }

  /** First-order steps until Newton steps on the support pay, and again where they do not. */
  private static void bySemismoothSteps(MeteredComposite problem, Iterates iterates) {
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
