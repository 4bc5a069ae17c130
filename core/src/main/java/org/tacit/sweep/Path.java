package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tacit.linsolve.Solution;
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

  private final Candidates candidates;
  private final Fits fits;
  private final List<Double> references;
  private final boolean isByFactors;
  private final Map<Integer, Fit> done = new LinkedHashMap<>();
  private final Map<From, Fit> before = new HashMap<>();

  /**
   * @param references by candidate
   */
  Path(Candidates candidates, Fits fits, List<Double> references, boolean isByFactors) {
    this.candidates = candidates;
    this.fits = fits;
    this.references = references;
    this.isByFactors = isByFactors;
  }

  /** By candidate. */
  List<Fit> solve() {
    List<Integer> left = new ArrayList<>(candidates.path());
    Map<Integer, Fit> all = new TreeMap<>();
    while (!left.isEmpty()) {
      solveAll(left);
      all.putAll(done);
      if (!left.removeIf(candidate -> !done.get(candidate).isConverged())) {
        break;
      }
    }
    return List.copyOf(all.values());
  }

  /** In this order, as if there were no others. */
  private void solveAll(List<Integer> order) {
    done.clear();
    List<Integer> rest = new ArrayList<>(order);
    for (int candidate : knots(order)) {
      solve(List.of(candidate));
      rest.remove((Integer) candidate);
    }
    if (!rest.isEmpty()) {
      solve(rest);
    }
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
    Map<Integer, Fits.Start> starts = new LinkedHashMap<>();
    for (int candidate : wave) {
      Matrix x = start(theta(candidate));
      starts.put(candidate, new Fits.Start(FoldedRows.ALL, theta(candidate), x));
    }
    List<Integer> others =
        wave.stream().filter(l -> !before.containsKey(new From(l, starts.get(l).x()))).toList();
    List<Fits.Start> from = others.stream().map(starts::get).toList();
    List<Double> relativeTo = others.stream().map(references::get).toList();
    if (!others.isEmpty()) {
      List<Fit> found =
          isByFactors ? fits.solveWithHessians(from, relativeTo) : fits.solve(from, relativeTo);
      for (int i = 0; i < others.size(); i++) {
        before.put(new From(others.get(i), from.get(i).x()), found.get(i));
      }
    }
    wave.forEach(l -> done.put(l, before.get(new From(l, starts.get(l).x()))));
  }

  /** A fit of a candidate, by where it began. */
  private record From(int candidate, Matrix x) {}

  /** The solved candidates, the nearest to theta first. */
  private List<Integer> neighbours(Matrix theta) {
    return done.keySet().stream()
        .filter(l -> done.get(l).isConverged())
        .sorted(
            Comparator.comparingDouble((Integer l) -> theta(l).minus(theta).norm())
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Matrix theta(int candidate) {
    return candidates.thetas().get(candidate);
  }

  private Matrix start(Matrix theta) {
    List<Integer> near = neighbours(theta);
    if (near.isEmpty()) {
      return fits.cold();
    }
    int first = near.get(0);
    Matrix x = done.get(first).x().orElseThrow();
    if (!isByFactors) {
      return x;
    }
    return near.stream()
        .skip(1)
        .flatMap(second -> between(first, second, theta).stream())
        .findFirst()
        .or(() -> moved(first, theta.minus(theta(first))).map(x::plus))
        .filter(Matrix::isFinite)
        .orElse(x);
  }

  /** The cubic at theta, where it is on the line between two candidates. */
  private Optional<Matrix> between(int a, int b, Matrix theta) {
    Matrix v = theta(b).minus(theta(a));
    Matrix way = theta.minus(theta(a));
    double s = v.dot(way) / v.dot(v);
    boolean isOnTheLine = way.plus(-s, v).norm() <= ON_THE_LINE * v.norm();
    if (!isOnTheLine || !(s > 0 && s < 1)) {
      return Optional.empty();
    }
    Matrix xa = done.get(a).x().orElseThrow();
    Matrix xb = done.get(b).x().orElseThrow();
    Optional<Matrix> da = moved(a, v);
    Optional<Matrix> db = moved(b, v);
    if (da.isEmpty() || db.isEmpty()) {
      return Optional.empty();
    }
    double r = 1 - s;
    return Optional.of(
        xa.times(r * r * (1 + 2 * s))
            .plus(s * s * (1 + 2 * r), xb)
            .plus(r * r * s, da.get())
            .plus(-s * s * r, db.get()));
  }

  /** (dx/dt) v at a solved candidate, by the factors that it has left. */
  private Optional<Matrix> moved(int candidate, Matrix v) {
    Solution solution = done.get(candidate).solution().orElseThrow();
    if (!solution.nearby().knows(solution.value().rows())) {
      return Optional.empty();
    }
    try {
      Matrix along = fits.alongTheta(theta(candidate), solution.value(), v);
      return Optional.of(solution.nearby().solve(along).times(-1));
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
