package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** A method given by its recurrence, made ready for one operator. */
final class KrylovSolver implements PreparedSolver {
  private final LinearOperator operator;
  private final String name;
  private final Preparation preparation;
  private final RightSide.Settings settings;

  /** With the products that preparing took. */
  KrylovSolver(LinearOperator operator, String name, int prepared, RightSide.Settings settings) {
    this.operator = operator;
    this.name = name;
    this.preparation = new Preparation(prepared);
    this.settings = settings;
  }

  @Override
  public Solution solve(Of of, Matrix b, Matrix start) {
    LinearOperator by = of.in(operator);
    Require.system(by.cols(), b, start);
    List<RightSide> columns = new ArrayList<>();
    for (int j = 0; j < b.cols(); j++) {
      columns.add(new RightSide(settings, b.columnAt(j), start.columnAt(j)));
    }
    return Lockstep.run(by, columns, name, preparation.due());
  }
}
