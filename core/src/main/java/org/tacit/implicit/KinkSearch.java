package org.tacit.implicit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * How near a solution is to a kink, from what a {@link Correction} measured: of a proximal map that
 * acts on each coordinate by itself, and of KKT equations, by {@link Kinks}; of all other places by
 * {@link KinkPrograms}.
 *
 * <p>On a place where something compared is within rounding of equality, or becomes another piece
 * when x and theta change by rounding, {@link KinkProbe} says whether the derivative jumps; where
 * it does not, the place counts no more.
 */
record KinkSearch(KinkPoint point) {
  /** What a kink within the solution's error may change, relative to the terms of R and h. */
  private static final double SMALL_JUMP = 1e-3;

  private static final double NAMED = 1e-9;
  private static final double DEGENERATE = 1e-10;
  private static final String PAIR = "a multiplier and what it belongs to are both 0";

  /**
   * The nearest kink, where there is one to know of.
   *
   * @param terms the norm of the terms of h
   * @param rounding that of F
   */
  Optional<Kink.Distance> near(Correction correction, double terms, double rounding) {
    Optional<Kink.Distance> ofMap =
        point.programs().kinks().flatMap(kinks -> ofMap(kinks, correction, rounding));
    if (sites().areHidden()) {
      return Optional.of(Kink.Distance.unknown());
    }
    if (sites().isEmpty()) {
      return ofMap;
    }
    Set<Integer> places = standing(correction);
    double size = correction.norms().get("dF/dx") * point.w().norm();
    KinkProbe probe =
        new KinkProbe(point, new KinkProbe.Value(Matrix.scalar(size), Matrix.scalar(terms)));
    boolean isSmallJump = isSmallJump(correction, probe);
    Optional<Kink> kink = onKink(places, correction, probe, isSmallJump);
    Kink.Distance nearest =
        ofMap.orElse(new Kink.Distance(Double.POSITIVE_INFINITY, 0, -1, Optional.empty()));
    for (int k = 0; k < sites().all().size(); k++) {
      boolean isKnown = ofMap.isPresent() && sites().ofPenalty().contains(sites().all().get(k));
      boolean isNone = places.contains(k) && kink.isEmpty();
      if (!isKnown && !isNone) {
        double distance = KinkSites.distance(correction.at().get("nearness").at(0, k));
        nearest = nearest.and(distance, !isSmallJump && crosses(correction, 0, k));
      }
    }
    return Optional.of(nearest.on(kink.map(found -> named(found, correction, ofMap))));
  }

  /** The kink across which the derivative jumps, or beyond which there is none. */
  private Optional<Kink> onKink(
      Set<Integer> standing, Correction correction, KinkProbe probe, boolean isSmallJump) {
    Set<Integer> near = new LinkedHashSet<>(standing);
    for (int k = 0; isSmallJump && k < sites().all().size(); k++) {
      if (crosses(correction, 0, k)) {
        near.add(k);
      }
    }
    if (near.isEmpty()) {
      return Optional.empty();
    }
    Displacement path = Displacement.along(point);
    return probe
        .at(standing, path, correction.at().get("R"))
        .or(() -> new KinkSides(point).at(near, path, correction));
  }

  /** With the coordinate that is on a kink of a map that acts on each by itself. */
  private Kink named(Kink kink, Correction correction, Optional<Kink.Distance> ofMap) {
    boolean isOfMap = point.programs().equations().condition().as(Composite.class).isPresent();
    if (!isOfMap || ofMap.isEmpty() || ofMap.get().nearest() < 0) {
      return kink;
    }
    int i = ofMap.get().nearest();
    double rounding = NAMED * Math.abs(correction.at().get("q").at(i));
    if (ofMap.get().distance() > rounding) {
      return kink;
    }
    boolean isZero = Math.abs(point.x().at(i)) <= rounding;
    String what =
        isZero
            ? " is on the edge between zero and non-zero"
            : " is just at a threshold or bound of the proximal map";
    return kink.with("x[" + i + "]" + what, sites().kinksOfPenalty());
  }

  /** The kink of a singular system: a multiplier and what it belongs to are both zero. One pass. */
  Optional<Kink.Distance> whereSingular() {
    Condition condition = point.programs().equations().condition();
    return condition.kind().complementarity().flatMap(this::ofPairs);
  }

  private Optional<Kink.Distance> ofPairs(Var pairs) {
    Program program = Program.of("q", pairs.node());
    Matrix q =
        point.evaluate(program, List.of(point.values())).get(0).get("q").map(v -> Math.max(0, v));
    double nothing = 10 * Math.sqrt(point.solution().inner().residualNorm()) + DEGENERATE;
    Kink.Distance nearest = Kink.Distance.of(q, Matrix.zeros(q.rows(), 1));
    return nearest.distance() > nothing
        ? Optional.empty()
        : Optional.of(
            nearest.on(Optional.of(new Kink(List.of(PAIR), new Kink.Given.OfNeitherSide()))));
  }

  /** The places where something is on a kink to rounding. */
  private Set<Integer> standing(Correction correction) {
    Set<Integer> places = new LinkedHashSet<>();
    for (int k = 0; k < sites().all().size(); k++) {
      boolean isStanding = correction.at().get("standing").at(0, k) > 0;
      for (int draw = 1; draw < correction.around().size(); draw++) {
        isStanding |= crosses(correction, draw, k);
      }
      if (isStanding) {
        places.add(k);
      }
    }
    return places;
  }

  private KinkPrograms sites() {
    return point.programs().sites();
  }

  private static boolean crosses(Correction correction, int instance, int place) {
    return instance < correction.around().size()
        && correction.around().get(instance).get("crossed").at(0, place) > 0;
  }

  /** Whether R and h at x + 2 s are what their derivatives at x say. */
  private static boolean isSmallJump(Correction correction, KinkProbe probe) {
    if (correction.around().isEmpty()) {
      return true;
    }
    Map<String, Matrix> twice = correction.around().get(0);
    Matrix straight = correction.alongS().get("dR/dx").times(2);
    Matrix bend = twice.get("R").minus(correction.at().get("R")).minus(straight);
    return !probe.isJump(new KinkProbe.Value(bend, twice.get("bend")), SMALL_JUMP);
  }

  private Optional<Kink.Distance> ofMap(Kinks kinks, Correction correction, double rounding) {
    Map<String, Matrix> at = correction.at();
    Matrix moved = correction.alongS().get("dq/dx");
    double after = correction.moved().get("F").norm() + rounding;
    double rest =
        correction.norms().get("dq/dx") / Math.sqrt(moved.rows()) * after / correction.sigma();
    return kinks
        .distances(point.solution().passes(), at.get("q"), at.get("step"), point.theta())
        .map(
            distances -> {
              Kink.Distance first =
                  Kink.Distance.of(
                      distances, moved.map(v -> ErrorBound.SAFETY * Math.abs(v) + rest));
              boolean isOn = first.distance() == 0;
              return first.isClear() || isOn
                  ? first
                  : Kink.Distance.of(distances, new KinkMoves(point).of(correction, rounding));
            });
  }
}
