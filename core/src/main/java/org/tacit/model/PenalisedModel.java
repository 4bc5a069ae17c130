package org.tacit.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.projection.Prox;

/**
 * Penalised linear models: coefficients W (features x outputs) and, where asked for, an intercept b
 * (1 x outputs) minimise
 *
 * <pre>
 *   average_i loss(x_i W + b, y_i) + 1/2 sum_jc exp(theta_(j,c)) W_jc^2       (l2)
 *   average_i loss(x_i W + b, y_i) + sum_jc exp(theta_(j,c)) |W_jc|           (l1)
 * </pre>
 *
 * or with both penalties, each with log penalties of its own (elastic net), where theta_(j,c) is
 * the log penalty of the scope that (j, c) belongs to. Outputs are 1, or the classes of a loss of
 * classes. Rows are weighed by a column where there is one. Unknowns are W feature by feature, then
 * b.
 */
public final class PenalisedModel {
  /** The name the training rows are bound to. */
  public static final String TRAIN = "train";

  /** The name the rows of the outer objective are bound to. */
  public static final String VALIDATION = "validation";

  private static final int MOST_CLASSES = 5_000;

  private final Form form;
  private final int features;
  private final int outputs;
  private final boolean isWeighted;
  private final Schema schema;
  private final Penalty penalty;
  private final Coordinates coordinates;
  private final double origin;
  private final Condition condition;

  /**
   * What a configuration says of the model.
   *
   * @param groups for scope GROUP the group of each feature, 0 to the number of groups - 1; empty
   *     otherwise
   */
  public record Form(
      Loss loss,
      Average average,
      boolean hasIntercept,
      PenaltyKind penalty,
      PenaltyScope scope,
      List<Integer> groups) {
    public Form {
      groups = List.copyOf(groups);
    }

    /** With squared penalties. */
    public Form(
        Loss loss,
        Average average,
        boolean hasIntercept,
        PenaltyScope scope,
        List<Integer> groups) {
      this(loss, average, hasIntercept, PenaltyKind.L2, scope, groups);
    }
  }

  /** W, and c of the coordinates, of which b is made. */
  private record Coefficients(Var w, Var c) {}

  private PenalisedModel(
      Form form, Schema schema, int outputs, Coordinates coordinates, double origin) {
    this.form = form;
    this.schema = schema;
    this.features = schema.field(Rows.FEATURES).width();
    this.outputs = outputs;
    this.isWeighted = schema.has(Rows.WEIGHT);
    this.penalty = new Penalty(form.penalty, form.scope, form.groups, features, outputs);
    this.coordinates = coordinates;
    this.origin = origin;
    this.condition = condition();
  }

