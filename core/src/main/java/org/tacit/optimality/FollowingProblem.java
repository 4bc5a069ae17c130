package org.tacit.optimality;

import java.util.Optional;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.pass.Passes;

/** A problem at one theta whose tables are made for the x that it is asked for. */
record FollowingProblem(ReadyCondition programs, Function<Matrix, Passes> tables, Matrix theta)
    implements Problem {
  private Problem near(Matrix x) {
    return programs.at(tables.apply(x), theta);
  }

  @Override
  public int size() {
    return programs.condition().unknowns();
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    return near(x).evaluate(x);
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    return near(x).jacobian(x);
  }

  @Override
  public Optional<DenseOperator> wholeJacobian(Matrix x) {
    return near(x).wholeJacobian(x);
  }
}
