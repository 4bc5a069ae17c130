package org.tacit.primitive;

/**
 * A number in [0, 1) for the whole number that is nearest: the same for equal ones, and otherwise
 * as if drawn at random by the seed. Derivative 0.
 *
 * <p>The upper 53 bits of SplitMix64's output. Source: Steele, Lea and Flood, Fast Splittable
 * Pseudorandom Number Generators, OOPSLA 2014, figure 16.
 */
record Hash(long seed) implements Pointwise {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  @Override
  public String name() {
    return "hash(" + seed + ")";
  }

  @Override
  public double at(double x) {
    long bits = mixed(seed + GOLDEN) ^ Double.doubleToLongBits(Math.rint(x) + 0.0);
    return (mixed(bits + GOLDEN) >>> 11) * 0x1p-53;
  }

  private static long mixed(long z) {
    long once = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }

  @Override
  public Var slope(Var x, Var y) {
    return Var.zero(x.shape());
  }
}
