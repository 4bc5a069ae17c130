package org.tacit.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;

/**
 * A loss with its formula in plain arithmetic, as the source writes it, and where its pieces meet.
 *
 * @param formula the loss of one row's scores and label
 * @param kinks a number that is 0 exactly where pieces meet; 1 for a loss of one piece
 */
record LossCase(
    Loss loss,
    ToDoubleBiFunction<double[], Double> formula,
    ToDoubleBiFunction<double[], Double> kinks) {
  static List<LossCase> all() {
    return List.of(
        of(Loss.squared(), (s, y) -> (s[0] - y) * (s[0] - y) / 2, LossCase::none),
        of(Loss.logistic(), (s, y) -> softplus(-s[0] * y), LossCase::none),
        of(Loss.multinomial(), LossCase::crossEntropy, LossCase::none),
        of(
            Loss.logistic(0.3),
            (s, y) -> 0.85 * softplus(-s[0] * y) + 0.15 * softplus(s[0] * y),
            LossCase::none),
        of(Loss.multinomial(0.2), LossCase::smoothedCrossEntropy, LossCase::none),
        of(Loss.absolute(0), (s, y) -> Math.abs(s[0] - y), (s, y) -> s[0] - y),
        of(Loss.absolute(0.3), (s, y) -> Math.hypot(s[0] - y, 0.3) - 0.3, LossCase::none),
        of(Loss.quantile(0.2, 0), (s, y) -> pinball(0.2, y - s[0]), (s, y) -> s[0] - y),
        of(Loss.quantile(0.9, 0.5), LossCase::smoothedQuantile, LossCase::none),
        of(Loss.huber(0.7), (s, y) -> huber(0.7, s[0] - y), (s, y) -> Math.abs(s[0] - y) - 0.7),
        of(Loss.hinge(), (s, y) -> Math.max(0, 1 - s[0] * y), (s, y) -> 1 - s[0] * y),
        of(Loss.squaredHinge(), LossCase::squaredHinge, (s, y) -> 1 - s[0] * y),
        of(
            Loss.smoothedHinge(0.6),
            (s, y) -> smoothedHinge(0.6, s[0] * y),
            (s, y) -> (1 - s[0] * y) * (0.4 - s[0] * y)),
        of(Loss.perceptron(), (s, y) -> Math.max(0, -s[0] * y), (s, y) -> s[0]),
        of(Loss.sparsemax(), (s, y) -> sparsePlus(-s[0] * y), (s, y) -> Math.abs(s[0]) - 1),
        of(Loss.multiclassHinge(), LossCase::multiclassHinge, LossCase::none),
        of(Loss.multiclassPerceptron(), (s, y) -> largest(s) - s[y.intValue()], LossCase::none),
        of(Loss.multiclassSparsemax(), LossCase::multiclassSparsemax, LossCase::none),
        of(Loss.poisson(), (s, y) -> Math.exp(s[0]) - y * s[0], LossCase::none),
        of(Loss.gamma(), (s, y) -> s[0] + y / Math.exp(s[0]), LossCase::none),
        of(Loss.tweedie(1.3), LossCase::tweedie, LossCase::none));
  }

  private static LossCase of(
      Loss loss,
      ToDoubleBiFunction<double[], Double> formula,
      ToDoubleBiFunction<double[], Double> kinks) {
    return new LossCase(loss, formula, kinks);
  }

  int outputs() {
    return loss.labels() == Labels.CLASSES ? 4 : 1;
  }

  /** A label of the loss's set; zero is among those that may be zero. */
  double label(Random random) {
    return switch (loss.labels()) {
      case REAL -> random.nextGaussian();
      case NON_NEGATIVE -> random.nextInt(4);
      case POSITIVE -> 0.1 + random.nextDouble();
      case BINARY -> random.nextBoolean() ? 1 : -1;
      case CLASSES -> random.nextInt(4);
    };
  }

  private static double none(double[] s, double y) {
    return 1;
  }

  private static double softplus(double x) {
    return x > 30 ? x : Math.log1p(Math.exp(x));
  }

  private static double largest(double[] s) {
    double largest = s[0];
    for (double score : s) {
      largest = Math.max(largest, score);
    }
    return largest;
  }

  private static double crossEntropy(double[] s, double y) {
    double largest = largest(s);
    double sum = 0;
    for (double score : s) {
      sum += Math.exp(score - largest);
    }
    return largest - s[(int) y] + Math.log(sum);
  }

  private static double smoothedCrossEntropy(double[] s, double y) {
    double smoothed = 0;
    for (int c = 0; c < s.length; c++) {
      double label = 0.8 * (c == (int) y ? 1 : 0) + 0.2 / s.length;
      smoothed += label * crossEntropy(s, c);
    }
    return smoothed;
  }

  private static double pinball(double q, double r) {
    return r >= 0 ? q * r : (q - 1) * r;
  }

  private static double smoothedQuantile(double[] s, double y) {
    double r = y - s[0];
    return pinball(0.9, r) + (Math.hypot(r, 0.5) - 0.5 - Math.abs(r)) / 2;
  }

  private static double huber(double delta, double r) {
    return Math.abs(r) > delta ? delta * (Math.abs(r) - delta / 2) : r * r / 2;
  }

  private static double squaredHinge(double[] s, double y) {
    double short1 = Math.max(0, 1 - s[0] * y);
    return short1 * short1;
  }

  private static double smoothedHinge(double gamma, double z) {
    if (z >= 1) {
      return 0;
    }
    return z <= 1 - gamma ? 1 - z - gamma / 2 : (1 - z) * (1 - z) / (2 * gamma);
  }

  private static double sparsePlus(double x) {
    if (x <= -1) {
      return 0;
    }
    return x >= 1 ? x : (x + 1) * (x + 1) / 4;
  }

  private static double multiclassHinge(double[] s, double y) {
    double worst = 0;
    for (int c = 0; c < s.length; c++) {
      worst = Math.max(worst, c == (int) y ? 0 : 1 + s[c] - s[(int) y]);
    }
    return worst;
  }

  /**
   * As JAXopt writes it, of the scores less the largest, with the projection found by bisection on
   * its threshold.
   */
  private static double multiclassSparsemax(double[] s, double y) {
    double largest = largest(s);
    double[] behind = Arrays.stream(s).map(score -> score - largest).toArray();
    double low = -1;
    double high = 0;
    for (int k = 0; k < 200; k++) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (double score : behind) {
        sum += Math.max(0, score - middle);
      }
      if (sum > 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double value = 0.5 - behind[(int) y];
    for (double score : behind) {
      double p = Math.max(0, score - low);
      value += p * (score - 0.5 * p);
    }
    return value;
  }

  /**
   * Half the unit deviance (Jorgensen 1997, equation 4.16) less what it has of y alone; of a mean
   * that doubles cannot hold, no number.
   */
  private static double tweedie(double[] s, double y) {
    double p = 1.3;
    double mu = Math.exp(s[0]);
    if (mu < Double.MIN_NORMAL || Double.isInfinite(mu)) {
      return Double.NaN;
    }
    return -y * Math.pow(mu, 1 - p) / (1 - p) + Math.pow(mu, 2 - p) / (2 - p);
  }

  @Override
  public String toString() {
    return loss.toString();
  }
}
