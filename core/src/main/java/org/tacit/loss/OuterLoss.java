package org.tacit.loss;

import java.util.Map;
import java.util.Optional;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * What a model's predictions of some rows come to, one number that is to be small: the mean of a
 * {@link Loss}, or another function of sums over the rows. Hyper-parameters are judged by it.
 */
public interface OuterLoss {
  /** The name that configurations use. */
  String name();

  /** The labels it is defined for. */
  Labels labels();

  /** Its value, 1 x 1. */
  Var over(Rows rows, Predicted predicted);

  /** What tables of results call it. */
  default String title() {
    return "mean " + name() + " loss";
  }

  /**
   * Of every kind of rows that there must be some of, by name, the weight of those that there are,
   * 1 x 1.
   */
  default Map<String, Var> needed(Rows rows) {
    return Map.of();
  }

  /** The loss whose mean over rows it is, if it is a mean, whose error its rows tell. */
  default Optional<Loss> ofRows() {
    return Optional.empty();
  }

  /** The groups whose keys it reads. */
  default Optional<Groups> groups() {
    return Optional.empty();
  }

  /** What tells the same and is not minimised, by name, 1 x 1. */
  default Map<String, Var> beside(Rows rows, Predicted predicted) {
    return Map.of();
  }

  /** What a model says of rows. */
  interface Predicted {
    /** Rows x outputs. */
    Var scores();

    /** Of each row, rows x 1. */
    Var losses(Loss loss);
  }

  /**
   * What the area under the curve lacks to 1, smoothed: the mean, over all pairs of a positive row
   * i and a negative row j by the product of their weights, of
   *
   * <pre>
   *   Phi(-(s_i - s_j) / (h sigma)),    sigma^2 = v_+ + v_-
   * </pre>
   *
   * v being the variances of both classes' scores, so that, like the area, it does not change with
   * the scale of scores or a number added to all of them; as h goes to 0 it is the share of pairs
   * in the wrong order. No pair is formed or drawn: a Fourier series of Phi makes it of sums over
   * rows, of 20 sines and cosines each at h = 0.5 and of 96 at 0.1, to 1e-5 for pairs that are less
   * than (12 - 5 h) sigma apart. Cost: two passes, three with its gradient.
   *
   * <p>Source: Calders and Jaroszewicz, Efficient AUC optimization for classification, 2007,
   * section 3 (a smoothed step, as a polynomial there, whose mean over pairs is one scan); Yan,
   * Dodier, Mozer and Wolniewicz, Optimizing classifier performance via the Wilcoxon-Mann-Whitney
   * statistic, 2003.
   *
   * @param width h
   */
  static OuterLoss areaUnderCurve(double width) {
    Bound.between("width", width, 0.01, 2);
    return new SmoothArea(width);
  }

  /**
   * The mean of (margin - (s_i - s_j))^2 over the same pairs. As the rows of a pair are any two, it
   * is exactly
   *
   * <pre>
   *   (margin - (m_+ - m_-))^2 + v_+ + v_-
   * </pre>
   *
   * with the means m of both classes' scores: one pass, and two with its gradient. Least where all
   * differences are the margin: pairs far in the right order cost as those in the wrong one do, and
   * the scale of scores counts, unlike for the area.
   *
   * <p>Source: Gao, Jin, Zhu and Zhou, One-pass AUC optimization, 2013, section 3.
   */
  static OuterLoss squaredPairs(double margin) {
    Bound.positive("margin", margin);
    return new PairwiseSquared(margin);
  }

  /**
   * The largest mean loss of a group, smoothed: T log sum_g exp(L_g / T), L_g being the mean of
   * {@code loss} over the rows of group g by their weights. It is at least the largest L_g and at
   * most T log G above it. One pass, and two with its gradient, which is that of the groups' means
   * weighed by softmax(L / T).
   *
   * <p>Source: Sagawa, Koh, Hashimoto and Liang, Distributionally robust neural networks for group
   * shifts, arXiv 1911.08731, section 2; smoothed as by Nesterov, Smooth minimization of non-smooth
   * functions, 2005, section 4.
   */
  static OuterLoss worstGroup(Loss loss, Groups groups, double temperature) {
    Bound.positive("temperature", temperature);
    return new WorstGroup(loss, groups, temperature);
  }

  /**
   * Rows in groups by a column of keys, such as the sources or people that they come from.
   *
   * @param column integers from 0 below {@code count}
   * @param count the number of groups
   */
  record Groups(String column, int count) {
    public Groups {
      Bound.atLeastOne("count of groups", count);
    }

    /** The sums of a value of each row, groups x columns, by the rows' weights. */
    Var sums(Rows rows, Var each) {
      return rows.weighed(each).sumByKey(rows.column(column), count);
    }

    /** Of each row what its group has, of groups x columns. */
    public Var each(Rows rows, Var ofGroups) {
      return ofGroups.rows(rows.column(column));
    }

    /** How many rows have keys of no group, 1 x 1. */
    public Var without(Rows rows) {
      return rows.column(column).greaterOrEqual(Var.constant(count)).sumRows();
    }
  }
}
