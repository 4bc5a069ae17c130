package org.tacit.optimality;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The automatic step eta of a condition in one solve, where it has one: what {@link AutomaticStep}
 * is at the first point asked for, the start, and that wherever else F is evaluated. So F is one
 * function, and a matrix A and a B of it go together.
 *
 * <p>Whether it suits another point is told by the gradients seen on the way, whose slopes |g - g'|
 * / |x - x'| are at most L: where the largest of the last {@value #SLOPES} is far from 1 / eta, L
 * is estimated anew. Nothing of all this costs a pass for a quadratic objective, or for a step that
 * is given.
 */
public final class AnchoredStep {
  private static final int SLOPES = 8;

  /** Slopes are at most L, and seldom this part of it where the largest curvature is met. */
  private static final double SMALL = 1e-4;

  private static final double LARGE = 4;

  /** A step so many times below 1 / L is too short. */
  private static final double SHORT = 64;

  private final Optional<Node> step;
  private final Matrix theta;
  private final Deque<Double> slopes = new ArrayDeque<>();
  private final KnownPoints points = new KnownPoints();
  private Optional<Matrix> eta = Optional.empty();
  private Optional<Seen> last = Optional.empty();

  private record Seen(Matrix x, Matrix gradient) {}

  private AnchoredStep(Optional<Node> step, Matrix theta) {
    this.step = step;
    this.theta = theta;
  }

  /** The step of a condition at one theta, at no point yet. */
  static AnchoredStep of(Condition condition, Matrix theta) {
    Optional<Node> step =
        Program.ancestors(List.of(condition.residual().node())).stream()
            .filter(node -> node.operation() instanceof AutomaticStep of && of.readsX())
            .findFirst();
    return new AnchoredStep(step, theta);
  }

  /** These passes with the step held; at what it is at {@code x} if this is the first point. */
  public Passes held(Passes passes, Matrix x) {
    if (step.isEmpty()) {
      return passes;
    }
    if (eta.isEmpty()) {
      Program program = Program.of("eta", step.get());
      eta = Optional.of(passes.evaluate(program, Map.of("x", x, "theta", theta)).get("eta"));
    }
    return passes.holding((AutomaticStep) step.get().operation(), eta.get());
  }

  /** What it is held at, once it was held, where the condition has one. */
  public Optional<Matrix> eta() {
    return eta;
  }

  /** The number that F is about proportional to: the same; 1 where there is none. */
  public double length() {
    return eta.map(Matrix::value).orElse(1.0);
  }

  /** The same, at no point yet, held at what another solve's is. */
  public AnchoredStep heldAt(Optional<Matrix> other) {
    AnchoredStep held = new AnchoredStep(step, theta);
    held.eta = other;
    return held;
  }

  /** The points that were evaluated with this step, all over the same tables. */
  KnownPoints points() {
    return points;
  }

  /** Told of eta times a gradient. */
  void seesScaled(Matrix x, Matrix scaled) {
    eta.ifPresent(held -> sees(x, scaled.times(1 / held.value())));
  }

  /** Told of a gradient that an evaluation found. */
  void sees(Matrix x, Matrix gradient) {
    if (step.isEmpty()) {
      return;
    }
    last.ifPresent(
        before -> {
          double slope = gradient.minus(before.gradient()).norm() / x.minus(before.x()).norm();
          if (Double.isFinite(slope)) {
            slopes.addLast(slope);
          }
        });
    if (slopes.size() > SLOPES) {
      slopes.removeFirst();
    }
    last = Optional.of(new Seen(x, gradient));
  }

  /** The step at {@code x} where the one that is held does not suit it. */
  public Optional<AnchoredStep> suitedTo(Passes passes, Matrix x) {
    if (eta.isEmpty()) {
      return Optional.empty();
    }
    double now = eta.get().value();
    double slope = slopes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (slope * now >= SMALL && slope * now <= LARGE) {
      return Optional.empty();
    }
    AnchoredStep other = new AnchoredStep(step, theta);
    other.held(passes, x);
    double better = other.eta.orElseThrow().value();
    boolean isSuited = now <= better && now >= better / SHORT;
    return isSuited ? Optional.empty() : Optional.of(other);
  }
}
