package org.tacit.optimality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** The programs of a mirror-descent fixed point. */
final class MirrorPrograms {
  private final Condition condition;
  private final JacobianOperator.Linearised jacobian;
  private final SmoothPoints points;
  private final Program mirrorStep;

  MirrorPrograms(Condition condition, Mirror parts, JacobianOperator.Linearised jacobian) {
    this.condition = condition;
    this.jacobian = jacobian;
    this.points = SmoothPoints.of(condition, parts.smooth(), parts.gradient(), parts.eta());
    Var gradient = Var.input("gradient", condition.x().shape());
    Var eta = Var.input("eta", Shape.SCALAR);
    this.mirrorStep =
        Program.of("step", parts.map().of(condition.x(), gradient, eta, condition.theta()).node());
  }

  MirrorProblem at(Bound bound) {
    return new At(bound);
  }

  private final class At implements MirrorProblem {
    private final Bound bound;
    private Optional<Point> last = Optional.empty();

    At(Bound bound) {
      this.bound = bound;
    }

    @Override
    public int size() {
      return condition.unknowns();
    }

    @Override
    public Point at(Matrix x) {
      if (last.isEmpty() || !last.get().x().equals(x)) {
        last = Optional.of(points.at(bound, List.of(x)).get(0));
      }
      return last.get();
    }

    @Override
    public List<Evaluated> evaluateAll(List<Matrix> at) {
      return points.at(bound, at).stream().map(Point::evaluated).toList();
    }

    @Override
    public List<Problem> batches(int count, long seed) {
      return bound.batches(count, seed, At::new);
    }

    @Override
    public Cost cost() {
      return jacobian.cost(bound.passes());
    }

    @Override
    public Optional<DenseOperator> wholeJacobian(Matrix x) {
      return Optional.of(bound.whole(jacobian, x));
    }

    @Override
    public Matrix step(Matrix x, Matrix gradient, double eta) {
      Map<String, Matrix> inputs =
          Map.of("x", x, "gradient", gradient, "eta", Matrix.scalar(eta), "theta", bound.theta());
      return bound.passes().evaluate(mirrorStep, inputs).get("step");
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return bound.jacobian(jacobian, x);
    }
  }
}
