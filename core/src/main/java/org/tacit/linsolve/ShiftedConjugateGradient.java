package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * (A + sigma_k I) x_k = b for a path of shifts sigma_k >= 0, such as ridge penalties, from one
 * Krylov space: the residuals of all are multiples of the same vectors, so the path costs the
 * products of its smallest shift alone.
 *
 * <p>At the end every residual is computed from its definition, in one product for all; a shift
 * that is not within the tolerance goes on by itself as {@link LinearSolver#conjugateGradient}
 * does, sharing products with the others.
 *
 * <p>Cost: one product with one column an iteration; each shift adds 4 n operations. Every solution
 * counts the products of the whole path. Smallest eigenvalues are those of A + sigma_k I, where a
 * shift went on by itself.
 *
 * <p>Source: Jegerlehner 1996; Frommer and Maass 1999.
 *
 * @param relativeTolerance the bound on |b - (A + sigma_k I) x_k| / |b|
 * @param maxIterations the most steps
 */
public record ShiftedConjugateGradient(double relativeTolerance, int maxIterations) {
  public ShiftedConjugateGradient {
    Require.tolerance(relativeTolerance);
    Require.maxIterations(maxIterations);
  }

  /** x_k for each shift, where A is promised to be positive definite and b is n x 1. */
  public List<Solution> solve(LinearOperator operator, Matrix b, List<Double> shifts) {
    Require.structure(operator, Structure.POSITIVE_DEFINITE, "shifted CG");
    Require.system(operator.cols(), b, b);
    if (b.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid right-hand side: " + b.cols() + " columns (must be 1)");
    }
    for (double shift : shifts) {
      if (!(shift >= 0) || Double.isInfinite(shift)) {
        throw new IllegalArgumentException(
            "Invalid shift: " + shift + " (must be finite and >= 0)");
      }
    }
    ShiftedPath path = new ShiftedPath(this, b, shifts);
    int products = path.run(operator);
    Preconditioned none = new Preconditioned(Preconditioner.none().prepare(operator));
    RightSide.Settings settings =
        new RightSide.Settings(
            relativeTolerance,
            maxIterations,
            (r, target) -> new ConjugateGradientRecurrence(r, target, none));
    List<RightSide> columns = new ArrayList<>();
    for (int k = 0; k < shifts.size(); k++) {
      columns.add(new RightSide(settings, b, path.solution(k), shifts.get(k)));
    }
    int all = products + Lockstep.advance(operator, columns);
    return columns.stream()
        .map(column -> Lockstep.solution(List.of(column), b.rows(), "shifted CG", all))
        .toList();
  }

  /**
   * The recursion of {@link ShiftedConjugateGradient}: conjugate gradients for the smallest shift,
   * whose residual r_n gives that of the shift larger by delta as zeta_n r_n,
   *
   * <pre>
   *   zeta_(n+1) = zeta_n zeta_(n-1) a_(n-1) / (a_n b_n (zeta_(n-1) - zeta_n) + zeta_(n-1) a_(n-1) (1 + delta a_n))
   *   x += a_n zeta_(n+1) / zeta_n p      p+ = zeta_(n+1) r_(n+1) + b_(n+1) (zeta_(n+1) / zeta_n)^2 p
   * </pre>
   */
  private static final class ShiftedPath {
    private final ShiftedConjugateGradient method;
    private final double smallestShift;
    private final double scale;
    private final List<Shift> shifts = new ArrayList<>();
    private final double[] r;
    private double[] p;
    private double a = 1;
    private double b;

    ShiftedPath(ShiftedConjugateGradient method, Matrix rightSide, List<Double> shifts) {
      this.method = method;
      double norm = rightSide.norm();
      this.scale = norm > 0 && Double.isFinite(norm) ? norm : 1;
      this.r = rightSide.map(v -> v / scale).toArray();
      this.p = r.clone();
      this.smallestShift = shifts.stream().mapToDouble(s -> s).min().orElse(0);
      shifts.forEach(shift -> this.shifts.add(new Shift(shift - smallestShift, r)));
    }

    /** Takes steps until every shift is within the tolerance; returns the products that took. */
    int run(LinearOperator operator) {
      int products = 0;
      double rho = Vectors.dot(r, r);
      boolean goesOn = Double.isFinite(rho) && rho > 0;
      while (goesOn && products < method.maxIterations() && goesOn(Math.sqrt(rho))) {
        double[] product = operator.apply(Matrix.column(p)).toArray();
        double[] q = Vectors.sum(product, smallestShift, p);
        products++;
        double curvature = Vectors.dot(p, q);
        goesOn = curvature > 0 && Double.isFinite(curvature);
        if (goesOn) {
          rho = step(q, rho, curvature);
        }
      }
      return products;
    }

    private boolean goesOn(double residual) {
      return shifts.stream()
          .anyMatch(shift -> shift.residual(residual) > method.relativeTolerance());
    }

    private double step(double[] q, double rho, double curvature) {
      double before = a;
      a = rho / curvature;
      shifts.forEach(shift -> shift.step(before, a, b));
      Vectors.add(-a, q, r);
      double newRho = Vectors.dot(r, r);
      b = newRho / rho;
      p = Vectors.sum(r, b, p);
      shifts.forEach(shift -> shift.turn(r, b));
      return newRho;
    }

    Matrix solution(int k) {
      return Matrix.column(shifts.get(k).x).times(scale);
    }

    /** One shift's own point, direction and factor. */
    private static final class Shift {
      /** A factor this small has converged beyond rounding, and would underflow. */
      private static final double DONE = 1e-150;

      private final double delta;
      private final double[] x;
      private double[] p;
      private double zeta = 1;
      private double zetaBefore = 1;

      Shift(double delta, double[] r) {
        this.delta = delta;
        this.x = new double[r.length];
        this.p = r.clone();
      }

      double residual(double ofBase) {
        return Math.abs(zeta) * ofBase;
      }

      void step(double before, double a, double b) {
        double next =
            zeta
                * zetaBefore
                * before
                / (a * b * (zetaBefore - zeta) + zetaBefore * before * (1 + delta * a));
        if (Math.abs(next) > DONE) {
          Vectors.add(a * next / zeta, p, x);
          zetaBefore = zeta;
          zeta = next;
        } else {
          zetaBefore = zeta;
        }
      }

      void turn(double[] r, double b) {
        double ratio = zeta / zetaBefore;
        p = Vectors.sum(Vectors.scaled(zeta, r), b * ratio * ratio, p);
      }
    }
  }
}
