package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * How far the slope of a proximal map that acts on each coordinate by itself is from a jump, on
 * either side: values and slopes at q + t and q - t for t that grow by fours tell the first
 * interval with a jump ({@link JumpBrackets}), and bisection where. On the driver, no pass.
 */
record SlopeJumps(Program map, boolean isElementwise) {
  private static final int SMALLEST = -52;
  private static final int LARGEST = 12;
  private static final int HALVINGS = 24;
  private static final double ROUNDING = 1e-12;
  private static final int[] SPREADS = {-8, 0, 8};

  static SlopeJumps of(Condition condition, Composite parts) {
    Var point = Var.input("point", condition.x().shape());
    Var along = Var.input("along", condition.x().shape());
    Var value = parts.prox().of(point, condition.theta(), Var.input("step", Shape.SCALAR));
    Node slope = Jvp.of(value, point, along).node();
    return new SlopeJumps(
        Program.of("value", value.node(), "slope", slope), KinkSites.isElementwise(value, point));
  }

  /**
   * Empty where a kink is of several coordinates, or products with seeded random numbers, at the
   * point and at some around it, near and far, show that coordinates are coupled.
   */
  Optional<Matrix> distances(Passes passes, Matrix q, double step, Matrix theta) {
    At at = new At(passes, q, step, theta);
    if (!isElementwise || at.isCoupled()) {
      return Optional.empty();
    }
    return Optional.of(at.onOneSide(1).with(at.onOneSide(-1), Math::min));
  }

  /** One point, step and theta. */
  private final class At {
    private final Passes passes;
    private final Matrix q;
    private final double step;
    private final Matrix theta;

    At(Passes passes, Matrix q, double step, Matrix theta) {
      this.passes = passes;
      this.q = q;
      this.step = step;
      this.theta = theta;
    }

    boolean isCoupled() {
      int n = q.rows();
      Random random = new Random(7);
      Matrix weights = Matrix.adopting(n, 1, random.doubles(n, 0.5, 1.5).toArray());
      List<Matrix> points = new ArrayList<>(List.of(q));
      for (int spread : SPREADS) {
        Matrix moves = Matrix.adopting(n, 1, random.doubles(n, -1, 1).toArray());
        points.add(q.plus(Math.scalb(Math.max(q.maxAbs(), step), spread), moves));
      }
      List<Map<String, Matrix>> plain = evaluate(points, Matrix.filled(n, 1, 1));
      List<Map<String, Matrix>> weighted = evaluate(points, weights);
      for (int k = 0; k < points.size(); k++) {
        Matrix d = plain.get(k).get("slope");
        Matrix expected = d.with(weights, (a, b) -> a * b);
        double coupling = weighted.get(k).get("slope").minus(expected).maxAbs();
        if (!(coupling <= ROUNDING * Math.max(1, d.maxAbs()))) {
          return true;
        }
      }
      return false;
    }

    List<Map<String, Matrix>> evaluate(List<Matrix> points, Matrix along) {
      List<Map<String, Matrix>> instances = new ArrayList<>();
      for (Matrix point : points) {
        instances.add(
            Map.of("point", point, "along", along, "theta", theta, "step", Matrix.scalar(step)));
      }
      return passes.evaluate(map, instances);
    }

    JumpBrackets.Sample sample(Matrix distances, int sign) {
      Matrix points = q.plus(sign, distances);
      Map<String, Matrix> found = evaluate(List.of(points), Matrix.filled(q.rows(), 1, 1)).get(0);
      return new JumpBrackets.Sample(distances, points, found.get("value"), found.get("slope"));
    }

    /** The distances upwards or downwards, walked one by one. */
    Matrix onOneSide(int sign) {
      double scale = Math.max(q.maxAbs(), step);
      JumpBrackets brackets = new JumpBrackets(sample(Matrix.zeros(q.rows(), 1), sign));
      for (int k = SMALLEST; k <= LARGEST; k += 2) {
        brackets.walk(sample(Matrix.filled(q.rows(), 1, Math.scalb(scale, k)), sign));
      }
      for (int halving = 0; halving < HALVINGS; halving++) {
        brackets.halve(sample(brackets.middles(), sign));
      }
      return brackets.distances();
    }
  }
}
