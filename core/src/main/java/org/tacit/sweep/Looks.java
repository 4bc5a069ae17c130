package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk.Ended;

/** F and Hessians of fits at any number of points, in one pass. */
record Looks(Fits fits) {
  /** What one pass tells of a start: F, or the Hessian, each where there is one. */
  record Seen(AnchoredStep step, Optional<Matrix> residual, Optional<Matrix> hessian) {
    double norm() {
      return residual.map(Matrix::norm).orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** F and the Hessian at each of the starts. */
  List<Seen> at(List<Fits.Start> starts) {
    List<AnchoredStep> steps = starts.stream().map(fits::step).toList();
    List<Function<Passes, Optional<Matrix>>> looks = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Fits.Start start = starts.get(i);
      AnchoredStep step = steps.get(i);
      looks.add(own -> Optional.of(fits.problem(own, start, step).evaluate(start.x()).residual()));
    }
    starts.forEach(start -> looks.add(own -> hessian(own, start)));
    List<Ended<Optional<Matrix>>> seen = fits.all(looks);
    return IntStream.range(0, starts.size())
        .mapToObj(
            i -> new Seen(steps.get(i), finite(seen.get(i)), finite(seen.get(starts.size() + i))))
        .toList();
  }

  /** The Hessians at these starts. */
  List<Optional<Curvature>> curvatures(List<Fits.Start> starts) {
    List<Function<Passes, Optional<Matrix>>> looks = new ArrayList<>();
    starts.forEach(start -> looks.add(own -> hessian(own, start)));
    return fits.all(looks).stream().map(Looks::finite).map(a -> a.map(Curvature::of)).toList();
  }

  private static Optional<Matrix> finite(Ended<Optional<Matrix>> seen) {
    return seen.value().flatMap(there -> there).filter(Matrix::isFinite);
  }

  private Optional<Matrix> hessian(Passes own, Fits.Start start) {
    Problem problem = fits.problem(own, start);
    Optional<CompositeProblem> composite = problem.as(CompositeProblem.class);
    if (composite.isEmpty()) {
      return problem.wholeJacobian(start.x()).map(DenseOperator::matrix);
    }
    return Optional.of(composite.get().wholeHessian(start.x()).matrix());
  }
}
