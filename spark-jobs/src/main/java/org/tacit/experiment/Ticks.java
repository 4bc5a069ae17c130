package org.tacit.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The values that an axis names: about three to eight, however small or large its range.
 *
 * <pre>
 *   straight      multiples of 1, 2 or 5 times a power of ten
 *   logarithmic   every so many decades; where there are fewer than three, 1, 2 and 5 times powers of ten; where
 *                 there are fewer still, as on a straight axis
 * </pre>
 */
record Ticks(List<Double> values, List<String> labels) {
  private static final int FEWEST = 3;
  private static final int FEWEST_APART = 4;
  private static final int MOST_APART = 6;
  private static final double ROUNDING = 1e-9;
  private static final double LEAST_PLAIN = 9.99e-4;
  private static final double MOST_PLAIN = 1.01e5;
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  /** Of a straight axis from lo to hi. */
  static Ticks straight(double lo, double hi) {
    List<Double> values = even(lo, hi);
    return new Ticks(values, values.stream().map(Ticks::plain).toList());
  }

  /** Of a logarithmic axis from lo > 0 to hi. */
  static Ticks logarithmic(double lo, double hi) {
    List<Double> values = onDecades(lo, hi);
    boolean isPlain = lo >= LEAST_PLAIN && hi <= MOST_PLAIN;
    return new Ticks(values, values.stream().map(isPlain ? Ticks::plain : Ticks::power).toList());
  }

  private static List<Double> onDecades(double lo, double hi) {
    for (int apart = MOST_APART; apart >= 1; apart--) {
      int each = apart;
      List<Double> decades = multiples(lo, hi, 1);
      decades.removeIf(v -> Math.floorMod((int) Math.rint(Math.log10(v)), each) != 0);
      if (decades.size() >= (apart == 1 ? FEWEST : FEWEST_APART)) {
        return decades;
      }
    }
    List<Double> between = multiples(lo, hi, 1, 2, 5);
    return between.size() >= FEWEST ? between : even(lo, hi);
  }

  /** Powers of ten times each of the factors. */
  private static List<Double> multiples(double lo, double hi, int... factors) {
    List<Double> values = new ArrayList<>();
    int last = (int) Math.ceil(Math.log10(hi));
    for (int e = (int) Math.floor(Math.log10(lo)) - 1; e <= last; e++) {
      for (int factor : factors) {
        double value = Double.parseDouble(factor + "e" + e);
        if (value >= lo * (1 - ROUNDING) && value <= hi * (1 + ROUNDING)) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private static List<Double> even(double lo, double hi) {
    double most = (hi - lo) / FEWEST;
    if (!(most > 0)) {
      return List.of(lo);
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double step = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
    long first = (long) Math.ceil(lo / step - ROUNDING);
    long last = (long) Math.floor(hi / step + ROUNDING);
    return IntStream.rangeClosed(0, (int) (last - first))
        .mapToObj(k -> rounded((first + k) * step).doubleValue())
        .toList();
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(new MathContext(8));
  }

  private static String plain(double value) {
    return Math.abs(value) >= 1e4
        ? String.format(Locale.ROOT, "%,.0f", value)
        : value == 0 ? "0" : rounded(value).stripTrailingZeros().toPlainString();
  }

  /** 10 raised to an exponent, or as many times. */
  private static String power(double value) {
    BigDecimal digits = rounded(value).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent == 0 || exponent == 1) {
      return digits.toPlainString();
    }
    String factor = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
    String raised =
        String.valueOf(Math.abs(exponent))
            .chars()
            .mapToObj(c -> RAISED.substring(c - '0', c - '0' + 1))
            .collect(Collectors.joining());
    return (factor.equals("1") ? "" : factor + "·") + "10" + (exponent < 0 ? "⁻" : "") + raised;
  }
}
