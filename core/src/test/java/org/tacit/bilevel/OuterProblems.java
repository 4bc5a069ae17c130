package org.tacit.bilevel;

import java.util.function.BinaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Var;

/** The problems of an outer optimiser's laws. */
public interface OuterProblems {
  /** The optimiser under test. */
  OuterOptimiser optimiser(OuterStopping until);

  /** Where the rows are. */
  default TableFactory tables() {
    return TableFactory.inProcess(100);
  }

  default Shrinkage ridge(int thetas, Matrix c, Matrix d) {
    return Shrinkage.ridge(thetas, c, d).tunedBy(this::optimiser).on(tables());
  }

  default Shrinkage lasso(Matrix c, Matrix d) {
    return Shrinkage.lasso(c, d).tunedBy(this::optimiser).on(tables());
  }

  default Shrinkage identity(int n, BinaryOperator<Var> loss) {
    return Shrinkage.identity(n, loss).tunedBy(this::optimiser);
  }

  default Shrinkage of(Condition condition, BinaryOperator<Var> loss) {
    return Shrinkage.of(condition, loss).tunedBy(this::optimiser);
  }
}
