package org.tacit.loss;

import java.util.List;
import java.util.Optional;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;

/**
 * A loss: a number for each row, from the row's prediction s and label y. Of labels -1 or 1 it is
 * one of the margin z = y s; of K classes s is a row of K scores, where a score of -infinity masks
 * its class, and the loss of a row whose own class is masked is infinite.
 */
public interface Loss extends OuterLoss {
  /** The parameter of losses of classes by which labels are smoothed. */
  String LABEL_SMOOTHING = "label-smoothing";

  /** The loss of each row, rows x 1, for predictions rows x outputs and labels rows x 1. */
  Var of(Var prediction, Var label);

  /** Whether it is a function of prediction - label alone. */
  default boolean isOfDifference() {
    return false;
  }

  /** Whether predictions are logs of what labels are: those of y times c are log c higher. */
  default boolean isOfLogarithms() {
    return false;
  }

  /** Its parameters, in the order of its formula's; none of most losses. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** The same with a parameter as a value of the program, 1 x 1, and so no parameter any more. */
  default Loss with(String parameter, Var value) {
    throw new IllegalArgumentException(
        "Invalid parameter of loss %s: %s (must be one of %s)"
            .formatted(name(), parameter, parameters().stream().map(Parameter::name).toList()));
  }

  /** The mean of the rows' losses, by their weights where they have some. */
  @Override
  default Var over(Rows rows, Predicted predicted) {
    return rows.mean(predicted.losses(this));
  }

  @Override
  default Optional<Loss> ofRows() {
    return Optional.of(this);
  }

  /**
   * For a loss with kinks, what to minimise instead. A minimiser may sit on a kink, where A = d1F
   * does not exist and no derivative of the solution is to be trusted; as an outer objective such a
   * loss does no harm. Empty where the gradient is continuous.
   */
  default Optional<String> smoothAlternative() {
    return Optional.empty();
  }

  /** 1/2 (s - y)^2. */
  static Loss squared() {
    return NamedLoss.of(Labels.REAL, "squared", (s, y) -> s.minus(y).square().times(0.5));
  }

  /**
   * |r| for r = s - y, any real label; with smoothing b > 0 it is sqrt(r^2 + b^2) - b, which lies
   * at most b below.
   *
   * <p>With b = 0 the derivative at r = 0 is 0. Convex; smooth of any order for b > 0, with second
   * derivative at most 1 / b.
   */
  static Loss absolute(double smoothing) {
    Bound.notNegative("smoothing", smoothing);
    NamedLoss loss =
        NamedLoss.of(
            Labels.REAL,
            "absolute",
            (s, y, p) -> NamedLoss.distance(s.minus(y), p.get(0)),
            new Parameter("smoothing", smoothing, Parameter.Link.LOG));
    return smoothing > 0 ? loss : loss.withKinks("absolute with smoothing > 0, or huber");
  }

  /**
   * 1/2 r^2 for |r| &lt;= delta, delta (|r| - delta / 2) beyond, with r = s - y and any real label.
   *
   * <p>The gradient is continuous; at |r| = delta the second derivative is 0, that of the outside.
   * Source: Huber, Robust estimation of a location parameter, 1964; JAXopt's huber_loss.
   */
  static Loss huber(double delta) {
    Bound.positive("delta", delta);
    return NamedLoss.of(
        Labels.REAL,
        "huber",
        (s, y, p) -> {
          Var residual = s.minus(y);
          Var within = NamedLoss.clip(residual, p.get(0).negate(), p.get(0));
          Var beyond = residual.abs().plus(p.get(0).negate()).max(Var.constant(0));
          return within.square().times(0.5).plus(beyond.times(p.get(0)));
        },
        new Parameter("delta", delta, Parameter.Link.LOG));
  }

  /**
   * The pinball loss (q - [r &lt; 0]) r = |r| / 2 + (q - 1/2) r for r = y - s, any real label; its
   * mean is least at the q-quantile. With smoothing b > 0, |r| becomes sqrt(r^2 + b^2) - b, which
   * is at most b below.
   *
   * <p>With b = 0 the derivative in the prediction at r = 0 is 1/2 - q. Source: Koenker and
   * Bassett, Regression quantiles, 1978; scikit-learn's pinball loss is the case b = 0.
   */
  static Loss quantile(double quantile, double smoothing) {
    Bound.between("quantile", quantile, 0, 1);
    Bound.notNegative("smoothing", smoothing);
    NamedLoss loss =
        NamedLoss.of(
            Labels.REAL,
            "quantile",
            (s, y, p) -> {
              Var residual = y.minus(s);
              Var distance = NamedLoss.distance(residual, p.get(1));
              return distance.times(0.5).plus(residual.times(p.get(0).plus(-0.5)));
            },
            new Parameter("quantile", quantile, Parameter.Link.LOGIT),
            new Parameter("smoothing", smoothing, Parameter.Link.LOG));
    return smoothing > 0 ? loss : loss.withKinks("quantile with smoothing > 0");
  }

