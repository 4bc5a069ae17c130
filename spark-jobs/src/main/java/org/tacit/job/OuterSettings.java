package org.tacit.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tacit.bilevel.Bounds;
import org.tacit.bilevel.EarlyStopping;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.OuterStopping;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.primitive.Var;

/**
 * The outer problem of a configuration: the loss on the validation rows, and for tuning its budget,
 * the bounds of theta, a grid of one common penalty to compare with, a prior, where it starts, and
 * what stops it early.
 */
record OuterSettings(
    OuterLoss loss,
    Method method,
    double tolerance,
    int maxIterations,
    Bounds bounds,
    Optional<Grid> grid,
    PriorSettings prior,
    StartSettings starts,
    Optional<StoppingSettings> stopping) {

  /** Above this exp(theta) overflows. */
  private static final double HIGHEST = Model.HIGHEST_THETA;

  private static final int MOST_POINTS = 10_000;

  /** The outer optimisers that configurations name. */
  enum Method {
    /** By the number of thetas. */
    AUTO(OuterOptimiser::automatic),
    GRADIENT(OuterOptimiser::adaptiveGradient),
    LBFGS_B(OuterOptimiser::projectedLbfgs),
    NEWTON(OuterOptimiser::trustRegionNewton);

    @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
    private final Function<OuterStopping, OuterOptimiser> make;

    Method(Function<OuterStopping, OuterOptimiser> make) {
      this.make = make;
    }
  }

  /** Equally spaced common log penalties. */
  record Grid(double from, double to, int points) {}

  static OuterSettings of(Section root, Model.Form model) {
    Section outer =
        root.section(
            "outer",
            OuterLossKeys.KEYS,
            "method tolerance max-iterations bounds grid prior choose starts halve-after early-stopping",
            LossParameters.KEYS);
    return new OuterSettings(
        OuterLossKeys.of(outer, model),
        outer.choice("method", Method.class).orElse(Method.AUTO),
        outer.number("tolerance", 1e-4, t -> t >= 0 && t < 1, ">= 0 and < 1"),
        outer.integer("max-iterations", 100, 1),
        bounds(outer),
        outer.has("grid") ? Optional.of(grid(outer)) : Optional.empty(),
        PriorSettings.of(outer),
        StartSettings.of(outer),
        StoppingSettings.of(outer));
  }

  /** Whether validation rows are told apart by their numbers. */
  boolean needsRowNumbers(boolean isFolded) {
    return prior.needsRowNumbers(isFolded) || (stopping.isPresent() && !isFolded);
  }

  /** Whether so many thetas are tuned by Newton's method. */
  boolean isNewton(int thetas) {
    return method == Method.NEWTON
        || (method == Method.AUTO && thetas <= OuterOptimiser.MOST_FOR_NEWTON);
  }

  /** What tunes, to its tolerance and budget, stopped early where there is a loss for that. */
  OuterOptimiser optimiser(double innerTolerance, Optional<Var> loss) {
    OuterOptimiser descent =
        method.make.apply(new OuterStopping(tolerance, maxIterations, innerTolerance));
    return loss.<OuterOptimiser>map(
            rows -> EarlyStopping.of(descent, rows, stopping.orElseThrow().patience()))
        .orElse(descent);
  }

  private static Bounds bounds(Section outer) {
    if (!outer.has("bounds")) {
      return Bounds.of(-20, 10);
    }
    if (outer.isObject("bounds")) {
      Section each = outer.section("bounds", "low", "high");
      return bounds(outer, each.numbers("low"), each.numbers("high"));
    }
    List<Double> interval = outer.numbers("bounds");
    boolean isPair = interval.size() == 2;
    return bounds(
        outer,
        isPair ? interval.subList(0, 1) : List.of(),
        isPair ? interval.subList(1, 2) : List.of());
  }

  private static Bounds bounds(Section outer, List<Double> low, List<Double> high) {
    boolean isBox = !low.isEmpty() && low.size() == high.size();
    for (int j = 0; isBox && j < low.size(); j++) {
      isBox = -HIGHEST <= low.get(j) && low.get(j) <= high.get(j) && high.get(j) <= HIGHEST;
    }
    if (!isBox) {
      throw outer.wrong(
          "bounds",
          "[low, high] with low <= high, both within -" + (int) HIGHEST + " and " + (int) HIGHEST);
    }
    return new Bounds(column(low), column(high));
  }

  private static Matrix column(List<Double> numbers) {
    return Matrix.column(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Refuses a start outside the bounds, which tuning could not come from. */
  void requireWithinBounds(Settings settings) {
    for (int j = 0; j < settings.theta().size(); j++) {
      double theta = settings.theta().get(j);
      if (!bounds.contains(j, theta)) {
        throw new ConfigException(
            String.format(
                "%sInvalid theta: %s (must be within outer.bounds = [%s, %s] to be tuned; move it"
                    + " there, or set outer.bounds)",
                settings.places().of("theta"), theta, bounds.low(j), bounds.high(j)));
      }
    }
  }

  /** Refuses bounds of each theta that are not as many as thetas. */
  void requireBoundsFor(int thetas, Settings settings) {
    int count = bounds.low().rows();
    if (count != 1 && count != thetas) {
      throw new ConfigException(
          "%sInvalid outer.bounds: %s intervals (must be 1, or %s, one for each theta)"
              .formatted(settings.places().of("outer.bounds"), count, thetas));
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
