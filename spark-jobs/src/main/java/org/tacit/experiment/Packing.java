package org.tacit.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.tacit.config.Section;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

/**
 * How a packing of soft spheres moves with the diameter of the small ones: dx*, dtheta in forward
 * mode, for many starts. It is held against central differences of the packing, relaxed again from
 * where it is, and compared with the derivative of FIRE's iterations themselves.
 *
 * <p>The derivative is one while no contact opens or closes and every sphere is held. Others are
 * told by their certificates: a Hessian singular by rattlers, a kink in the way.
 */
final class Packing implements Experiment {
  private static final double MATCH = 1e-5;
  private static final double FAR_OFF = 1e-1;

  @Override
  public String name() {
    return "packing";
  }

  @Override
  public String shows() {
    return "how jammed spheres move with a diameter, implicit against unrolled FIRE";
  }

  @Override
  public String reference() {
    return "the sensitivity of molecular dynamics";
  }

  @Override
  public String takes() {
    return "5 min";
  }

  @Override
  public Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "spheres",
            "diameter",
            "fraction",
            "starts",
            "first-step",
            "longest-step",
            "iterations",
            "points",
            "difference");
    Predicate<Double> positive = v -> v > 0;
    double theta = settings.number("diameter", 0.6, positive::test, "> 0");
    SoftSpheres spheres =
        SoftSpheres.of(
            settings.integer("spheres", 128, 8),
            settings.number("fraction", 0.98, positive::test, "> 0"),
            theta);
    int iterations = settings.integer("iterations", 1200, 1);
    int points = settings.integer("points", 24, 1, iterations);
    double difference = settings.number("difference", 1e-7, positive::test, "> 0");
    Relaxation relaxation =
        new Relaxation(
            spheres,
            settings.number("first-step", 0.1, positive::test, "> 0"),
            settings.number("longest-step", 0.4, positive::test, "> 0"));
    int starts = settings.integer("starts", 40, 1);
    List<Sensitivity> found = new ArrayList<>();
    for (int seed = 1; seed <= starts; seed++) {
      Matrix start = spheres.start(new Random(seed));
      Relaxation.Unrolling unrolling = relaxation.unroll(theta, start, iterations, points);
      found.add(Sensitivity.of(relaxation, theta, unrolling, difference));
      setup.say("packing: start %d of %d: %s", seed, starts, found.get(seed - 1).says());
    }
    return findings(spheres, theta, found);
  }

  private static Findings findings(SoftSpheres spheres, double theta, List<Sensitivity> found) {
    List<Sensitivity> others = found.stream().filter(s -> !(s.error() <= MATCH)).toList();
    Map<String, Object> explained = new LinkedHashMap<>();
    for (Sensitivity other : others) {
      explained.put("start " + (found.indexOf(other) + 1), other.says());
    }
    return new Findings()
        .with("starts", found.size())
        .with("box", spheres.box())
        .with("matching", found.size() - others.size())
        .with("trusted", count(found, Sensitivity::isTrusted))
        .with("othersFlagged", count(others, other -> !other.isTrusted()))
        .with("others", explained)
        .with("packingsWithRattlers", count(found, s -> s.rattlers() > 0))
        .with("largestErrorOfMatching", most(found, s -> s.error() <= MATCH ? s.error() : 0))
        .with("unrolledFarOff", count(found, s -> !(s.last().ofUnrolled() <= FAR_OFF)))
        .with("implicitFarOff", count(found, s -> !(s.last().ofImplicit() <= FAR_OFF)))
        .with("largestUnrolledError", most(found, s -> s.last().ofUnrolled()))
        .with(table(found))
        .with(PackingPictures.arrows(spheres, theta, found.get(0)))
        .with(PackingPictures.errors(found));
  }

  private static long count(List<Sensitivity> found, Predicate<Sensitivity> which) {
    return found.stream().filter(which).count();
  }

  private static double most(List<Sensitivity> found, ToDoubleFunction<Sensitivity> what) {
    return found.stream().mapToDouble(what).max().orElse(0);
  }

  private static CsvFile table(List<Sensitivity> found) {
    List<String> starts = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (Sensitivity s : found) {
      starts.add(String.valueOf(starts.size() + 1));
      rows.add(s.numbers());
    }
    return new CsvFile(
        "packing.csv",
        Sensitivity.HEADER,
        starts,
        Matrix.adopting(
            rows.size(),
            Sensitivity.HEADER.size() - 1,
            rows.stream().flatMapToDouble(java.util.Arrays::stream).toArray()));
  }
}