  /** log(1 + exp(-z)), labels -1 or 1. */
  static Loss logistic() {
    return logistic(0);
  }

  /**
   * The same of smoothed labels, (1 - s/2) l(z) + s/2 l(-z) = l(z) + s z / 2: a label is the other
   * one with probability s/2, as if a share s of them were drawn anew.
   *
   * <p>Source: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, Rethinking the Inception architecture
   * for computer vision, arXiv 1512.00567, section 7.
   */
  static Loss logistic(double smoothing) {
    Bound.share("label smoothing", smoothing);
    return NamedLoss.ofMargin(
        "logistic",
        (z, s) -> {
          Var loss = z.negate().softplus();
          return s.isZero() ? loss : loss.plus(z.times(s.times(0.5)));
        },
        new Parameter(LABEL_SMOOTHING, smoothing, Parameter.Link.LOGIT));
  }

  /**
   * max(1 - z, 0), labels -1 or 1.
   *
   * <p>At z = 1 the derivative in z is -1, that of the left. Source: Cortes and Vapnik,
   * Support-vector networks, 1995; JAXopt's binary_hinge_loss.
   */
  static Loss hinge() {
    return NamedLoss.ofMargin("hinge", z -> Var.constant(1).minus(z).max(Var.constant(0)))
        .withKinks("smoothed-hinge or squared-hinge");
  }

  /**
   * max(1 - z, 0)^2, labels -1 or 1.
   *
   * <p>The gradient is continuous; at z = 1 the second derivative is 2, that of the left. Source:
   * Fan et al., LIBLINEAR, 2008, section 2 (L2-loss).
   */
  static Loss squaredHinge() {
    return NamedLoss.ofMargin(
        "squared-hinge", z -> Var.constant(1).minus(z).max(Var.constant(0)).square());
  }

  /**
   * With x = 1 - z, labels -1 or 1: 0 for x &lt;= 0, x^2 / (2 b) up to x = b, x - b / 2 beyond; the
   * hinge as b goes to 0.
   *
   * <p>The gradient is continuous; where two pieces meet the second derivative is 0. Source:
   * Shalev-Shwartz and Zhang, Stochastic dual coordinate ascent, 2013, section 5; with b = 1 Rennie
   * and Srebro's of 2005.
   */
  static Loss smoothedHinge(double smoothing) {
    Bound.positive("smoothing", smoothing);
    return NamedLoss.ofMargin(
        "smoothed-hinge",
        (z, width) -> NamedLoss.ramp(Var.constant(1).minus(z), width),
        new Parameter("smoothing", smoothing, Parameter.Link.LOG));
  }

  /**
   * max(-z, 0), labels -1 or 1.
   *
   * <p>At z = 0 the derivative in z is -1, that of the left. Source: Rosenblatt, The perceptron,
   * 1958; JAXopt's binary_perceptron_loss.
   */
  static Loss perceptron() {
    return NamedLoss.ofMargin("perceptron", z -> z.negate().max(Var.constant(0)))
        .withKinks("logistic or sparsemax");
  }

  /**
   * With x = -z, labels -1 or 1: 0 for x &lt;= -1, (x + 1)^2 / 4 up to x = 1, x beyond; the
   * probability it fits, (1 - x) / 2 in [0, 1], reaches both ends.
   *
   * <p>The gradient is continuous; where two pieces meet the second derivative is 0. Source:
   * Martins and Astudillo, From softmax to sparsemax, 2016, section 3.2; JAXopt's
   * binary_sparsemax_loss.
   */
  static Loss sparsemax() {
    return NamedLoss.ofMargin(
        "sparsemax", z -> NamedLoss.ramp(z.negate().plus(1), Var.constant(2)));
  }

  /**
   * log(sum_c exp(s_c)) - s_y: the cross entropy of softmax, with a column of scores for each class
   * 0 to K - 1 and no class pinned to zero.
   */
  static Loss multinomial() {
    return multinomial(0);
  }

  /**
   * The same of smoothed labels, (1 - s) e_y + s / K instead of e_y: log(sum_c exp(s_c)) - (1 - s)
   * s_y - s/K sum_c s_c. Infinite where any class is masked.
   *
   * <p>Source: Szegedy and others, arXiv 1512.00567, section 7.
   */
  static Loss multinomial(double smoothing) {
    Bound.share("label smoothing", smoothing);
    return NamedLoss.of(
        Labels.CLASSES,
        "multinomial",
        (scores, y, p) -> {
          NamedLoss.ClassScores s = NamedLoss.ClassScores.of(scores, y);
          Var loss = s.all().logSumExp().minus(s.own());
          Var mean = s.all().sumCols().divide(scores.shape().width());
          return p.get(0).isZero() ? loss : loss.plus(s.own().minus(mean).times(p.get(0)));
        },
        new Parameter(LABEL_SMOOTHING, smoothing, Parameter.Link.LOGIT));
  }

