package org.tacit.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
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
 * the log penalty of the scope that (j, c) belongs to. Standardised, the penalties are of s_j W_jc,
 * the coefficients of columns of unit deviation, s_j being that of column j in the training rows
 * (by their weights, divided by their sum; 1 for a constant column); W stays in the units of the
 * columns. What is {@link Tuned} beside the log penalties stands behind them in theta and changes
 * how training rows enter. Outputs are 1, or the classes of a loss of classes. Rows are weighed by
 * a column where there is one; an offset is added to x_i W + b. Unknowns are W feature by feature,
 * then b.
 */
public final class PenalisedModel implements Model {
  private static final int MOST_CLASSES = 5_000;

  /** Squares of these leave e^50 times their size to penalties on either side. */
  private static final double LEAST_UNIT = 1e-140;

  private static final double LARGEST_UNIT = 1e140;

  private final Form form;
  private final Schema schema;
  private final Layout layout;
  private final Blocks blocks;
  private final Coordinates coordinates;
  private final double origin;
  private final Optional<Condition> condition;

  /**
   * What a configuration says of the model.
   *
   * @param groups for scope GROUP the group of each feature, 0 to the number of groups - 1; empty
   *     otherwise
   * @param isStandardised whether penalties are of coefficients of columns of unit deviation
   * @param tuned what theta holds behind the log penalties, in this order
   */
  public record Form(
      Loss loss,
      Average average,
      boolean hasIntercept,
      PenaltyKind penalty,
      PenaltyScope scope,
      List<Integer> groups,
      boolean isStandardised,
      List<Tuned> tuned)
      implements Model.Form {
    public Form {
      groups = List.copyOf(groups);
      tuned = List.copyOf(tuned);
    }

    /** With theta of log penalties alone. */
    public Form(
        Loss loss,
        Average average,
        boolean hasIntercept,
        PenaltyKind penalty,
        PenaltyScope scope,
        List<Integer> groups,
        boolean isStandardised) {
      this(loss, average, hasIntercept, penalty, scope, groups, isStandardised, List.of());
    }

    /** With one thing more in theta. */
    public Form with(Tuned more) {
      List<Tuned> all = new ArrayList<>(tuned);
      all.add(more);
      return new Form(loss, average, hasIntercept, penalty, scope, groups, isStandardised, all);
    }

    @Override
    public List<String> tunedParameters() {
      return tuned.stream().flatMap(t -> t.parameter().stream()).toList();
    }

    @Override
    public boolean isSmooth() {
      return penalty == PenaltyKind.L2;
    }

    @Override
    public PenalisedModel on(Schema schema, List<String> features, int classes) {
      boolean hasClasses = loss.labels() == Labels.CLASSES;
      requireScope(hasClasses, features.size());
      if (hasClasses && schema.has(Rows.OFFSET)) {
        throw new ModelException(
            "data.offset",
            String.format(
                "Invalid data.offset with loss %s (must be left out: the same number added to the"
                    + " scores of all classes says nothing)",
                loss.name()));
      }
      int outputs = hasClasses ? classes : 1;
      if (outputs > MOST_CLASSES) {
        throw new ModelException(
            "data.classes",
            String.format(
                Locale.ROOT,
                "Too many classes: %,d (must be at most %,d, whose indicators fit in memory; check"
                    + " data.classes and the labels)",
                outputs,
                MOST_CLASSES));
      }
      Layout layout = new Layout(features, outputs, hasIntercept);
      tuned.forEach(t -> t.require(loss, schema, layout));
      Penalty stated = new Penalty(penalty, scope, groups, layout, Optional.empty());
      return new PenalisedModel(
          this, schema, new Blocks(stated, tuned), Coordinates.ofTheData(features.size()), 0);
    }

    private void requireScope(boolean hasClasses, int width) {
      if (scope == PenaltyScope.CLASS && !hasClasses) {
        throw new ModelException(
            "model.per",
            "Invalid model.per: class with loss "
                + loss.name()
                + " (must be all, feature or group; classes need a loss of classes, such as multinomial)");
      }
      if (scope == PenaltyScope.GROUP && groups.size() != width) {
        throw new ModelException(
            "model.groups",
            "Invalid model.groups: %s entries (must be %s, one for each feature)"
                .formatted(groups.size(), width));
      }
    }
  }

