package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.breeze.Eigenvalues;

/**
 * The tridiagonal matrix that conjugate gradients make on their way, whose eigenvalues are the Ritz
 * values of A in the Krylov space:
 *
 * <pre>
 *   T_jj = 1 / alpha_j + beta_(j-1) / alpha_(j-1)      T_j,j+1 = sqrt(beta_j) / alpha_j
 * </pre>
 *
 * <p>Source: Golub and Van Loan, section 11.3.
 */
final class LanczosTridiagonal {
  private final List<Double> diagonal = new ArrayList<>();
  private final List<Double> beside = new ArrayList<>();
  private double carried;

  void add(double alpha, double beta) {
    diagonal.add(1 / alpha + carried);
    beside.add(Math.sqrt(beta) / alpha);
    carried = beta / alpha;
  }

  /** The smallest Ritz value; infinite before the first step. */
  double smallest() {
    int n = diagonal.size();
    if (n == 0) {
      return Double.POSITIVE_INFINITY;
    }
    return Eigenvalues.ofTridiagonal(array(diagonal, n), array(beside, n - 1)).at(0);
  }

  private static double[] array(List<Double> values, int n) {
    return values.subList(0, n).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
