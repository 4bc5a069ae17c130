package org.tacit.linsolve;

/** The products that preparing a method took, which the first solution counts among its own. */
final class Preparation {
  private int products;

  Preparation(int products) {
    this.products = products;
  }

  /** Those that no solution has counted yet. */
  int due() {
    int due = products;
    products = 0;
    return due;
  }
}
