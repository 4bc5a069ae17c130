package org.tacit.result;

import java.util.Locale;

/**
 * A number as people read it: with so many decimals, in scientific form from 1e7 on and where fewer
 * than two digits would be left.
 */
public final class Decimal {
  private static final double LARGEST = 1e7;

  private Decimal() {}

  /** As in: 0.0614, 1234.5000, 3.4980e+299; not a number and infinite as Java has them. */
  public static String of(double value, int decimals) {
    double size = Math.abs(value);
    boolean isPlain = size == 0 || (size < LARGEST && size >= Math.pow(10, 1 - decimals));
    String form = isPlain ? "f" : "e";
    return String.format(Locale.ROOT, "%." + decimals + form, value);
  }
}
