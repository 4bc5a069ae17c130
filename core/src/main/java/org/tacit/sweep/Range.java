package org.tacit.sweep;

/**
 * Where one theta is looked for: low to high, evenly by itself or by its logarithm.
 *
 * @param low for {@link Scale#LOG} above zero
 */
public record Range(double low, double high, Scale scale) {
  /** What is evenly spaced. */
  public enum Scale {
    /** The number itself, as of log penalties. */
    LINEAR,
    /** Its logarithm. */
    LOG
  }

  public Range {
    boolean isOrdered = Double.isFinite(low) && Double.isFinite(high) && low <= high;
    if (!isOrdered || (scale == Scale.LOG && low <= 0)) {
      throw new IllegalArgumentException(
          "Invalid range: %s to %s (must be finite, low <= high%s)"
              .formatted(low, high, scale == Scale.LOG ? ", and above zero" : ""));
    }
  }

  /** Evenly by the number itself. */
  public static Range linear(double low, double high) {
    return new Range(low, high, Scale.LINEAR);
  }

  /** Evenly by the logarithm. */
  public static Range log(double low, double high) {
    return new Range(low, high, Scale.LOG);
  }

  /** What lies this part of the way from low to high, which are themselves at 0 and 1. */
  double at(double part) {
    if (part <= 0 || part >= 1) {
      return part <= 0 ? low : high;
    }
    double even =
        scale == Scale.LINEAR
            ? low + part * (high - low)
            : Math.exp(Math.log(low) + part * (Math.log(high) - Math.log(low)));
    return Math.max(low, Math.min(high, even));
  }
}
