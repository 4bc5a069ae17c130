package org.tacit.linsolve;

/** How {@link LinearSolver#dense} factorises. */
public enum DenseMethod {
  /** Cholesky, L D L' or LU, by the structure that is promised. */
  BY_PROMISE("dense"),
  /** L D L', for a symmetric matrix. */
  LDL("dense LDL'"),
  /** With row interchanges, for any regular matrix. */
  LU("dense LU"),
  /** By reflections, for any regular matrix: twice the work of LU, and no growth of elements. */
  QR("dense QR"),
  /** The least-squares solution of smallest norm, for any matrix: thirty times the work of LU. */
  SVD("dense SVD");

  private final String label;

  DenseMethod(String label) {
    this.label = label;
  }

  /** The method as results print it. */
  public String label() {
    return label;
  }
}
