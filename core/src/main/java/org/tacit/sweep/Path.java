package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * The fits of all candidates on all rows: about sqrt(L) of them in the order of the path, one after
 * another, then the others together. Each starts at what solved neighbours predict:
 *
 * <pre>
 *   x(t') = x(t) + (dx/dt) (t' - t)                                  the nearest one
 *   x(a + s v) = cubic of x(a), x(b), (dx/dt)(a) v, (dx/dt)(b) v     where t' = a + s v, v = b - a
 * </pre>
 *
 * <p>A candidate that has not converged leaves no trace in others: the path is begun again without
 * it, and what began at the same points is not solved again.
 */
final class Path {
  private static final double ON_THE_LINE = 1e-9;

  /** How fits are solved. */
  enum Way {
    /** By the ordinary solver. */
    ORDINARY,
    /** By chord steps with factors of Hessians. */
    FACTORS,
    /** By proximal chord steps with Hessians. */
    MODELS
  }

  private final Candidates candidates;
  private final Fits fits;
  private final List<Double> references;
  private final Way way;
  private final int mostAtOnce;
  private final boolean isBetween;
  private final RowFree rowFree;
  private final Map<Integer, Known> done = new LinkedHashMap<>();
  private final Map<From, Known> before = new HashMap<>();
  private int held;

  /**
   * @param references by candidate
   */
  Path(Candidates candidates, Fits fits, List<Double> references, Way way) {
    this.candidates = candidates;
    this.fits = fits;
    this.references = references;
    this.way = way;
    this.mostAtOnce =
        switch (way) {
          case ORDINARY -> candidates.count();
          case FACTORS -> fits.mostHeld(2);
          case MODELS -> fits.mostHeld(2 + fits.folds());
        };
    this.isBetween = mostAtOnce >= candidates.count() && way != Way.ORDINARY && fits.isThetaApart();
    this.rowFree = new RowFree(fits, FoldedRows.ALL);
  }

  /** A fit, with a Hessian near its solution where one is held. */
  private record Known(SweepResult.Fit fit, Optional<Curvature> curvature) {
    static Known of(SweepResult.Fit fit) {
      return new Known(fit, fit.solution().flatMap(found -> Curvature.of(found.nearby())));
    }

    Known with(Optional<Curvature> other) {
      return new Known(fit, other);
    }

    Known withoutCurvature() {
      return new Known(fit.alone(), Optional.empty());
    }
  }

  /** By candidate. */
  List<SweepResult.Fit> solve() {
    List<Integer> left = new ArrayList<>(candidates.path());
    Map<Integer, Known> all = new TreeMap<>();
    while (!left.isEmpty()) {
      solveAll(left);
      all.putAll(done);
      if (!left.removeIf(candidate -> !done.get(candidate).fit.isConverged())) {
        break;
      }
    }
    return all.values().stream().map(Known::fit).toList();
  }

  /** The candidates whose Hessians may be held at once, in order. */
  List<List<Integer>> groups() {
    return parts(IntStream.range(0, candidates.count()).boxed().toList(), mostAtOnce);
  }

  private static List<List<Integer>> parts(List<Integer> all, int size) {
    int step = Math.min(size, Math.max(1, all.size()));
    return IntStream.iterate(0, i -> i < all.size(), i -> i + step)
        .mapToObj(i -> all.subList(i, Math.min(all.size(), i + step)))
        .toList();
  }

  /** Hessians near the solutions of a group: those that are held, others in one pass. */
  List<Optional<Curvature>> curvatures(List<Integer> group) {
    if (way == Way.ORDINARY) {
      return Collections.nCopies(group.size(), Optional.empty());
    }
    List<Integer> missing =
        group.stream()
            .filter(l -> done.containsKey(l) && done.get(l).fit.isConverged())
            .filter(l -> done.get(l).curvature.isEmpty())
            .toList();
    List<Optional<Curvature>> taken =
        missing.isEmpty()
            ? List.of()
            : new Looks(fits).curvatures(missing.stream().map(this::solution).toList());
    return group.stream()
        .map(
            l ->
                missing.contains(l)
                    ? taken.get(missing.indexOf(l))
                    : Optional.ofNullable(done.get(l)).flatMap(Known::curvature))
        .toList();
  }

