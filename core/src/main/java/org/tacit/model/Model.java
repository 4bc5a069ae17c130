package org.tacit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
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

    /** Parameters of the loss that are part of theta, by name. */
    default List<String> tunedParameters() {
      return List.of();
    }

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

  /** What theta holds behind the log penalties, in this order. */
  default List<Tuned> tuned() {
    return List.of();
  }

  /** How many log penalties theta begins with. */
  default int penalties() {
    return thetaNames().size() - tuned().stream().mapToInt(t -> t.count(layout())).sum();
  }

  /**
   * How strong the penalties at theta are together: the sum of the log penalties, whatever else
   * theta holds. Where that changes what they are of, it is the sum of what they come to.
   */
  default double strength(Matrix theta) {
    return IntStream.range(0, penalties()).mapToDouble(theta::at).sum();
  }

  /** The condition that the unknowns satisfy. */
  Condition inner();

  /** What they minimise, penalties and all, in the condition's symbols. */
  Var objective();

  /** The layout's values in terms of the condition's unknowns. */
  Var solution();

  /** What predictions are made of: rows x outputs, in terms of the condition's unknowns. */
  Var scores(Rows rows);

  /** The loss of each row, rows x 1, without penalty and as it is stated. */
  default Var losses(Loss loss, Rows rows) {
    return loss.of(scores(rows), rows.label());
  }

  /**
   * An outer loss over the rows bound to {@code table}, without penalty, in terms of the
   * condition's symbols.
   */
  default Var outer(OuterLoss loss, String table) {
    Rows rows = new Rows(table, schema());
    return loss.over(rows, predicted(rows));
  }

  /** What it says of rows. */
  default OuterLoss.Predicted predicted(Rows rows) {
    return new OuterLoss.Predicted() {
      @Override
      public Var scores() {
        return Model.this.scores(rows);
      }

      @Override
      public Var losses(Loss loss) {
        return Model.this.losses(loss, rows);
      }
    };
  }

  /** The mean over the rows bound to {@code table} of a function of them and their scores. */
  default Var mean(String table, BiFunction<Rows, Var, Var> ofRows) {
    Rows rows = new Rows(table, schema());
    return rows.mean(ofRows.apply(rows, scores(rows)));
  }

  /**
   * What the unknowns of a model are: coefficients W (features x outputs, row by row), then an
   * intercept for each output where there are any.
   */
  record Layout(List<String> features, int outputs, boolean hasIntercept) {
    public Layout {
      features = List.copyOf(features);
    }

    /** The number of coefficients, the intercepts not counted. */
    public int coefficients() {
      return features.size() * outputs;
    }

    /** The number of unknowns. */
    public int size() {
      return coefficients() + (hasIntercept ? outputs : 0);
    }

    /** Unknown {@code i} as messages call it: the coefficient of x3 for class 1. */
    public String described(int i) {
      String ofClass = outputs > 1 ? " for class " + i % outputs : "";
      return i < coefficients()
          ? "the coefficient of " + features.get(i / outputs) + ofClass
          : "the intercept" + ofClass;
    }

    /** The names of a table of the unknowns: a row for each feature, and one of the intercepts. */
    public List<String> rows() {
      List<String> names = new ArrayList<>(features);
      if (hasIntercept) {
        names.add("(intercept)");
      }
      return names;
    }

    /** The names of its columns. */
    public List<String> columns() {
      return outputs == 1
          ? List.of("coefficient")
          : IntStream.range(0, outputs).mapToObj(k -> "class " + k).toList();
    }

    /** The name of each unknown. */
    public List<String> names() {
      return outputs == 1
          ? rows()
          : rows().stream()
              .flatMap(row -> columns().stream().map(column -> row + ", " + column))
              .toList();
    }
  }
}
