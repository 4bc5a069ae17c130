package org.tacit.optimality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.Cost;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.ProximalOperator;
import org.tacit.operator.Structure;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** The programs of a composite objective. */
final class CompositePrograms {
  private final Condition condition;
  private final Composite parts;
  private final JacobianOperator.Linearised jacobian;
  private final JacobianOperator.Linearised hessian;
  private final Program evaluation;
  private final Program prox;
  private final Program proxAlong;

  CompositePrograms(Condition condition, Composite parts, JacobianOperator.Linearised jacobian) {
    this.condition = condition;
    this.parts = parts;
    this.jacobian = jacobian;
    this.hessian = JacobianOperator.of(parts.gradient(), condition.x(), Structure.SYMMETRIC);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("residual", condition.residual().node());
    outputs.put("smooth", parts.smooth().node());
    outputs.put("gradient", parts.gradient().node());
    outputs.put("step", parts.step().node());
    this.evaluation = Program.of(outputs);
    Var point = Var.input("point", condition.x().shape());
    Var value = parts.prox().of(point, condition.theta(), Var.input("step", Shape.SCALAR));
    Var direction = Var.input("direction", point.shape());
    this.prox = Program.of("prox", value.node());
    this.proxAlong = Program.of("along", Jvp.of(value, point, direction).node());
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

    private List<Point> all(List<Matrix> points) {
      List<Map<String, Matrix>> values = bound.evaluate(evaluation, points);
      List<Point> found = new ArrayList<>();
      for (int k = 0; k < points.size(); k++) {
        found.add(point(points.get(k), values.get(k)));
        bound.step().sees(points.get(k), found.get(k).gradient());
        known.add(found.get(k));
      }
      return found;
    }

    private Point point(Matrix x, Map<String, Matrix> now) {
      return new Point(
          x,
          now.get("smooth").value(),
          now.get("gradient"),
          now.get("residual"),
          smallest(now.get("step")));
    }

    @Override
    public List<Evaluated> evaluateAll(List<Matrix> points) {
      if (points.stream().allMatch(this::knows)) {
        return points.stream().map(this::evaluate).toList();
      }
      return all(points).stream()
          .map(point -> new Evaluated(OptionalDouble.empty(), point.residual()))
          .toList();
    }

    @Override
    public List<Problem> batches(int count, long seed) {
      return bound.batches(count, seed, part -> new At(part, new KnownPoints()));
    }

    @Override
    public Cost cost() {
      return hessian.cost(bound.passes());
    }

    private double smallest(Matrix steps) {
      return Arrays.stream(steps.toArray()).min().orElseThrow();
    }

    @Override
    public List<Integer> blocks() {
      return parts.blocks();
    }

    @Override
    public ClosableOperator hessian(Matrix x) {
      return hessian.at(bound.passes(), bound.at(x));
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
      return slopes(here)
          .<ClosableOperator>map(d -> ProximalOperator.of(d, hessian(x), here.step(), curvature()))
          .orElseGet(() -> bound.jacobian(jacobian, x));
    }
  }
}
