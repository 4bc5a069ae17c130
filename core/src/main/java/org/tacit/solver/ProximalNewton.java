package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * Proximal Newton for f(x) + g(x): the next point minimises the second-order model of f, plus g.
 * For squared losses the first model is the problem itself.
 *
 * <p>Up to {@value #DENSE} unknowns the Hessian is built on the driver, by one product with {@value
 * #SLICE} columns for each {@value #SLICE} unknowns, and the model is solved there without passes.
 * With more, and for the model itself, {@link Fista} and semismooth Newton steps (which solve for
 * the support only) take turns, steps being accepted by the residual.
 *
 * <p>A step is halved until the residual's norm falls; where it does not, {@link Fista} takes over
 * for a while. Ends as STALLED when neither finds a better point. Source: Lee, Sun and Saunders
 * 2014; Xiao, Li, Wen and Zhang 2018 (semismooth Newton on the fixed point).
 */
public record ProximalNewton() implements Solver {
  private static final int DENSE = 512;
  private static final int SLICE = 256;
  private static final int HALVINGS = 6;
  private static final double ARMIJO = 1e-4;
  private static final Stopping OF_MODEL = Stopping.relative(1e-9, 5000);

  @Override
  public String name() {
    return "proximal newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    Iterates iterates = new Iterates(composite, start, stopping);
    if (composite.size() <= DENSE) {
      byModels(composite, iterates);
    } else {
      bySemismoothSteps(composite, iterates);
    }
    return iterates.solution(name(), Outcome.STALLED);
  }

  private static void byModels(CompositeProblem problem, Iterates iterates) {
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      double before = iterates.norm();
      goesOn =
          modelStep(problem, iterates)
              || Fista.run(problem, iterates, 0.1, 20)
              || iterates.norm() < before;
    }
  }

  /** Moves to, or towards, the minimiser of the model; whether the residual fell. */
  private static boolean modelStep(CompositeProblem problem, Iterates iterates) {
    Matrix x = iterates.x();
    QuadraticModel model = new QuadraticModel(problem, problem.at(x), hessian(problem, x));
    Iterates ofModel = new Iterates(model, x, OF_MODEL);
    bySemismoothSteps(model, ofModel);
    Matrix step = ofModel.x().minus(x);
    double t = 1;
    for (int k = 0; k < HALVINGS; k++, t /= 2) {
      Matrix trial = x.plus(t, step);
      Optional<Problem.Evaluated> there =
          trial.equals(x) ? Optional.empty() : iterates.evaluate(trial);
      if (there.isPresent()
          && there.get().residual().norm() <= (1 - ARMIJO * t) * iterates.norm()) {
        iterates.moveTo(trial, there.get());
        return true;
      }
    }
    iterates.stay();
    return false;
  }

  private static Matrix hessian(CompositeProblem problem, Matrix x) {
    int n = problem.size();
    Matrix identity = Matrix.identity(n);
    List<Matrix> slices = new ArrayList<>();
    try (ClosableOperator hessian = problem.hessian(x)) {
      for (int from = 0; from < n; from += SLICE) {
        slices.add(hessian.apply(identity.columns(from, Math.min(n, from + SLICE))));
      }
    }
    return Matrix.beside(slices);
  }

  /** First-order steps until Newton steps on the support pay, and again where they do not. */
  private static void bySemismoothSteps(CompositeProblem problem, Iterates iterates) {
    Newton newton = Newton.of();
    int steps = 10;
    boolean goesOn = true;
    while (goesOn && iterates.goesOn()) {
      double before = iterates.norm();
      Newton.End end = newton.run(problem, iterates);
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
