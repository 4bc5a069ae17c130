package org.tacit.linsolve;

import org.tacit.matrix.Matrix;

/** A prepared preconditioner on vectors, as recurrences use it. */
record Preconditioned(Preconditioner.Prepared preconditioner) {
  /** M^-1 r. */
  double[] apply(double[] r) {
    return preconditioner.apply(Matrix.adopting(r.length, 1, r)).window().data();
  }

  /**
   * A bound for the smallest absolute eigenvalue (singular value) of A from that of M^-1 A: times
   * the smallest eigenvalue of M; infinite where that is unknown. Source: Ostrowski's theorem, Horn
   * and Johnson, section 4.5.
   */
  double smallestOfOperator(double smallest) {
    return preconditioner.smallestEigenvalue().stream()
        .map(ofPreconditioner -> ofPreconditioner * smallest)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** " with NAME" after a method's name, where there is a preconditioner. */
  static String named(String method, Preconditioner preconditioner) {
    String name = preconditioner.name();
    return name.equals("none") ? method : method + " with " + name;
  }
}
