package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * Cyclic coordinate descent for f(x) + sum_j g_j(x_j): lasso, elastic net, non-negative least
 * squares, quadratic programs on a box.
 *
 * <p>The Hessian H of f is built whole on the driver, by one product where it is not large; where f
 * is quadratic that is the Gram matrix, and sweeps
 *
 * <pre>
 *   x_j+ = prox_{g_j / H_jj}(x_j - (H x + c)_j / H_jj)
 * </pre>
 *
 * then reach the solution without passes; for another f the model is built again at the point found
 * ({@link ProximalNewton} does the same with Newton steps on the support). An iteration is a sweep,
 * of n^2 operations and n proximal maps on the driver. Refuses a proximal map that couples
 * unknowns. Cost: three passes for a quadratic f. Source: Friedman, Hastie and Tibshirani,
 * Regularization paths for generalized linear models via coordinate descent, 2010, section 2.2
 * ("covariance updates").
 */
public record CoordinateDescent() implements Solver {
  @Override
  public String name() {
    return "coordinate descent";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    CompositeProblem composite = Composites.of(this, problem);
    List<Integer> single = Collections.nCopies(composite.size(), 1);
    Separability.require(name(), composite, single);
    Iterates iterates = Iterates.minimising(composite, start, stopping);
    SecondOrderSteps.of((model, of) -> new BlockSweeps(model, single).minimise(of))
        .run(new MeteredComposite(composite, iterates), iterates);
    return iterates.solution(name(), Outcome.STALLED);
  }
}