  /**
   * max_c (s_c + [c != y]) - s_y for scores s and a class y from 0 to K - 1.
   *
   * <p>Where several classes reach the largest, the derivative is the mean of theirs. Source:
   * Crammer and Singer, On the algorithmic implementation of multiclass kernel-based vector
   * machines, 2001; JAXopt's multiclass_hinge_loss.
   */
  static Loss multiclassHinge() {
    return NamedLoss.ofScores(
            "multiclass-hinge",
            s -> s.all().plus(Var.constant(1).minus(s.isOwn())).maxCols().minus(s.own()))
        .withKinks("multinomial or multiclass-sparsemax");
  }

  /**
   * max_c s_c - s_y for scores s and a class y from 0 to K - 1.
   *
   * <p>Where several classes reach the largest, the derivative is the mean of theirs. Source:
   * Crammer and Singer, Ultraconservative online algorithms for multiclass problems, 2003; JAXopt's
   * multiclass_perceptron_loss.
   */
  static Loss multiclassPerceptron() {
    return NamedLoss.ofScores("multiclass-perceptron", s -> s.all().maxCols().minus(s.own()))
        .withKinks("multinomial or multiclass-sparsemax");
  }

  /**
   * The Fenchel-Young loss of the projection on the probability simplex: max_p (p's - 1/2 |p|^2) +
   * 1/2 - s_y for scores s and a class y from 0 to K - 1.
   *
   * <p>The gradient is p - e_y with p the projection of s; its derivative is that of {@link
   * Projection#ontoSimplex}. Source: Martins and Astudillo, From softmax to sparsemax, 2016,
   * section 3; JAXopt's multiclass_sparsemax_loss.
   */
  static Loss multiclassSparsemax() {
    FenchelYoung simplex =
        new FenchelYoung(
            Projection.ontoSimplex(Extent.ROWS, Var.constant(1))::of,
            p -> p.square().sumCols().times(0.5));
    return NamedLoss.ofScores("multiclass-sparsemax", s -> simplex.of(s.all(), s.isOwn()));
  }

  /**
   * exp(s) - y s for the log of the mean s and a count y >= 0: half the Poisson deviance up to a
   * constant of y. Infinite where exp(s) is (s above 709).
   *
   * <p>Source: McCullagh and Nelder, Generalized linear models, 1989, section 6.2; scikit-learn's
   * HalfPoissonLoss.
   */
  static Loss poisson() {
    return NamedLoss.of(Labels.NON_NEGATIVE, "poisson", (s, y) -> s.exp().minus(s.times(y)));
  }

  /**
   * s + y exp(-s) for the log of the mean s and a label y > 0: half the gamma deviance up to a
   * constant of y. Infinite where exp(-s) is (s below -709).
   *
   * <p>Source: McCullagh and Nelder, Generalized linear models, 1989, section 8.3; scikit-learn's
   * HalfGammaLoss.
   */
  static Loss gamma() {
    return NamedLoss.of(Labels.POSITIVE, "gamma", (s, y) -> s.plus(s.negate().exp().times(y)));
  }

  /**
   * exp((2 - p) s) / (2 - p) + y exp((1 - p) s) / (p - 1) for the log of the mean s, a label y >= 0
   * and a power p in (1, 2): half the Tweedie deviance up to a constant of y; between Poisson (p =
   * 1) and gamma (p = 2), with a positive probability of y = 0.
   *
   * <p>At y = 0 the second term is 0 whatever s is. Source: Jorgensen, The theory of dispersion
   * models, 1997, chapter 4; scikit-learn's HalfTweedieLoss.
   */
  static Loss tweedie(double power) {
    Bound.between("power", power, 1, 2);
    return NamedLoss.of(
        Labels.NON_NEGATIVE,
        "tweedie",
        (s, y, p) -> {
          Var zero = Var.constant(0);
          Var score = Var.where(y.greaterThan(zero), s, zero); // 0 exp(infinity) is never taken
          Var above = p.get(0).plus(-1); // p - 1
          Var below = p.get(0).negate().plus(2); // 2 - p
          Var mean = s.times(below).exp().divide(below);
          return mean.plus(score.times(above.negate()).exp().times(y).divide(above));
        },
        new Parameter("power", power, Parameter.Link.LOGIT_ABOVE_ONE));
  }
}