  private Fits.Start solution(int candidate) {
    Matrix x = done.get(candidate).fit.x().orElseThrow();
    return new Fits.Start(FoldedRows.ALL, theta(candidate), x);
  }

  /** In this order, as if there were no others. */
  private void solveAll(List<Integer> order) {
    done.clear();
    List<Integer> rest = new ArrayList<>(order);
    for (int candidate : knots(order)) {
      solve(List.of(candidate));
      rest.remove((Integer) candidate);
    }
    parts(rest, mostAtOnce).forEach(this::solve);
    letGo();
  }

  /** Of the Hessians, where not all may be held: those to come take their place. */
  private void letGo() {
    if (mostAtOnce < candidates.count()) {
      done.replaceAll((candidate, known) -> known.withoutCurvature());
      before.replaceAll((from, known) -> known.withoutCurvature());
    }
  }

  /** How many Hessians were held at once. */
  int held() {
    return held;
  }

  /** Those that are solved one after another. */
  private static List<Integer> knots(List<Integer> order) {
    int last = order.size() - 1;
    int intervals = Math.min(last, (int) Math.ceil(Math.sqrt(order.size())));
    List<Integer> knots = new ArrayList<>();
    for (int i = 0; i <= intervals; i++) {
      knots.add(order.get(intervals == 0 ? 0 : (int) Math.round((double) i * last / intervals)));
    }
    return knots;
  }

  /** Those that were solved from the same start before are not solved again. */
  private void solve(List<Integer> wave) {
    Map<Integer, From> starts = new LinkedHashMap<>();
    wave.forEach(candidate -> starts.put(candidate, start(candidate)));
    letGo();
    List<From> others = starts.values().stream().filter(from -> !before.containsKey(from)).toList();
    solveFrom(others.stream().filter(from -> curvature(from).isPresent()).toList(), true);
    solveFrom(others.stream().filter(from -> !before.containsKey(from)).toList(), false);
    wave.forEach(l -> done.put(l, before.get(starts.get(l))));
    held =
        Math.max(held, (int) done.values().stream().filter(l -> l.curvature.isPresent()).count());
  }

  private void solveFrom(List<From> all, boolean isKnown) {
    if (all.isEmpty()) {
      return;
    }
    List<Fits.Start> starts = all.stream().map(this::fromThere).toList();
    List<Double> relativeTo = all.stream().map(from -> references.get(from.candidate)).toList();
    List<WithHessians.Found> found = isKnown ? near(starts, relativeTo) : anew(starts, relativeTo);
    for (int i = 0; i < all.size(); i++) {
      Known known = Known.of(found.get(i).fit());
      before.put(
          all.get(i), known.curvature.isPresent() ? known : known.with(found.get(i).there()));
    }
  }

  /** From starts with Hessians. */
  private List<WithHessians.Found> near(List<Fits.Start> starts, List<Double> references) {
    List<SweepResult.Fit> found = fits.solve(starts, references);
    return IntStream.range(0, starts.size())
        .mapToObj(i -> new WithHessians.Found(found.get(i), starts.get(i).curvature()))
        .toList();
  }

  private List<WithHessians.Found> anew(List<Fits.Start> starts, List<Double> references) {
    WithHessians hessians = new WithHessians(fits);
    return switch (way) {
      case ORDINARY -> near(starts, references);
      case FACTORS -> hessians.byFactors(starts, references);
      case MODELS -> hessians.byModels(starts, references);
    };
  }

  /**
   * Where a fit of a candidate begins.
   *
   * @param near the solved candidates that it was told by, and between which theta is where there
   *     are two
   * @param solutions theirs
   */
  private record From(int candidate, Matrix x, List<Integer> near, List<Matrix> solutions) {}

  private Fits.Start fromThere(From from) {
    return new Fits.Start(FoldedRows.ALL, theta(from.candidate), from.x, curvature(from));
  }