  /** W, and c of the coordinates, of which b is made. */
  private record Coefficients(Var w, Var c) {}

  private PenalisedModel(
      Form form, Schema schema, Blocks blocks, Coordinates coordinates, double origin) {
    this.form = form;
    this.schema = schema;
    this.layout = blocks.penalty().layout();
    this.blocks = blocks;
    this.coordinates = coordinates;
    this.origin = origin;
    this.condition =
        form.isStandardised && blocks.penalty().units().isEmpty()
            ? Optional.empty()
            : Optional.of(condition());
  }

  /**
   * The model on rows of this schema, its unknowns being W and b themselves and its features called
   * by their numbers; {@code classes} counts the classes of a loss that has them.
   */
  public static PenalisedModel of(Form form, Schema schema, int classes) {
    int width = schema.field(Rows.FEATURES).width();
    return form.on(schema, IntStream.range(0, width).mapToObj(j -> "x" + j).toList(), classes);
  }

  /** The unknowns are of {@link Coordinates} for penalties near {@code theta}. */
  @Override
  public PenalisedModel in(ColumnMoments moments, Matrix theta, double origin) {
    requirePenalties(moments, theta);
    requireUnits(moments);
    Blocks inUnits = form.isStandardised ? blocks.in(moments.deviation()) : blocks;
    double rows = form.average == Average.SUM ? moments.total() : 1;
    double[] squared = new double[layout.features().size()];
    Arrays.setAll(squared, j -> inUnits.ofSquares(j, theta) / rows);
    Coordinates suited = Coordinates.of(moments, Matrix.column(squared), form.hasIntercept);
    return new PenalisedModel(form, schema, inUnits, suited, origin);
  }

  @Override
  public boolean hasUnits() {
    return form.isStandardised;
  }

  @Override
  public PenalisedModel inUnitsOf(ColumnMoments moments) {
    requireUnits(moments);
    return form.isStandardised
        ? new PenalisedModel(form, schema, blocks.in(moments.deviation()), coordinates, origin)
        : this;
  }

  /** A constant column does the same as an intercept: without a penalty neither is unique. */
  private void requirePenalties(ColumnMoments moments, Matrix theta) {
    for (int j = 0; form.hasIntercept && j < layout.features().size(); j++) {
      if (moments.isConstant(j) && blocks.ofFeature(j, theta) == 0) {
        throw new ModelException(
            "theta",
            "Invalid theta: column "
                + layout.features().get(j)
                + " is constant, has no penalty (exp(theta) = 0) and stands beside an"
                + " intercept (drop the column with data.features, raise its theta above -700, or set model.intercept = false)");
      }
    }
  }

