package org.tacit.solver;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.Problem;

/** A problem that is another one but for what it says itself, so that nothing of that is lost. */
interface ForwardingProblem extends Problem {
  Problem problem();

  @Override
  default int size() {
    return problem().size();
  }

  @Override
  default Evaluated evaluate(Matrix x) {
    return problem().evaluate(x);
  }

  @Override
  default List<Evaluated> evaluateAll(List<Matrix> points) {
    return problem().evaluateAll(points);
  }

  @Override
  default ClosableOperator jacobian(Matrix x) {
    return problem().jacobian(x);
  }

  @Override
  default Optional<DenseOperator> wholeJacobian(Matrix x) {
    return problem().wholeJacobian(x);
  }

  @Override
  default boolean isAffine() {
    return problem().isAffine();
  }

  @Override
  default boolean isHeld() {
    return problem().isHeld();
  }

  @Override
  default Cost cost() {
    return problem().cost();
  }

  @Override
  default List<Problem> batches(int count, long seed) {
    return problem().batches(count, seed);
  }

  @Override
  default Kind kind() {
    return problem().kind();
  }
}
