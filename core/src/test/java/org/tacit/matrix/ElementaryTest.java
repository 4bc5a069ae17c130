package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both sets of elementary functions against BigDecimal, against each other and at their limits. */
class ElementaryTest {
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal LOG_2 = atanhTwice(BigDecimal.ONE.divide(big(3), DIGITS));
  private static final double[] SPECIALS = {
    0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    -Double.MIN_NORMAL,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    -1,
    Math.nextUp(-1.0),
    Math.nextDown(-1.0),
    709.782712893384,
    Math.nextUp(709.782712893384),
    710,
    -708.3964185322641,
    -745.1332191019411,
    -745.1332191019412,
    -745.1332191019413,
    -746,
    0x1p53,
    0x1p1023,
    0x1.6a09e667f3bcdp1023
  };

  private static BigDecimal big(double x) {
    return new BigDecimal(x);
  }

  /** Of e^x by its series at x / 2^k, squared k times, where it is not beyond all doubles. */
  private static BigDecimal exp(double x) {
    int halvings = Math.max(0, Math.getExponent(x) + 4);
    BigDecimal r = big(x).round(DIGITS).divide(TWO.pow(halvings), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int n = 1; term.signum() != 0 && n < 40; n++) {
      term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int k = 0; k < halvings; k++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** log(1 + x) by that of (1 + x) / 2^k in [2/3, 4/3], as 2 atanh. */
  private static BigDecimal log1p(BigDecimal x) {
    BigDecimal u = x.add(BigDecimal.ONE);
    int k = (int) Math.rint(Math.log(u.doubleValue()) / Math.log(2));
    BigDecimal scale = k >= 0 ? TWO.pow(k) : BigDecimal.ONE.divide(TWO.pow(-k));
    BigDecimal above = u.subtract(scale);
    BigDecimal s = above.divide(u.add(scale), DIGITS);
    return atanhTwice(s).add(LOG_2.multiply(BigDecimal.valueOf(k)), DIGITS);
  }

  private static BigDecimal atanhTwice(BigDecimal s) {
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = s;
    for (int n = 3; n < 110 && power.signum() != 0; n += 2) {
      power = power.multiply(square, DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
    }
    return sum.multiply(TWO);
  }

  private static BigDecimal sigmoid(double x) {
    return BigDecimal.ONE.divide(BigDecimal.ONE.add(exp(-x)), DIGITS);
  }

  private static BigDecimal softplus(double x) {
    BigDecimal ramp = x > 0 ? big(x) : BigDecimal.ZERO;
    return ramp.add(log1p(exp(-Math.abs(x))), DIGITS);
  }

  /** The distance of a value from the exact one in places of the double next to that. */
  private static double ulps(double value, BigDecimal exact) {
    BigDecimal ulp = big(Math.ulp(exact.doubleValue()));
    return big(value).subtract(exact).abs().divide(ulp, DIGITS).doubleValue();
  }

  private static void isWithinTwoUlp(
      ElementaryFunction function, DoubleStream points, UnaryOperator<BigDecimal> exact) {
    double[] x = points.toArray();
    double[] value = new double[x.length];
    function.run(x, 0, value, 0, x.length);
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      double off = ulps(value[i], exact.apply(big(x[i])));
      assertThat(off).as(function + " at " + x[i]).isLessThanOrEqualTo(2);
      most = Math.max(most, off);
    }
    assertThat(most).as("some rounding").isGreaterThan(0.4);
  }

  /** Of all sizes between powers of two, of both signs, evenly in their exponents. */
  private static DoubleStream sizes(Random random, int count, int from, int to) {
    return IntStream.range(0, count)
        .mapToDouble(
            i ->
                (random.nextBoolean() ? 1 : -1)
                    * (1 + random.nextDouble())
                    * Math.scalb(1.0, from + random.nextInt(to - from)));
  }

  private static DoubleStream near(Random random, int count, double centre, double width) {
    return random.doubles(count, centre - width, centre + width);
  }

  @Test
  void expIsWithinTwoUlp() {
    Random random = new Random(11);
    DoubleStream points =
        DoubleStream.concat(
            DoubleStream.concat(random.doubles(3000, -745.1, 709.7), sizes(random, 1500, -1070, 9)),
            DoubleStream.concat(
                random.doubles(1000, -745.1, -708), nearMultiples(random, 1000, Math.log(2) / 2)));
    isWithinTwoUlp(ElementaryFunction.EXP, points, x -> exp(x.doubleValue()));
  }

  /** Near odd multiples of a number, where reductions are longest. */
  private static DoubleStream nearMultiples(Random random, int count, double of) {
    return IntStream.range(0, count)
        .mapToDouble(
            i -> of * (2 * random.nextInt(1000) - 999) * (1 + 1e-14 * random.nextGaussian()));
  }

  @Test
  void log1pIsWithinTwoUlp() {
    Random random = new Random(12);
    DoubleStream points =
        DoubleStream.concat(
            DoubleStream.concat(
                sizes(random, 4000, -1070, 1023).map(Math::abs), sizes(random, 4000, -1070, -1)),
            DoubleStream.concat(
                DoubleStream.concat(
                    random.doubles(2000, 0, 4),
                    sizes(random, 1000, -53, 0).map(x -> Math.abs(x) / 2 - 1)),
                DoubleStream.concat(
                    near(random, 500, Math.sqrt(0.5) - 1, 1e-3),
                    near(random, 500, Math.sqrt(2) - 1, 1e-3))));
    isWithinTwoUlp(ElementaryFunction.LOG1P, points.filter(x -> x > -1), ElementaryTest::log1p);
  }

  @Test
  void sigmoidIsWithinTwoUlp() {
    isWithinTwoUlp(
        ElementaryFunction.SIGMOID, margins(new Random(13)), x -> sigmoid(x.doubleValue()));
  }

  @Test
  void softplusIsWithinTwoUlp() {
    isWithinTwoUlp(
        ElementaryFunction.SOFTPLUS, margins(new Random(14)), x -> softplus(x.doubleValue()));
  }

  private static DoubleStream margins(Random random) {
    return DoubleStream.concat(
        DoubleStream.concat(random.doubles(2000, -40, 40), random.doubles(2000, -4, 1)),
        DoubleStream.concat(
            DoubleStream.concat(sizes(random, 1000, -1070, 9), random.doubles(500, -745, -708)),
            DoubleStream.concat(
                near(random, 500, Math.log(Math.sqrt(2) - 1), 1e-3),
                nearMultiples(random, 500, Math.log(2) / 2).filter(x -> x > -745))));
  }

  @Test
  void bothSetsGiveTheSameBitsInEveryTail() {
    Random random = new Random(15);
    double[] x =
        DoubleStream.concat(
                Arrays.stream(SPECIALS), random.longs(20_000).mapToDouble(Double::longBitsToDouble))
            .toArray();
    double[] small = margins(new Random(16)).toArray();
    for (double[] points : List.of(x, small)) {
      for (Run run : runs()) {
        double[] plain = new double[points.length];
        double[] vector = new double[points.length];
        run.of(new PlainElementary(), points, 0, plain, 0, points.length);
        run.of(new VectorElementary(), points, 0, vector, 0, points.length);
        assertThat(vector).containsExactly(plain);
      }
    }
    for (int count = 0; count <= 40; count++) {
      for (Run run : runs()) {
        double[] plain = new double[60];
        double[] vector = new double[60];
        run.of(new PlainElementary(), small, 3, plain, 5, count);
        run.of(new VectorElementary(), small, 3, vector, 5, count);
        assertThat(vector).containsExactly(plain);
      }
    }
  }

  private interface Run {
    void of(Elementary set, double[] x, int from, double[] out, int to, int count);
  }

  private static List<Run> runs() {
    return List.of(Elementary::exp, Elementary::log1p, Elementary::sigmoid, Elementary::softplus);
  }

  @Test
  void runsMayBeInPlace() {
    double[] x = margins(new Random(17)).limit(1000).toArray();
    for (Elementary set : List.of(new PlainElementary(), new VectorElementary())) {
      for (Run run : runs()) {
        double[] apart = new double[x.length];
        double[] inPlace = x.clone();
        run.of(set, x, 0, apart, 0, x.length);
        run.of(set, inPlace, 0, inPlace, 0, x.length);
        assertThat(inPlace).containsExactly(apart);
      }
    }
  }

  @Test
  void oneNumberIsAsInARun() {
    double[] x = DoubleStream.concat(Arrays.stream(SPECIALS), margins(new Random(18))).toArray();
    for (ElementaryFunction function : ElementaryFunction.values()) {
      double[] run = new double[x.length];
      function.run(x, 0, run, 0, x.length);
      assertThat(run).containsExactly(Arrays.stream(x).map(function::at).toArray());
    }
  }

  @Test
  void limitsAreThoseOfTheFunctions() {
    double infinite = Double.POSITIVE_INFINITY;
    limits(ElementaryFunction.EXP, x -> Double.isNaN(x) ? x : x > 0 ? infinite : 0);
    limits(ElementaryFunction.LOG1P, x -> x == infinite ? infinite : Double.NaN);
    limits(ElementaryFunction.SIGMOID, x -> Double.isNaN(x) ? x : x > 0 ? 1 : 0);
    limits(ElementaryFunction.SOFTPLUS, x -> Double.isNaN(x) ? x : Math.max(x, 0));
    assertThat(ElementaryFunction.EXP.at(-0.0)).isEqualTo(1);
    assertThat(ElementaryFunction.EXP.at(709.782712893384))
        .isBetween(1.79769313486227E308, Double.MAX_VALUE);
    assertThat(ElementaryFunction.EXP.at(709.782712893385)).isEqualTo(infinite);
    assertThat(ElementaryFunction.EXP.at(-745.133219101941)).isEqualTo(Double.MIN_VALUE);
    assertThat(ElementaryFunction.EXP.at(-745.133219101942)).isEqualTo(0);
    assertThat(ElementaryFunction.LOG1P.at(-1)).isEqualTo(-infinite);
    assertThat(ElementaryFunction.LOG1P.at(-0.0)).isEqualTo(-0.0);
    assertThat(ElementaryFunction.LOG1P.at(Double.MAX_VALUE)).isEqualTo(Math.log(Double.MAX_VALUE));
    assertThat(ElementaryFunction.LOG1P.at(-Double.MIN_VALUE)).isEqualTo(-Double.MIN_VALUE);
    assertThat(ElementaryFunction.SIGMOID.at(0)).isEqualTo(0.5);
    assertThat(ElementaryFunction.SOFTPLUS.at(Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
  }

  private static void limits(ElementaryFunction function, DoubleUnaryOperator due) {
    for (double x : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
      assertThat(Double.valueOf(function.at(x)))
          .as(function + " at " + x)
          .isEqualTo(Double.valueOf(due.applyAsDouble(x)));
    }
  }

  @Test
  void referencesAreRight() {
    assertThat(exp(1).round(new MathContext(30, RoundingMode.HALF_EVEN)).toString())
        .isEqualTo("2.71828182845904523536028747135");
    assertThat(LOG_2.round(new MathContext(30, RoundingMode.HALF_EVEN)).toString())
        .isEqualTo("0.693147180559945309417232121458");
    assertThat(log1p(big(9)).round(new MathContext(30, RoundingMode.HALF_EVEN)).toString())
        .isEqualTo("2.30258509299404568401799145468");
  }
}
