package org.tacit.solver;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;

/** A composite problem inside a solve: points that are known already do not count. */
record MeteredComposite(CompositeProblem problem, Iterates iterates)
    implements CompositeProblem, Metered {
  @Override
  public Kind kind() {
    return this;
  }

  @Override
  public int size() {
    return problem.size();
  }

  @Override
  public Point at(Matrix x) {
    return problem.knows(x) || iterates.begins()
        ? problem.at(x)
        : new Point(x, Double.NaN, unknown(), unknown(), Double.NaN);
  }

  @Override
  public boolean knows(Matrix x) {
    return problem.knows(x);
  }

  @Override
  public ClosableOperator hessian(Matrix x) {
    return iterates.metered(() -> problem.hessian(x));
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    return CompositeProblem.super.evaluate(x);
  }

  @Override
  public List<Evaluated> evaluateAll(List<Matrix> points) {
    return points.stream().allMatch(problem::knows)
        ? problem.evaluateAll(points)
        : Metered.super.evaluateAll(points);
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    at(x);
    return Metered.super.jacobian(x);
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
}
