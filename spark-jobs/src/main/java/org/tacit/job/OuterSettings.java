package org.tacit.job;

import java.util.List;
import java.util.Optional;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterStopping;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.loss.Loss;

/**
 * The outer problem of a configuration: the loss on the validation rows, and for tuning its budget,
 * the bounds of theta, and a grid of one common penalty to compare with.
 */
public record OuterSettings(
    Loss loss, double tolerance, int maxIterations, Bounds bounds, Optional<Grid> grid) {

  /** Above this exp(theta) overflows. */
  private static final double HIGHEST = StartTheta.HIGHEST;

  private static final int MOST_POINTS = 10_000;

  /** Equally spaced common log penalties. */
  public record Grid(double from, double to, int points) {}

  static OuterSettings of(Section root, Loss modelLoss) {
    Section outer =
        root.section(
            "outer",
            LossParameters.keysAnd("loss", "tolerance", "max-iterations", "bounds", "grid"));
    return new OuterSettings(
        loss(outer, modelLoss),
        outer.number("tolerance", 1e-4, t -> t >= 0 && t < 1, ">= 0 and < 1"),
        outer.integer("max-iterations", 100, 1),
        bounds(outer),
        outer.has("grid") ? Optional.of(grid(outer)) : Optional.empty());
  }

  private static Loss loss(Section outer, Loss modelLoss) {
    if (!outer.has("loss")) {
      LossParameters.refuseAll(outer);
      return modelLoss;
    }
    Loss loss = LossParameters.lossOf(outer);
    if (modelLoss.labels().and(loss.labels()).isEmpty()) {
      throw outer.wrong("loss", "a loss of the same labels as model.loss = " + modelLoss.name());
    }
    return loss;
  }

  /** When the outer optimisation ends. */
  OuterStopping stopping(double innerTolerance) {
    return new OuterStopping(tolerance, maxIterations, innerTolerance);
  }

  private static Bounds bounds(Section outer) {
    if (!outer.has("bounds")) {
      return new Bounds(-20, 10);
    }
    List<Double> bounds = outer.numbers("bounds");
    boolean isInterval = bounds.size() == 2 && bounds.get(0) < bounds.get(1);
    if (!isInterval || bounds.get(0) < -HIGHEST || bounds.get(1) > HIGHEST) {
      throw outer.wrong(
          "bounds",
          "[low, high] with low < high, both within -" + (int) HIGHEST + " and " + (int) HIGHEST);
    }
    return new Bounds(bounds.get(0), bounds.get(1));
  }

  /** Refuses a start outside the bounds, which tuning could not come from. */
  void requireWithinBounds(Settings settings) {
    for (double theta : settings.theta()) {
      if (theta < bounds.low() || theta > bounds.high()) {
        throw new ConfigException(
            settings.places().of("theta")
                + "Invalid theta: "
                + theta
                + " (must be within outer.bounds = ["
                + bounds.low()
                + ", "
                + bounds.high()
                + "] to be tuned; move it there, or set outer.bounds)");
      }
    }
  }

  private static Grid grid(Section outer) {
    Section grid = outer.section("grid", "from", "to", "points");
    double from = grid.number("from", -12, t -> Math.abs(t) <= HIGHEST, "within -709 and 709");
    double to =
        grid.number("to", 2, t -> t <= HIGHEST && t > from, "> from = " + from + " and <= 709");
    return new Grid(from, to, grid.integer("points", 20, 2, MOST_POINTS));
  }
}
