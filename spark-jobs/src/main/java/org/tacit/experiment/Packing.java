package org.tacit.experiment;

import static org.tacit.experiment.Findings.column;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tacit.config.Section;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.LinearSolver;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.solver.FireMap;
import org.tacit.solver.Minimiser;
import org.tacit.solver.RootFinder;
import org.tacit.solver.Stopping;

/**
 * How packings of soft spheres move with the diameter theta of the small ones: dx*, dtheta where
 * FIRE ends, held against central differences of the packing relaxed again, and beside the
 * derivative of FIRE's iterations. It is one while no contact changes and every sphere is held.
 */
final class Packing {
  private static final LinearSolver LINEAR =
      LinearSolver.auto(1e-12, 10_000, LinearSolver.Promise.TRUSTED);
  private static final double MATCH = 1e-5;
  private static final double FAR_OFF = 0.1;
  private static final double H = 1e-7;
  private static final int POINTS = 24;
  private static final String TITLE = "Derivative of a packing on FIRE's way to it";

  private Packing() {}

  /** What came of a start. */
  private record Found(int start, SensitivityCheck check, String why, List<WayPoint> way) {
    WayPoint last() {
      return way.get(way.size() - 1);
    }
  }

  static Findings run(Setup setup) {
    Section settings = setup.settings("spheres", "diameter", "fraction", "starts", "iterations");
    double theta = settings.number("diameter", 0.6, v -> v > 0 && v <= 1, "> 0 and <= 1");
    int count = settings.integer("spheres", 128, 8);
    double fraction = settings.number("fraction", 0.98, v -> v > 0, "> 0");
    int iterations = settings.integer("iterations", 1200, 1);
    int starts = settings.integer("starts", 40, 1);
    SoftSpheres spheres = SoftSpheres.of(count, fraction, theta);
    List<Found> found =
        IntStream.rangeClosed(1, starts)
            .parallel()
            .mapToObj(k -> found(k, spheres, theta, iterations))
            .peek(
                f ->
                    setup.say(
                        "start %d of %d: %.1e from differences, %s",
                        f.start, starts, f.check.error(), f.why))
            .toList();
    return findings(spheres, theta, found);
  }

  private static Found found(int start, SoftSpheres spheres, double theta, int iterations) {
    int each = Math.max(1, iterations / POINTS);
    Condition condition = spheres.stationary();
    NeighbourList list = spheres.neighbours();
    Matrix at = Matrix.scalar(theta);
    FireMap fire = FireMap.of(condition, 0.1, 0.4);
    Matrix first = fire.start(spheres.start(new Random(start)));
    List<Unrolled.Derivative> iterates =
        Unrolled.of(fire.size(), 1, fire::next, 1)
            .onTheWay(s -> list.near(fire.x(s)), at, first, Matrix.scalar(1))
            .limit(iterations)
            .filter(u -> u.iterations() % each == 0)
            .map(
                u ->
                    new Unrolled.Derivative(fire.x(u.value()), fire.x(u.x()), u.iterations(), 0, 1))
            .toList();
    Stopping until = new Stopping(0, 1e-12, 100_000);
    Stopping closer = new Stopping(0, 3e-14, 50);
    var function = ImplicitFunction.of(condition, Minimiser.fire(), LINEAR, until);
    var differing = ImplicitFunction.of(condition, RootFinder.newton(), LINEAR, closer);
    Matrix last = iterates.get(iterates.size() - 1).x();
    var again = new SensitivityCheck.Again(differing, list::near);
    SensitivityCheck check = SensitivityCheck.of(function, again, theta, last, H);
    int before = spheres.contacts(check.behind(), theta - H);
    int after = spheres.contacts(check.ahead(), theta + H);
    String why =
        check.reason().orElse("trusted") + "; " + before + " contacts before, " + after + " after";
    var way = WayPoint.of(function, list::near, at, iterates, check.moved());
    return new Found(start, check, why, way);
  }

  private static Findings findings(SoftSpheres spheres, double theta, List<Found> found) {
    double[] matching =
        found.stream().mapToDouble(f -> f.check.error()).filter(e -> e <= MATCH).toArray();
    Predicate<Found> isTrusted = f -> f.check.isTrusted();
    List<Found> others = found.stream().filter(isTrusted.negate()).toList();
    return new Findings()
        .with("starts", found.size())
        .with("matching", matching.length)
        .with("largestErrorOfMatching", Arrays.stream(matching).max().orElse(0))
        .with("notTrusted", others.stream().map(f -> "start " + f.start + ": " + f.why).toList())
        .with("trustedButOff", count(found, isTrusted.and(f -> !(f.check.error() <= MATCH))))
        .with("unrolledFarOff", count(found, f -> !(f.last().unrolled() <= FAR_OFF)))
        .with("implicitFarOff", count(found, f -> !(f.last().implicit() <= FAR_OFF)))
        .with(
            "packing.csv",
            "start",
            found,
            f -> f.start,
            column("norm", f -> f.check.moved().norm()),
            column("relative error", f -> f.check.error()),
            column("trusted", f -> f.check.isTrusted() ? 1 : 0),
            column("implicit error at the last iterate", f -> f.last().implicit()),
            column("unrolled error", f -> f.last().unrolled()))
        .with(spheres.picture(theta, found.get(0).check))
        .with(WayPoint.picture("packing-errors", TITLE, found.stream().map(Found::way).toList()));
  }

  private static long count(List<Found> found, Predicate<Found> which) {
    return found.stream().filter(which).count();
  }
}
