package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.tacit.matrix.Matrix;

/** The thetas of a sweep, in the order that results have. Reproducible: draws are seeded. */
public final class Candidates {
  private static final int MOST_SOBOL = 1000;

  private final List<Matrix> thetas;

  private Candidates(List<Matrix> thetas) {
    if (thetas.isEmpty()) {
      throw new IllegalArgumentException("Invalid candidates: none (must be one at least)");
    }
    int length = thetas.get(0).rows();
    for (Matrix theta : thetas) {
      if (theta.rows() != length || theta.cols() != 1 || !theta.isFinite()) {
        throw new IllegalArgumentException(
            "Invalid candidate: %s (must be %s x 1, of finite numbers)".formatted(theta, length));
      }
    }
    this.thetas = List.copyOf(thetas);
  }

  /** These, each parameters x 1. */
  public static Candidates list(List<Matrix> thetas) {
    return new Candidates(thetas);
  }

  /** {@code points} of each range, in every combination, the last range's changing fastest. */
  public static Candidates grid(List<Range> ranges, int points) {
    requireCount(points);
    List<double[]> all = List.of(new double[0]);
    for (Range range : ranges) {
      all =
          all.stream()
              .flatMap(
                  first ->
                      IntStream.range(0, points)
                          .mapToObj(i -> points == 1 ? 0.5 : i / (points - 1.0))
                          .map(part -> with(first, range.at(part))))
              .toList();
    }
    return new Candidates(all.stream().map(Matrix::column).toList());
  }

  private static double[] with(double[] first, double last) {
    return Stream.concat(IntStream.range(0, first.length).mapToObj(i -> first[i]), Stream.of(last))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** As many independent draws from the box of the ranges, uniform by their scales. */
  public static Candidates random(List<Range> ranges, int count, long seed) {
    Random random = new Random(seed);
    return drawn(
        ranges, count, () -> ranges.stream().mapToDouble(range -> random.nextDouble()).toArray());
  }

  /**
   * The first points of the Sobol sequence, each moved by one seeded vector modulo 1, which keeps
   * them as even. Source: Joe and Kuo, ACM TOMS 29, 2003; Cranley and Patterson, SIAM J. Numer.
   * Anal. 13, 1976.
   */
  public static Candidates sobol(List<Range> ranges, int count, long seed) {
    if (ranges.size() > MOST_SOBOL) {
      throw new IllegalArgumentException(
          "Invalid ranges: %s for a Sobol sequence (must be <= %s; draw at random)"
              .formatted(ranges.size(), MOST_SOBOL));
    }
    Random random = new Random(seed);
    double[] shift = ranges.stream().mapToDouble(range -> random.nextDouble()).toArray();
    SobolSequenceGenerator sequence = new SobolSequenceGenerator(ranges.size());
    return drawn(
        ranges,
        count,
        () -> {
          double[] point = sequence.nextVector();
          return IntStream.range(0, point.length)
              .mapToDouble(i -> (point[i] + shift[i]) % 1)
              .toArray();
        });
  }

  private static Candidates drawn(List<Range> ranges, int count, Supplier<double[]> point) {
    requireCount(count);
    List<Matrix> thetas = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      double[] parts = point.get();
      thetas.add(
          Matrix.column(
              IntStream.range(0, parts.length)
                  .mapToDouble(i -> ranges.get(i).at(parts[i]))
                  .toArray()));
    }
    return new Candidates(thetas);
  }

  private static void requireCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid candidates: " + count + " (must be >= 1)");
    }
  }

  /** In order. */
  public List<Matrix> thetas() {
    return thetas;
  }

  /** L. */
  public int count() {
    return thetas.size();
  }

  /** The numbers of the candidates, the largest sum of thetas first: strong penalties, mostly. */
  List<Integer> path() {
    return IntStream.range(0, count())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                (Integer l) -> -Arrays.stream(thetas.get(l).toArray()).sum()))
        .toList();
  }

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
}