  /** Penalties of squares are multiplied with s^2, which is to be a number, and not zero. */
  private void requireUnits(ColumnMoments moments) {
    boolean hasSquares = form.isStandardised && form.penalty != PenaltyKind.L1;
    for (int j = 0; hasSquares && j < layout.features().size(); j++) {
      double s = moments.deviation().at(j);
      if (s > 0 && Double.isFinite(s) && (s < LEAST_UNIT || s > LARGEST_UNIT)) {
        throw new ModelException(
            "model.standardise",
            String.format(
                Locale.ROOT,
                "Invalid model.standardise: true with column %s, whose standard deviation over the"
                    + " training rows is %.3g (must be from %.0e to %.0e, which its square can be"
                    + " computed of: multiply the column at its source, or leave it out by"
                    + " data.exclude)",
                layout.features().get(j),
                s,
                LEAST_UNIT,
                LARGEST_UNIT));
      }
    }
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<String> thetaNames() {
    return blocks.names();
  }

  @Override
  public List<Integer> kinds() {
    return blocks.kinds();
  }

  @Override
  public Matrix theta(List<Double> given) {
    return blocks.theta(given);
  }

  /** Of u_j W_jc a log penalty comes to theta_k + log u_j, of its square to theta_k + 2 log u_j. */
  @Override
  public double strength(Matrix theta) {
    return blocks.strength(theta);
  }

  @Override
  public List<Tuned> tuned() {
    return form.tuned;
  }

  @Override
  public Condition inner() {
    return condition.orElseThrow(
        () ->
            new ModelException(
                "model.standardise",
                "No deviations of the columns for model.standardise = true (must be known: take the"
                    + " model in its moments)"));
  }

  @Override
  public Var losses(Loss loss, Rows rows) {
    return losses(loss, rows, inner().x());
  }

  /** Of differences from the origin, where the loss is one of differences. */
  private Var losses(Loss loss, Rows rows, Var x) {
    return loss.isOfDifference() && origin != 0
        ? loss.of(fromOrigin(rows, x), rows.label().minus(origin))
        : loss.of(prediction(rows, x), rows.label());
  }

  @Override
  public Var scores(Rows rows) {
    return prediction(rows, inner().x());
  }

  /** The intercepts of classes sum to zero. */
  @Override
  public Var solution() {
    Coefficients coefficients = unpack(inner().x());
    Var w = coefficients.w.reshape(layout.coefficients(), 1);
    if (!form.hasIntercept) {
      return w;
    }
    int outputs = layout.outputs();
    Var b = coordinates.intercept(coefficients.w, coefficients.c).plus(origin);
    Var pinned = outputs > 1 ? b.minus(b.sumCols().divide(outputs)) : b;
    return Var.concatenate(Side.ROWS, w, pinned.reshape(outputs, 1));
  }

  @Override
  public Var objective() {
    Var smooth = smooth(inner().x(), inner().theta());
    Var w = unpack(inner().x()).w;
    return blocks
        .absolute(inner().theta())
        .map(l -> smooth.plus(l.times(w.abs()).sum()))
        .orElse(smooth);
  }

  private Condition condition() {
    int thetas = blocks.count();
    if (form.isSmooth()) {
      return Stationarity.ofStronglyConvex(
          Parameters.vector(layout.size()), Parameters.vector(thetas), this::smooth);
    }
    return ProximalGradient.ofConvex(layout.size(), thetas, this::smooth, this::shrunk);
  }

  /** The proximal map; an intercept has no penalty, and so no kink at zero. */
  private Var shrunk(Var point, Var theta, Var eta) {
    int coefficients = layout.coefficients();
    Var thresholds =
        blocks
            .absolute(theta)
            .orElseThrow()
            .times(coordinates.scale())
            .broadcastTo(Shape.of(layout.features().size(), layout.outputs()))
            .reshape(coefficients, 1);
    Var w = Prox.lasso(thresholds).of(point.slice(Side.ROWS, 0, coefficients), eta);
    return form.hasIntercept
        ? Var.concatenate(Side.ROWS, w, point.slice(Side.ROWS, coefficients, layout.size()))
        : w;
  }

  /** The objective but for an l1 penalty. */
  private Var smooth(Var x, Var theta) {
    Rows rows = new Rows(TRAIN, schema);
    Var losses = blocks.losses(losses(blocks.loss(form.loss, theta), rows, x), rows, theta);
    Var data = form.average == Average.SUM ? rows.sum(losses) : rows.mean(losses);
    Coefficients coefficients = unpack(x);
    Var total =
        blocks
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
    return form.hasIntercept && layout.outputs() > 1
        ? Optional.of(coefficients.c.sum().square().times(0.5))
        : Optional.empty();
  }

  private Coefficients unpack(Var x) {
    int coefficients = layout.coefficients();
    Shape row = Shape.of(1, layout.outputs());
    Var w =
        x.slice(Side.ROWS, 0, coefficients)
            .reshape(Shape.of(layout.features().size(), layout.outputs()));
    Var c =
        form.hasIntercept
            ? x.slice(Side.ROWS, coefficients, layout.size()).reshape(row)
            : Var.zero(row);
    return new Coefficients(w.times(coordinates.scale()), c);
  }

  private Var prediction(Rows rows, Var x) {
    Var margins = fromOrigin(rows, x);
    return origin == 0 ? margins : margins.plus(origin);
  }

  private Var fromOrigin(Rows rows, Var x) {
    Coefficients coefficients = unpack(x);
    Var margins = coordinates.margins(rows, coefficients.w, coefficients.c);
    return schema.has(Rows.OFFSET) ? margins.plus(rows.column(Rows.OFFSET)) : margins;
  }
}
