package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Constraints;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/**
 * A problem as something inside a solve sees it: what it asks counts and ends by {@link
 * Meter.ClosedException} when the solve's budget does; the point where the solve stands is known.
 */
record MeteredProblem(Problem problem, Iterates iterates, boolean isPart) implements Problem {
  /** Of the whole problem that the iterates solve. */
  MeteredProblem(Problem problem, Iterates iterates) {
    this(problem, iterates, false);
  }

  @Override
  public int size() {
    return problem.size();
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    if (!isPart && x.equals(iterates.x())) {
      return iterates.here();
    }
    iterates.count();
    return problem.evaluate(x);
  }

  @Override
  public List<Evaluated> evaluateAll(List<Matrix> points) {
    iterates.count();
    return problem.evaluateAll(points);
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    return iterates.metered(() -> problem.jacobian(x));
  }

  @Override
  public Optional<DenseOperator> wholeJacobian(Matrix x) {
    return iterates.whole(problem, x);
  }

  @Override
  public boolean isHeld() {
    return problem.isHeld();
  }

  @Override
  public boolean isAffine() {
    return problem.isAffine();
  }

  @Override
  public Cost cost() {
    return problem.cost();
  }

  @Override
  public Optional<ClosableOperator> gaussNewton(Matrix x) {
    if (!iterates.isOpen()) {
      throw new Meter.ClosedException();
    }
    return problem.gaussNewton(x).map(found -> iterates.metered(() -> found));
  }

  @Override
  public Optional<Constraints> constraints() {
    return problem.constraints();
  }

  @Override
  public List<Problem> batches(int count, long seed) {
    return problem.batches(count, seed).stream()
        .<Problem>map(part -> new MeteredProblem(part, iterates, true))
        .toList();
  }

  @Override
  public Optional<MirrorProblem> mirror() {
    return problem.mirror().map(parts -> new MeteredMirror(parts, iterates));
  }

  @Override
  public Optional<CompositeProblem> composite() {
    return problem.composite().map(parts -> new MeteredComposite(parts, iterates));
  }
}