  /** Between two neighbours' Hessians, where they are held. */
  private Optional<Curvature> curvature(From from) {
    if (!isBetween || from.near.size() < 2) {
      return Optional.empty();
    }
    int a = from.near.get(0);
    int b = from.near.get(1);
    Optional<Curvature> first = done.get(a).curvature;
    Optional<Curvature> second = done.get(b).curvature;
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    double s = part(a, b, theta(from.candidate));
    return Optional.of(
        Curvature.of(
            () ->
                rows(a, first.get())
                    .times(1 - s)
                    .plus(s, rows(b, second.get()))
                    .plus(rowFree.at(theta(from.candidate), from.x))));
  }

  /** What rows add to the Hessian of a solved candidate. */
  private Matrix rows(int candidate, Curvature curvature) {
    Matrix x = done.get(candidate).fit.x().orElseThrow();
    return curvature.matrix().minus(rowFree.at(theta(candidate), x));
  }

  /** The solved candidates, the nearest to theta first. */
  private List<Integer> neighbours(Matrix theta) {
    return done.keySet().stream()
        .filter(l -> done.get(l).fit.isConverged())
        .sorted(
            Comparator.comparingDouble((Integer l) -> theta(l).minus(theta).norm())
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Matrix theta(int candidate) {
    return candidates.thetas().get(candidate);
  }

  private From start(int candidate) {
    Matrix theta = theta(candidate);
    List<Integer> near = neighbours(theta);
    if (near.isEmpty()) {
      return new From(candidate, fits.cold(), List.of(), List.of());
    }
    int first = near.get(0);
    Optional<Integer> second =
        near.stream().skip(1).filter(l -> isOnTheLine(first, l, theta)).findFirst();
    List<Integer> by = Stream.concat(Stream.of(first), second.stream()).toList();
    Matrix x = solution(first).x();
    Matrix start =
        way == Way.FACTORS
            ? second
                .map(l -> between(first, l, theta))
                .orElseGet(() -> moved(first, theta.minus(theta(first))).map(x::plus))
                .filter(Matrix::isFinite)
                .orElse(x)
            : x;
    return new From(candidate, start, by, by.stream().map(l -> solution(l).x()).toList());
  }

  /** Where t = a + s v, v = b - a, the s that is nearest. */
  private double part(int a, int b, Matrix theta) {
    Matrix v = theta(b).minus(theta(a));
    return v.dot(theta.minus(theta(a))) / v.dot(v);
  }

  private boolean isOnTheLine(int a, int b, Matrix theta) {
    Matrix v = theta(b).minus(theta(a));
    double s = part(a, b, theta);
    return s > 0 && s < 1 && theta.minus(theta(a)).plus(-s, v).norm() <= ON_THE_LINE * v.norm();
  }

  /** The cubic at theta on the line between two candidates; the line where it is not known. */
  private Optional<Matrix> between(int a, int b, Matrix theta) {
    double s = part(a, b, theta);
    Matrix v = theta(b).minus(theta(a));
    Matrix xa = solution(a).x();
    Matrix xb = solution(b).x();
    Optional<Matrix> da = moved(a, v);
    Optional<Matrix> db = moved(b, v);
    double r = 1 - s;
    if (da.isEmpty() || db.isEmpty()) {
      return Optional.of(xa.times(r).plus(s, xb));
    }
    return Optional.of(
        xa.times(r * r * (1 + 2 * s))
            .plus(s * s * (1 + 2 * r), xb)
            .plus(r * r * s, da.get())
            .plus(-s * s * r, db.get()));
  }

  /** (dx/dt) v at a solved candidate, by the factors that it has left. */
  private Optional<Matrix> moved(int candidate, Matrix v) {
    Optional<Curvature> left = done.get(candidate).curvature;
    Matrix x = solution(candidate).x();
    if (left.isEmpty() || !left.get().factors().knows(x.rows())) {
      return Optional.empty();
    }
    try {
      Matrix along = fits.alongTheta(theta(candidate), x, v);
      return Optional.of(left.get().factors().solve(along).times(-1));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
