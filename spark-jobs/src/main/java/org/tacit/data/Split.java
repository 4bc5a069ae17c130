package org.tacit.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which part a row belongs to, by its number in file order (from 0; rows that are dropped count)
 * and nothing else: not by partition, file split or thread.
 */
public final class Split implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<Part> PARTS = List.of(Part.values());
  private static final int UNUSED = -1;
  private static final int ANY = -2;

  private final int[] partOfRemainder;
  private final double[] upTo;
  private final long seed;

  private Split(int[] partOfRemainder, double[] upTo, long seed) {
    this.partOfRemainder = partOfRemainder;
    this.upTo = upTo;
    this.seed = seed;
  }

  /** No split: every row belongs to whichever part is read. */
  public static Split none() {
    return new Split(new int[] {ANY}, new double[0], 0);
  }

  /**
   * Row r belongs to the part that has the remainder r mod {@code modulo}; rows of remainders that
   * no part has are not used.
   */
  public static Split modulo(int modulo, Map<Part, List<Integer>> remainders) {
    if (modulo < 1) {
      throw invalid("split.modulo", modulo + " (must be >= 1)");
    }
    int[] parts = new int[modulo];
    Arrays.fill(parts, UNUSED);
    remainders.forEach(
        (part, ofPart) -> {
          for (int remainder : ofPart) {
            if (remainder < 0 || remainder >= modulo) {
              throw invalid(
                  "split." + part, remainder + " (must be >= 0 and < " + modulo + ", the modulo)");
            }
            if (parts[remainder] != UNUSED) {
              throw invalid("split." + part, remainder + " twice (must be in one part only)");
            }
            parts[remainder] = PARTS.indexOf(part);
          }
        });
    return new Split(parts, new double[0], 0);
  }

  /**
   * Each row is drawn by a hash of seed and row number: for training, validation and test with
   * these probabilities, in this order.
   */
  public static Split fractions(long seed, List<Double> fractions) {
    double total = 0;
    double[] upTo = new double[fractions.size()];
    for (int i = 0; i < upTo.length; i++) {
      double fraction = fractions.get(i);
      if (!(fraction >= 0 && fraction <= 1)) {
        throw invalid("split.fraction", fraction + " (must be >= 0 and <= 1)");
      }
      total += fraction;
      upTo[i] = total;
    }
    if (upTo.length < 1 || upTo.length > PARTS.size() || total > 1 + 1e-12) {
      throw invalid(
          "split.fraction",
          fractions + " (must be one to three fractions of a sum <= 1: train, validation, test)");
    }
    if (total > 1 - 1e-12) {
      upTo[upTo.length - 1] = 1;
    }
    return new Split(new int[0], upTo, seed);
  }

  private static DataException invalid(String key, String what) {
    return new DataException("data." + key, "Invalid data." + key + ": " + what);
  }

  /** Whether every row is in whichever part is read. */
  boolean isWhole() {
    return partOfRemainder.length == 1 && partOfRemainder[0] == ANY;
  }

  boolean isIn(Part part, long row) {
    int drawn = partOf(row);
    return drawn == ANY || drawn == PARTS.indexOf(part);
  }

  private int partOf(long row) {
    if (partOfRemainder.length > 0) {
      return partOfRemainder[(int) (row % partOfRemainder.length)];
    }
    double draw = (mix(mix(seed) + row) >>> 11) * 0x1.0p-53;
    for (int part = 0; part < upTo.length; part++) {
      if (draw < upTo[part]) {
        return part;
      }
    }
    return UNUSED;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection whose bits look random. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
