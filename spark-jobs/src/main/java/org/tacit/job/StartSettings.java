package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tacit.bilevel.Bounds;
import org.tacit.config.ConfigException;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;

/**
 * Where tunings that share their passes start: at theta and so many other places, or at these.
 *
 * @param count with theta itself
 * @param listed one number for all thetas or one for each; empty where they are made
 * @param halveAfter steps after which the better half goes on; 0 where all go to their end
 */
record StartSettings(int count, List<List<Double>> listed, int halveAfter) {
  private static final int MOST = 1_000;

  /** Between neighbours, of all log penalties: a factor of twenty. */
  private static final double APART = 3;

  static StartSettings of(Section outer) {
    int halveAfter = outer.integer("halve-after", 0, 0);
    if (outer.has("halve-after") && !outer.has("starts")) {
      throw outer.wrong("halve-after", "left out unless there are outer.starts");
    }
    if (!outer.has("starts")) {
      return new StartSettings(1, List.of(), halveAfter);
    }
    if (outer.isList("starts")) {
      List<List<Double>> listed = outer.numberLists("starts");
      boolean areWithin =
          listed.stream()
              .allMatch(
                  start ->
                      !start.isEmpty()
                          && start.stream().allMatch(t -> Math.abs(t) <= Model.HIGHEST_THETA));
      if (listed.isEmpty() || listed.size() > MOST || !areWithin) {
        throw outer.wrong(
            "starts",
            "up to 1000 numbers within -709 and 709, or lists of them with one for each theta, or"
                + " how many starts there are");
      }
      return new StartSettings(listed.size(), listed, halveAfter);
    }
    return new StartSettings(outer.integer("starts", 1, 1, MOST), List.of(), halveAfter);
  }

  /** Whether tunings share passes. */
  boolean areSeveral() {
    return count > 1 || !listed.isEmpty();
  }

  /**
   * The starts: those listed, or theta and theta with the same number added to each log penalty, 3,
   * -3, 6, -6 and so on, clipped to the bounds; refuses one outside, and more than there is room
   * for.
   */
  List<Matrix> starts(Workspace workspace) {
    Settings settings = workspace.settings();
    Bounds bounds = settings.outer().bounds();
    return listed.isEmpty()
        ? shifted(workspace, bounds)
        : listed.stream().map(start -> listed(start, workspace, bounds)).toList();
  }

  private static Matrix listed(List<Double> start, Workspace workspace, Bounds bounds) {
    Places places = workspace.settings().places();
    Matrix theta;
    try {
      theta = workspace.model().theta(start);
    } catch (IllegalArgumentException wrong) {
      throw new ConfigException(
          places.of("outer.starts") + "in outer.starts: " + wrong.getMessage(), wrong);
    }
    for (int j = 0; j < theta.rows(); j++) {
      if (!bounds.contains(j, theta.at(j))) {
        throw new ConfigException(
            String.format(
                Locale.ROOT,
                "%sInvalid outer.starts: %s (must be within outer.bounds = [%s, %s]; move it there,"
                    + " or set outer.bounds)",
                places.of("outer.starts"),
                theta.at(j),
                bounds.low(j),
                bounds.high(j)));
      }
    }
    return theta;
  }

  private List<Matrix> shifted(Workspace workspace, Bounds bounds) {
    Matrix theta = workspace.theta();
    int penalties = workspace.model().penalties();
    List<Matrix> starts = new ArrayList<>(List.of(theta));
    for (int k = 1; starts.size() < count; k++) {
      int steps = (k + 1) / 2;
      double shift = APART * (k % 2 == 1 ? steps : -steps);
      Matrix moved = Matrix.column(theta.rows(), j -> theta.at(j) + (j < penalties ? shift : 0));
      Matrix start = bounds.clip(moved);
      if (!starts.contains(start)) {
        starts.add(start);
      }
      if (k > 2 * MOST) {
        throw new ConfigException(
            "%sInvalid outer.starts: %s (must be at most %s, which differ by 3 within outer.bounds; list others, or widen outer.bounds)"
                .formatted(workspace.settings().places().of("outer.starts"), count, starts.size()));
      }
    }
    return starts;
  }
}
