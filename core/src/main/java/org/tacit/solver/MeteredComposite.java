package org.tacit.solver;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;

/**
 * A composite problem as steps inside a solve see it: points that are not known already and
 * products with the Hessian of f and with the Jacobian count, and end by {@link
 * Meter.ClosedException} when the solve's budget does.
 */
record MeteredComposite(CompositeProblem problem, Iterates iterates) implements CompositeProblem {
  @Override
  public int size() {
    return problem.size();
  }

  @Override
  public Point at(Matrix x) {
    if (!problem.knows(x)) {
      iterates.count();
    }
    return problem.at(x);
  }

  @Override
  public boolean knows(Matrix x) {
    return problem.knows(x);
  }

  @Override
  public Cost cost() {
    return problem.cost();
  }

  @Override
  public ClosableOperator hessian(Matrix x) {
    return iterates.metered(() -> problem.hessian(x));
  }

  @Override
  public List<Evaluated> evaluateAll(List<Matrix> points) {
    if (!points.stream().allMatch(problem::knows)) {
      iterates.count();
    }
    return problem.evaluateAll(points);
  }

  @Override
  public Matrix prox(Matrix point, double step) {
    return problem.prox(point, step);
  }

  @Override
  public Matrix proxAlong(Matrix point, double step, Matrix directions) {
    return problem.proxAlong(point, step, directions);
  }

  @Override
  public List<Integer> blocks() {
    return problem.blocks();
  }

  @Override
  public Structure curvature() {
    return problem.curvature();
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    at(x);
    return iterates.metered(() -> problem.jacobian(x));
  }
}
