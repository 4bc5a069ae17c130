package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Steps to, or towards, the minimiser of the second-order model of f, plus g. The model's Hessian
 * is built on the driver, by one product with {@value #SLICE} columns for each {@value #SLICE}
 * unknowns, or such parts of it as {@link WorkingSets} ask for; for squared losses it is the Gram
 * matrix and the model is the problem itself. {@link Fista} takes over for a while where no model's
 * step reduces the residual.
 *
 * @param target where the steps go
 */
record ModelSteps(Target target) {
  private static final int SLICE = 256;
  private static final int HALVINGS = 6;
  private static final int REFUSALS = 60;
  private static final double ARMIJO = 1e-4;

  /** To what solves models on whole Hessians, without passes. */
  static ModelSteps of(Minimiser minimiser) {
    return new ModelSteps(
        (problem, here, iterates) ->
            hessian(problem, here.x())
                .map(whole -> new QuadraticModel(problem, here, whole))
                .map(model -> minimiser.minimise(model, iterates)));
  }

  /** Where a step goes. */
  interface Target {
    /** A point near the minimiser of the model at a point; empty where there is no model. */
    Optional<Matrix> of(CompositeProblem problem, CompositeProblem.Point here, Iterates iterates);

    /** Whether it may have a point again. */
    default boolean isUsable() {
      return true;
    }
  }

  /** A method for models. */
  interface Minimiser {
    /**
     * A better point of the model than {@code problem.x()}; counts its iterations there, but for
     * the last, which is counted where the point is judged.
     */
    Matrix minimise(QuadraticModel model, Iterates problem);
  }

  /** Steps on a problem whose Hessian and points count ({@link MeteredComposite}). */
  void run(MeteredComposite problem, Iterates iterates) {
    boolean goesOn = true;
    while (goesOn && iterates.goesOn() && target.isUsable()) {
      double before = iterates.norm();
      goesOn =
          step(problem, iterates)
              || Fista.run(problem, iterates, 0.1, 20)
              || iterates.norm() < before;
    }
  }

  /** Whether the residual fell. */
  private boolean step(CompositeProblem problem, Iterates iterates) {
    Matrix x = iterates.x();
    CompositeProblem.Point here = problem.at(x);
    Optional<Matrix> found = found(problem, here, iterates);
    if (found.isEmpty()) {
      iterates.stay();
      return false;
    }
    Matrix step = found.get().minus(x);
    double t = 1;
    int refused = 0;
    for (int k = 0; k < HALVINGS + 2 * refused && refused < REFUSALS; k++, t /= 2) {
      Matrix trial = x.plus(t, step);
      Optional<Problem.Evaluated> there =
          trial.equals(x) || !iterates.isOpen() ? Optional.empty() : iterates.evaluate(trial);
      refused += there.isEmpty() && iterates.isOpen() && !trial.equals(x) ? 1 : 0;
      if (there.isPresent()
          && there.get().residual().norm() <= (1 - ARMIJO * t) * iterates.norm()) {
        iterates.moveTo(trial, there.get());
        return true;
      }
    }
    iterates.stay();
    return false;
  }

  private Optional<Matrix> found(
      CompositeProblem problem, CompositeProblem.Point here, Iterates iterates) {
    try {
      return target.of(problem, here, iterates).filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private static Optional<Matrix> hessian(CompositeProblem problem, Matrix x) {
    int n = problem.size();
    Matrix identity = Matrix.identity(n);
    List<Matrix> slices = new ArrayList<>();
    try (ClosableOperator hessian = problem.hessian(x)) {
      for (int from = 0; from < n; from += SLICE) {
        slices.add(hessian.apply(identity.columns(from, Math.min(n, from + SLICE))));
      }
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
    return Optional.of(Matrix.beside(slices)).filter(Matrix::isFinite);
  }
}
