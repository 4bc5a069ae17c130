package org.tacit.optimality;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.MarginHessian;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.Structure;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** The programs of a composite objective. */
final class CompositePrograms {
  private final Condition condition;
  private final Composite parts;
  private final JacobianOperator.Linearised jacobian;
  private final JacobianOperator.Linearised hessian;
  private final SmoothPoints points;
  private final Program prox;
  private final Program proxAlong;
  private Optional<Optional<MarginHessian>> margins = Optional.empty();

  CompositePrograms(Condition condition, Composite parts, JacobianOperator.Linearised jacobian) {
    this.condition = condition;
    this.parts = parts;
    this.jacobian = jacobian;
    this.hessian =
        JacobianOperator.ofGradient(parts.gradient(), condition.x(), Structure.SYMMETRIC);
    this.points = SmoothPoints.of(condition, parts.smooth(), parts.gradient(), parts.step());
    Var point = Var.input("point", condition.x().shape());
    Var value = parts.prox().of(point, condition.theta(), Var.input("step", Shape.SCALAR));
    Var direction = Var.input("direction", point.shape());
    this.prox = Program.of("prox", value.node());
    this.proxAlong = Program.of("along", Jvp.of(value, point, direction).node());
  }

  /** The Hessian by margins, looked for when first asked for. */
  private synchronized Optional<MarginHessian> margins() {
    if (margins.isEmpty()) {
      margins = Optional.of(MarginHessian.of(parts.smooth(), condition.x(), hessian));
    }
    return margins.get();
  }

  CompositeProblem at(Bound bound) {
    return new At(bound, bound.step().points());
  }

  private final class At implements CompositeProblem {
    private final Bound bound;
    private final KnownPoints known;

    At(Bound bound, KnownPoints known) {
      this.bound = bound;
      this.known = known;
    }

    @Override
    public int size() {
      return condition.unknowns();
    }

    @Override
    public Point at(Matrix x) {
      return known.at(x).orElseGet(() -> all(List.of(x)).get(0));
    }

    @Override
    public boolean knows(Matrix x) {
      return known.at(x).isPresent();
    }

    private List<Point> all(List<Matrix> at) {
      List<Point> found = points.at(bound, at);
      found.forEach(known::add);
      return found;
    }

    @Override
    public List<Evaluated> evaluateAll(List<Matrix> at) {
      return at.stream().allMatch(this::knows)
          ? at.stream().map(this::evaluate).toList()
          : all(at).stream().map(Point::evaluated).toList();
    }

    @Override
    public List<Problem> batches(int count, long seed) {
      return bound.batches(count, seed, part -> new At(part, new KnownPoints()));
    }

    @Override
    public Cost cost() {
      return rowsHeld()
          .map(found -> found.costHeld(bound.passes()).withoutDual())
          .orElseGet(() -> hessian.cost(bound.passes()));
    }

    @Override
    public boolean isHeld() {
      return rowsHeld().isPresent();
    }

    /** Where unknowns are more than rows, and too many for a matrix of their own. */
    private Optional<MarginHessian> rowsHeld() {
      boolean isWide =
          parts.curvature() == Structure.POSITIVE_DEFINITE
              && hessian.rows(bound.passes()) < condition.unknowns()
              && !hessian.cost(bound.passes()).isCheapInSteps();
      return isWide ? margins().filter(found -> found.canBeHeld(bound.passes())) : Optional.empty();
    }

    @Override
    public List<Integer> blocks() {
      return parts.blocks();
    }

    @Override
    public ClosableOperator hessian(Matrix x) {
      return rowsHeld()
          .<ClosableOperator>map(found -> found.held(bound.passes(), bound.at(x)))
          .orElseGet(() -> hessian.at(bound.passes(), bound.at(x)));
    }

    @Override
    public DenseOperator wholeHessian(Matrix x) {
      return margins()
          .map(whole -> whole.whole(bound.passes(), bound.at(x)))
          .orElseGet(() -> hessian.whole(bound.passes(), bound.at(x)));
    }

    @Override
    public Structure curvature() {
      return parts.curvature();
    }

    @Override
    public Matrix prox(Matrix point, double step) {
      return bound.passes().evaluate(prox, inputs(point, step)).get("prox");
    }

    private Map<String, Matrix> inputs(Matrix point, double step) {
      return Map.of("point", point, "step", Matrix.scalar(step), "theta", bound.theta());
    }

    @Override
    public Matrix proxAlong(Matrix point, double step, Matrix directions) {
      return bound
          .passes()
          .columns(proxAlong, inputs(point, step), Map.of("direction", directions))
          .get("along");
    }

    /** On the support where one step and the proximal map have one, the whole system otherwise. */
    @Override
    public ClosableOperator jacobian(Matrix x) {
      Point here = at(x);
      if (!parts.step().shape().equals(Shape.SCALAR)) {
        return bound.jacobian(jacobian, x);
      }
      return CompositeProblem.slopes(this, here)
          .<ClosableOperator>map(d -> ProximalOperator.of(d, hessian(x), here.step(), curvature()))
          .orElseGet(() -> bound.jacobian(jacobian, x));
    }
  }
}
