package org.tacit.projection;

/**
 * A sum of numbers and products as if in twice the precision, rounded once. Source: Ogita, Rump and
 * Oishi, Accurate sum and dot product, 2005, algorithms 4.4 and 5.3.
 */
final class CompensatedSum {
  private double sum;
  private double rest;

  CompensatedSum add(double x) {
    double next = sum + x;
    double part = next - sum;
    rest += (sum - (next - part)) + (x - part);
    sum = next;
    return this;
  }

  CompensatedSum addProduct(double a, double b) {
    double product = a * b;
    add(product);
    rest += Math.fma(a, b, -product);
    return this;
  }

  CompensatedSum add(CompensatedSum other) {
    return add(other.sum).add(other.rest);
  }

  CompensatedSum addTimes(double factor, CompensatedSum other) {
    return addProduct(factor, other.sum).addProduct(factor, other.rest);
  }

  double value() {
    return Double.isFinite(sum) ? sum + rest : sum;
  }
}
