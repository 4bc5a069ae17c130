package org.tacit.model;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * A model of rows: the condition F(x, theta) = 0 that its unknowns satisfy on the rows called
 * {@link #TRAIN}, what it predicts of any rows, and what x and theta are called. All that jobs know
 * of a family of models.
 *
 * <p>Rows have features and a label; a weight w_i where they are weighed, and where there is an
 * offset, it is added to what the features predict, in training and everywhere else.
 */
public interface Model {
  /** The name the training rows are bound to. */
  String TRAIN = "train";

  /** The name the rows of the outer objective are bound to. */
  String VALIDATION = "validation";

  /** The largest integer whose exponential is a double. */
  double HIGHEST_THETA = 709;

  /** What a configuration says of a model, before there are rows. */
  interface Form {
    /** The loss whose mean or sum over the training rows is minimised. */
    Loss loss();

    /** Whether a constant is fitted beside the features. */
    boolean hasIntercept();

    /** Whether the objective is differentiable; otherwise solutions may be sparse. */
    boolean isSmooth();

    /**
     * The model on rows of this schema.
     *
     * @param features names of the columns of the features, for messages
     * @param classes the number of classes of a loss of classes
     */
    Model on(Schema schema, List<String> features, int classes);
  }

  /** What its rows have. */
  Schema schema();

  /** What the unknowns stand for. */
  Layout layout();

  /** What each theta is, as in: feature x3. */
  List<String> thetaNames();

  /**
   * How many thetas there are of each kind, such as the penalties of all features, in their order;
   * those of one kind are comparable.
   */
  default List<Integer> kinds() {
    return List.of(thetaNames().size());
  }

  /** Theta as it was given: one number for each, or one for all. */
  Matrix theta(List<Double> given);

  /**
   * The same model with unknowns that suit the moments of the training rows and theta, and the
   * origin of the intercept at {@code origin}. They are the same for every theta it is solved at.
   */
  Model in(ColumnMoments moments, Matrix theta, double origin);

  /** Whether the condition depends on the moments of the training rows. */
  default boolean hasUnits() {
    return false;
  }

  /** The same model in the same unknowns on rows of other moments; itself without units. */
  default Model inUnitsOf(ColumnMoments moments) {
    return this;
  }

  /** The weights of training rows that are part of theta, if any. */
  default Optional<RowWeights> weights() {
    return Optional.empty();
  }

  /** The condition that the unknowns satisfy. */
  Condition inner();

  /** What they minimise, penalties and all, in the condition's symbols. */
  Var objective();

  /** The layout's values in terms of the condition's unknowns. */
  Var solution();

  /** What predictions are made of: rows x outputs, in terms of the condition's unknowns. */
  Var scores(Rows rows);

  /**
   * The mean loss over the rows bound to {@code table}, without penalty, in terms of the
   * condition's symbols.
   */
  default Var outer(Loss loss, String table) {
    return mean(table, (rows, scores) -> loss.of(scores, rows.label()));
  }

  /** The mean over the rows bound to {@code table} of a function of them and their scores. */
  default Var mean(String table, BiFunction<Rows, Var, Var> ofRows) {
    Rows rows = new Rows(table, schema());
    return mean(rows, ofRows.apply(rows, scores(rows)));
  }

  /** sum_i w_i v_i, of a number each row has. */
  static Var sum(Rows rows, Var each) {
    return (rows.schema().has(Rows.WEIGHT) ? each.times(rows.weight()) : each).sumRows();
  }

  /** The same over the sum of the weights. */
  static Var mean(Rows rows, Var each) {
    boolean isWeighted = rows.schema().has(Rows.WEIGHT);
    return sum(rows, each).divide(isWeighted ? rows.total(Rows.WEIGHT) : rows.count());
  }
}
