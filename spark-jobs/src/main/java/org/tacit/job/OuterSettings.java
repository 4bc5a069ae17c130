package org.tacit.job;

import java.util.List;
import java.util.Optional;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.OuterStopping;
import org.tacit.loss.Loss;

/**
 * The outer problem of a configuration: the loss on the validation rows, and for tuning its budget,
 * the bounds of theta, and a grid of one common penalty to compare with.
 */
public record OuterSettings(
    Loss loss, double tolerance, int maxIterations, Bounds bounds, Optional<Grid> grid) {

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
    if (bounds.size() != 2 || !(bounds.get(0) < bounds.get(1))) {
      throw outer.wrong("bounds", "[low, high] with low < high");
    }
    return new Bounds(bounds.get(0), bounds.get(1));
  }

  private static Grid grid(Section outer) {
    Section grid = outer.section("grid", "from", "to", "points");
    double from = grid.number("from", -12, Double::isFinite, "a finite number");
    double to = grid.number("to", 2, t -> Double.isFinite(t) && t > from, "finite and > from");
    return new Grid(from, to, grid.integer("points", 20, 2));
  }
}