  /**
   * The model on rows of this schema, its unknowns being W and b themselves; {@code classes} counts
   * the classes of a loss that has them.
   */
  public static PenalisedModel of(Form form, Schema schema, int classes) {
    if (form.scope == PenaltyScope.CLASS && form.loss.labels() != Labels.CLASSES) {
      throw new ModelException(
          "Invalid model.per: class with loss "
              + form.loss.name()
              + " (must be all, feature or group; classes need a loss of classes, such as multinomial)");
    }
    int width = schema.field(Rows.FEATURES).width();
    if (form.scope == PenaltyScope.GROUP && form.groups.size() != width) {
      throw new ModelException(
          "Invalid model.groups: "
              + form.groups.size()
              + " entries (must be "
              + width
              + ", one for each feature)");
    }
    int outputs = form.loss.labels() == Labels.CLASSES ? classes : 1;
    if (outputs > MOST_CLASSES) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "Too many classes: %,d (must be at most %,d, whose indicators fit in memory; check"
                  + " data.classes and the labels)",
              outputs,
              MOST_CLASSES));
    }
    return new PenalisedModel(form, schema, outputs, Coordinates.ofTheData(width), 0);
  }

  /**
   * The same model with unknowns in {@link Coordinates} that suit the moments of the training rows
   * and penalties near {@code theta}, and the origin of the intercept at {@code origin}. They are
   * the same for every theta it is solved at.
   */
  public PenalisedModel in(ColumnMoments moments, Matrix theta, double origin) {
    double rows = form.average == Average.SUM ? moments.total() : 1;
    double[] squared = new double[features];
    Arrays.setAll(squared, j -> penalty.ofSquares(j, theta) / rows);
    Coordinates suited = Coordinates.of(moments, Matrix.column(squared), form.hasIntercept);
    return new PenalisedModel(form, schema, outputs, suited, origin);
  }

  /** The length of theta. */
  public int penalties() {
    return penalty.count();
  }

  /** What log penalty {@code k} weighs, as in: feature x3. */
  public String penaltyName(int k, List<String> featureNames) {
    return penalty.name(k, featureNames);
  }

  /** The smallest penalty exp(theta) on the coefficients of feature {@code j}. */
  public double penaltyOf(int j, Matrix theta) {
    return penalty.ofFeature(j, theta);
  }

  /** The number of coefficients, the intercept not counted. */
  public int coefficients() {
    return features * outputs;
  }

  /** The number of outputs: 1, or the classes. */
  public int outputs() {
    return outputs;
  }

  public int features() {
    return features;
  }

  public boolean hasIntercept() {
    return form.hasIntercept;
  }

  /** The condition that the coefficients satisfy: the gradient of the objective is zero. */
  public Condition inner() {
    return condition;
  }

  /**
   * The mean loss over the rows bound to {@code table}, without penalty, in terms of the
   * condition's symbols.
   */
  public Var outer(Loss loss, String table) {
    Rows rows = new Rows(table, schema);
    return average(rows, losses(loss, rows, condition.x()), Average.MEAN);
  }

  /** Of differences from the origin, where the loss is one of differences. */
  private Var losses(Loss loss, Rows rows, Var x) {
    return loss.isOfDifference() && origin != 0
        ? loss.of(fromOrigin(rows, x), rows.label().minus(origin))
        : loss.of(prediction(rows, x), rows.label());
  }

  /**
   * The mean over the rows bound to {@code table} of a function of them and their scores, rows x
   * outputs, which are what a prediction is made of.
   */
  public Var mean(String table, BiFunction<Rows, Var, Var> ofRows) {
    Rows rows = new Rows(table, schema);
    return average(rows, ofRows.apply(rows, prediction(rows, condition.x())), Average.MEAN);
  }

  /** What the rows bound to {@code table} are told by: rows x outputs. */
  public Var scores(String table) {
    return prediction(new Rows(table, schema), condition.x());
  }

  /** The weight of each of those rows; 1 without weights. */
  public Var weights(String table) {
    Rows rows = new Rows(table, schema);
    return isWeighted ? rows.weight() : Var.constant(1);
  }

  /**
   * W feature by feature, then the intercepts b (those of classes sum to zero), in terms of the
   * condition's unknowns.
   */
  public Var solution() {
    Coefficients coefficients = unpack(condition.x());
    Var w = coefficients.w.reshape(coefficients(), 1);
    if (!form.hasIntercept) {
      return w;
    }
    Var b = coordinates.intercept(coefficients.w, coefficients.c).plus(origin);
    Var pinned = outputs > 1 ? b.minus(b.sumCols().divide(outputs)) : b;
    return Var.concatenate(Side.ROWS, w, pinned.reshape(outputs, 1));
  }

  /** The inner objective, penalties and all, in the condition's symbols. */
  public Var objective() {
    Var smooth = smooth(condition.x(), condition.theta());
    Var w = unpack(condition.x()).w;
    return penalty
        .absolute(condition.theta())
        .map(l -> smooth.plus(l.times(w.abs()).sum()))
        .orElse(smooth);
  }

  private Condition condition() {
    int unknowns = coefficients() + (form.hasIntercept ? outputs : 0);
    if (form.penalty == PenaltyKind.L2) {
      return Stationarity.ofStronglyConvex(
          Parameters.vector(unknowns), Parameters.vector(penalties()), this::smooth);
    }
    return ProximalGradient.ofConvex(unknowns, penalties(), this::smooth, this::shrunk);
  }

  /** The proximal map; an intercept has no penalty, and so no kink at zero. */
  private Var shrunk(Var point, Var theta, Var eta) {
    Var thresholds =
        penalty
            .absolute(theta)
            .orElseThrow()
            .times(coordinates.scale())
            .broadcastTo(Shape.of(features, outputs))
            .reshape(coefficients(), 1);
    Var w = Prox.lasso(thresholds).of(point.slice(Side.ROWS, 0, coefficients()), eta);
    return form.hasIntercept
        ? Var.concatenate(
            Side.ROWS, w, point.slice(Side.ROWS, coefficients(), coefficients() + outputs))
        : w;
  }

  /** The objective but for an l1 penalty. */
  private Var smooth(Var x, Var theta) {
    Rows rows = new Rows(TRAIN, schema);
    Var data = average(rows, losses(form.loss, rows, x), form.average);
    Coefficients coefficients = unpack(x);
    Var total =
        penalty
            .squared(theta)
            .map(l -> data.plus(l.times(coefficients.w.square()).sum().times(0.5)))
            .orElse(data);
    return pinned(coefficients).map(total::plus).orElse(total);
  }

  /**
   * The intercepts of classes can move together without changing any loss; 1/2 (sum c)^2 picks some
   * of them, and is zero there.
   */
  private Optional<Var> pinned(Coefficients coefficients) {
    return form.hasIntercept && outputs > 1
        ? Optional.of(coefficients.c.sum().square().times(0.5))
        : Optional.empty();
  }

  private Coefficients unpack(Var x) {
    Var w = x.slice(Side.ROWS, 0, coefficients()).reshape(Shape.of(features, outputs));
    Var c =
        form.hasIntercept
            ? x.slice(Side.ROWS, coefficients(), coefficients() + outputs)
                .reshape(Shape.of(1, outputs))
            : Var.zero(Shape.of(1, outputs));
    return new Coefficients(w.times(coordinates.scale()), c);
  }

  private Var prediction(Rows rows, Var x) {
    Var margins = fromOrigin(rows, x);
    return origin == 0 ? margins : margins.plus(origin);
  }

  private Var fromOrigin(Rows rows, Var x) {
    Coefficients coefficients = unpack(x);
    return coordinates.margins(rows, coefficients.w, coefficients.c);
  }

  private Var average(Rows rows, Var losses, Average average) {
    Var weighted = isWeighted ? losses.times(rows.weight()) : losses;
    Var count = isWeighted ? rows.total(Rows.WEIGHT) : rows.count();
    return average == Average.SUM ? weighted.sumRows() : weighted.sumRows().divide(count);
  }
}
