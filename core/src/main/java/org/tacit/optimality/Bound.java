package org.tacit.optimality;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.pass.Passes;
import org.tacit.program.Program;

/** A theta and tables that programs in the symbols x and theta are bound to, with a step held. */
record Bound(Passes passes, Matrix theta, AnchoredStep step) {
  Map<String, Matrix> at(Matrix x) {
    return Map.of("x", x, "theta", theta);
  }

  /** The outputs of a program at several points, in one pass. */
  List<Map<String, Matrix>> evaluate(Program program, List<Matrix> points) {
    return step.held(passes, points.get(0))
        .evaluate(program, points.stream().map(this::at).toList());
  }

  ClosableOperator jacobian(JacobianOperator.Linearised jacobian, Matrix x) {
    return jacobian.at(step.held(passes, x), at(x));
  }

  DenseOperator whole(JacobianOperator.Linearised jacobian, Matrix x) {
    return jacobian.whole(step.held(passes, x), at(x));
  }

  /** What a problem is on batches of the rows. */
  List<Problem> batches(int count, long seed, Function<Bound, Problem> problem) {
    return passes.batches(count, seed).stream()
        .map(part -> problem.apply(new Bound(part, theta, step)))
        .toList();
  }
}
