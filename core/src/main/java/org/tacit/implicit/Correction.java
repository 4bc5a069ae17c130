package org.tacit.implicit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;
import org.tacit.program.Program;

/**
 * The Newton correction of a solution x and of an adjoint or tangent w, and what is measured on the
 * way:
 *
 * <pre>
 *   A s = -F          dR/dw t = -(R + dR/dx s)          dh = dh/dx s + dh/dw t
 * </pre>
 *
 * <p>Norms of derivatives are Frobenius norms, estimated from products with {@value #PROBES} seeded
 * normal vectors at once. Two linear solves by the solver that is prepared already (none for a
 * right-hand side of zero), the first of which asks {@link Regularity} too, and three passes over
 * each table.
 *
 * @param at F, R and q at (x, w)
 * @param alongS the derivatives' products with s
 * @param norms those of the derivatives, by name
 * @param moved dh, F and R at (x + s, w + t) and the bend of h
 * @param around the outputs of {@code moved} at x + 2 s and at points that differ from x and theta
 *     by rounding, where there are kinks
 * @param sigma the smallest that a solve knew of, and |right side| / |solution| of both
 * @param inverse |A^-1 p| of {@link Regularity}, infinite where A is singular; NaN where it is not
 *     asked
 */
record Correction(
    Map<String, Matrix> at,
    Matrix s,
    Map<String, Matrix> alongS,
    Map<String, Double> norms,
    Map<String, Matrix> moved,
    List<Map<String, Matrix>> around,
    double sigma,
    double inverse) {
  private static final int PROBES = 8;

  /** Whether A was found to be singular, though the derivative's system has a solution. */
  boolean isSingular() {
    return inverse == Double.POSITIVE_INFINITY;
  }

  Correction {
    at = Map.copyOf(at);
    alongS = Map.copyOf(alongS);
    norms = Map.copyOf(norms);
    moved = Map.copyOf(moved);
    around = List.copyOf(around);
  }

  /** {@code linear} is the solve for w. */
  static Correction of(KinkPoint point, Solution linear) {
    CorrectionPrograms programs = point.programs();
    ImplicitSolution solution = point.solution();
    Map<String, Matrix> at = point.evaluate(programs.point(), List.of(point.values())).get(0);
    boolean isAsked = Regularity.isAsked(programs.equations().condition());
    Solved s = Solved.withProbe(solution, at.get("F").times(-1), isAsked);
    List<Map<String, Matrix>> along = point.evaluate(programs.along(), directions(point, s.value));
    Matrix right = at.get("R").plus(along.get(0).get("dR/dx")).times(-1);
    Solved t = Solved.of(solution, right, programs.equations().isTransposed());
    Map<String, Matrix> corrected = new HashMap<>(point.values());
    corrected.put("s", s.value);
    corrected.put("t", t.value);
    List<Map<String, Matrix>> moved = moved(point, corrected);
    return new Correction(
        at,
        s.value,
        along.get(0),
        norms(along.subList(1, along.size())),
        moved.get(0),
        moved.subList(1, moved.size()),
        Math.min(linear.smallestEigenvalue().orElse(s.sigma), Math.min(s.sigma, t.sigma)),
        s.inverse);
  }

  /** At (x + s, w + t), then around where there are kinks, unless that leaves F's domain. */
  private static List<Map<String, Matrix>> moved(KinkPoint point, Map<String, Matrix> corrected) {
    Program moved = point.programs().moved();
    if (point.programs().sites().isEmpty()) {
      return point.evaluate(moved, List.of(corrected));
    }
    List<Map<String, Matrix>> instances = Displacement.around(corrected);
    try {
      return point.evaluate(moved, instances);
    } catch (NotANumberException | IllegalArgumentException outside) {
      return point.evaluate(moved, instances.subList(0, 1));
    }
  }

  private record Solved(Matrix value, double sigma, double inverse) {
    static Solved of(ImplicitSolution solution, Matrix right, boolean isTransposed) {
      return right.norm() == 0
          ? new Solved(right, Double.POSITIVE_INFINITY, Double.NaN)
          : of(right, solution.inverse(right, isTransposed), Double.NaN);
    }

    /** With the vector that asks whether A is regular beside the right-hand side. */
    static Solved withProbe(ImplicitSolution solution, Matrix right, boolean isAsked) {
      if (!isAsked) {
        return of(solution, right, false);
      }
      Matrix probe = Regularity.probe(right.rows());
      Solution found = solution.inverse(Matrix.beside(List.of(right, probe)), false);
      return of(right, found, Regularity.inverse(found, 1));
    }

    private static Solved of(Matrix right, Solution found, double inverse) {
      Matrix value = found.value().columnAt(0);
      double sigma = found.smallestEigenvalue().orElse(Double.POSITIVE_INFINITY);
      double quotient = right.norm() == 0 ? sigma : right.norm() / value.norm();
      double ofProbe = Double.isNaN(inverse) ? sigma : 1 / inverse;
      return new Solved(value, Math.min(sigma, Math.min(quotient, ofProbe)), inverse);
    }
  }

  /** s, then the probes. */
  private static List<Map<String, Matrix>> directions(KinkPoint point, Matrix s) {
    Random random = new Random(20210531);
    return IntStream.rangeClosed(0, PROBES)
        .mapToObj(k -> point.with("z", k == 0 ? s : s.map(ignored -> random.nextGaussian())))
        .toList();
  }

  private static Map<String, Double> norms(List<Map<String, Matrix>> products) {
    Map<String, Double> norms = new HashMap<>();
    for (Map<String, Matrix> outputs : products) {
      outputs.forEach(
          (name, value) -> norms.merge(name, value.norm() * value.norm() / PROBES, Double::sum));
    }
    norms.replaceAll((name, square) -> Math.sqrt(square));
    return norms;
  }
}
