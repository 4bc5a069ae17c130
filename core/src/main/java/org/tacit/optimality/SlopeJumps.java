package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tacit.autodiff.Jvp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * How far the slope d_i of a proximal map that acts on each coordinate by itself is from a jump, on
 * either side: the slopes at q + t and q - t for t that grow by fours tell the first jump between
 * two of them, and bisection where. A slope jumps where it becomes or stops being zero, or changes
 * by more than a tenth of itself in an interval of nearly no length; one that only bends has no
 * jump. Values on the driver, no pass.
 */
final class SlopeJumps {
  private static final int SMALLEST = -52;
  private static final int LARGEST = 12;
  private static final int HALVINGS = 24;
  private static final double ROUNDING = 1e-12;

  private final Program slopes;

  private SlopeJumps(Program slopes) {
    this.slopes = slopes;
  }

  static SlopeJumps of(Condition condition, Composite parts) {
    Var point = Var.input("point", condition.x().shape());
    Var along = Var.input("along", condition.x().shape());
    Var value = parts.prox().of(point, condition.theta(), Var.input("step", Shape.SCALAR));
    return new SlopeJumps(Program.of("slopes", Jvp.of(value, point, along).node()));
  }

  /** Empty where a product with seeded random numbers shows that coordinates are coupled. */
  Optional<Matrix> distances(Passes passes, Matrix q, double step, Matrix theta) {
    int n = q.rows();
    At at = new At(passes, theta, step);
    Matrix weights = Matrix.adopting(n, 1, new Random(7).doubles(n, 0.5, 1.5).toArray());
    Matrix d = at.slopes(List.of(q), Matrix.filled(n, 1, 1)).get(0);
    Matrix weighted = at.slopes(List.of(q), weights).get(0);
    double coupling = weighted.minus(d.with(weights, (a, b) -> a * b)).maxAbs();
    if (!(coupling <= ROUNDING * Math.max(1, d.maxAbs()))) {
      return Optional.empty();
    }
    return Optional.of(at.onOneSide(q, d, 1).with(at.onOneSide(q, d, -1), Math::min));
  }

  /** One theta and step. */
  private final class At {
    private final Passes passes;
    private final Matrix theta;
    private final double step;

    At(Passes passes, Matrix theta, double step) {
      this.passes = passes;
      this.theta = theta;
      this.step = step;
    }

    List<Matrix> slopes(List<Matrix> points, Matrix along) {
      List<Map<String, Matrix>> instances = new ArrayList<>();
      for (Matrix point : points) {
        instances.add(
            Map.of("point", point, "along", along, "theta", theta, "step", Matrix.scalar(step)));
      }
      return passes.evaluate(slopes, instances).stream().map(o -> o.get("slopes")).toList();
    }

    /** The distances upwards or downwards. */
    Matrix onOneSide(Matrix q, Matrix d, int sign) {
      Matrix ones = Matrix.filled(q.rows(), 1, 1);
      double scale = Math.max(q.maxAbs(), step);
      List<Double> distances = new ArrayList<>();
      List<Matrix> points = new ArrayList<>();
      for (int k = SMALLEST; k <= LARGEST; k += 2) {
        distances.add(Math.scalb(scale, k));
        points.add(q.plus(sign * Math.scalb(scale, k), ones));
      }
      JumpBrackets brackets = JumpBrackets.first(d, distances, slopes(points, ones));
      for (int halving = 0; halving < HALVINGS; halving++) {
        Matrix middles = brackets.middles();
        brackets.halve(middles, slopes(List.of(q.plus(sign, middles)), ones).get(0));
      }
      return brackets.distances();
    }
  }
}
