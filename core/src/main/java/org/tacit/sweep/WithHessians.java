package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.pass.Passes;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Stopping;

/**
 * Fits from starts that are near their solutions, of which no Hessian is known: F and Hessians of
 * all in one pass, then chord steps. One alone, whose Hessians cost little beside a pass, takes
 * some of Newton's steps before, a pass each.
 */
record WithHessians(Fits fits) {
  private static final int NEWTON_STEPS = 3;
  private static final int PROXIMAL_STEPS = 6;

  /** A fit with the Hessian, of a composite objective its smooth part's, where chords began. */
  record Found(SweepResult.Fit fit, Optional<Curvature> there) {}

  /** What is known where a fit stands. */
  private record Point(Fits.Start start, Looks.Seen seen, Optional<Curvature> curvature) {
    double norm() {
      return seen.norm();
    }

    Nearby factors() {
      return curvature.map(Curvature::factors).orElse(Nearby.NOTHING);
    }
  }

  /** Where a step from a point leads, if there is one. */
  private interface Step {
    Optional<Matrix> from(Point at);
  }

  /** Of gradients of strongly convex objectives. */
  List<Found> byFactors(List<Fits.Start> starts, List<Double> references) {
    return solved(
        points(starts, references, NEWTON_STEPS, WithHessians::newton), references, this::chords);
  }

  /** Of convex composite objectives. */
  List<Found> byModels(List<Fits.Start> starts, List<Double> references) {
    return solved(
        points(starts, references, PROXIMAL_STEPS, this::proximal),
        references,
        this::chordsOfModels);
  }

  private interface Solve {
    Solution of(Passes own, Point at, double reference);
  }

  private List<Found> solved(List<Point> points, List<Double> references, Solve solve) {
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point at = points.get(i);
      double reference = references.get(i);
      solves.add(own -> solve.of(own, at, reference));
    }
    List<SweepResult.Fit> found = Fits.fits(fits.all(solves));
    return IntStream.range(0, points.size())
        .mapToObj(i -> new Found(found.get(i), points.get(i).curvature))
        .toList();
  }

  private Solution chords(Passes own, Point at, double reference) {
    Stopping until = fits.until(reference);
    ChordFit fit =
        fits.chords(own, at.start, fits.residual(own, at.start), at::factors, until)
            .holding(at.factors());
    Matrix x = at.start.x();
    return at.seen.residual().map(f -> fit.from(x, f)).orElseGet(() -> fit.from(x));
  }

  private Solution chordsOfModels(Passes own, Point at, double reference) {
    return at.curvature
        .map(known -> fits.byModels(own, at.start, at.seen.step(), known, reference))
        .orElseGet(() -> fits.ordinary(own, at.start, reference));
  }

  private List<Point> points(
      List<Fits.Start> starts, List<Double> references, int mostSteps, Step step) {
    List<Point> points = at(starts);
    return starts.size() == 1
        ? List.of(
            closer(
                points.get(0), fits.until(references.get(0)).absoluteTolerance(), mostSteps, step))
        : points;
  }

  private List<Point> at(List<Fits.Start> starts) {
    List<Looks.Seen> seen = new Looks(fits).at(starts);
    return IntStream.range(0, starts.size())
        .mapToObj(
            i -> new Point(starts.get(i), seen.get(i), seen.get(i).hessian().map(Curvature::of)))
        .toList();
  }

  /** After steps, a pass each, as long as they are steps forward. */
  private Point closer(Point from, double enough, int mostSteps, Step step) {
    Point at = from;
    for (int taken = 0; taken < mostSteps && at.norm() > enough; taken++) {
      Optional<Matrix> x = step.from(at);
      Optional<Point> next =
          x.isEmpty() ? Optional.empty() : Optional.of(at(List.of(at.start.at(x.get()))).get(0));
      if (next.isEmpty() || !(next.get().norm() < at.norm())) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<Matrix> newton(Point at) {
    return at.seen
        .residual()
        .filter(f -> at.factors().knows(f.rows()))
        .map(f -> at.start.x().minus(at.factors().solve(f)));
  }

  private Optional<Matrix> proximal(Point at) {
    if (at.seen.residual().isEmpty() || at.curvature.isEmpty()) {
      return Optional.empty();
    }
    CompositeProblem problem =
        fits.problem(at.start, at.seen.step()).as(CompositeProblem.class).orElseThrow();
    Matrix hessian = at.curvature.get().matrix();
    return CompositeMinimiser.step(problem, problem.at(at.start.x()), hessian);
  }
}
