package org.tacit.model;

import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/** {@link Tuned#classWeights}; of labels -1 and 1 the negative class first. */
record ClassWeights() implements Tuned {
  @Override
  public String key() {
    return "class-weights";
  }

  @Override
  public int count(Model.Layout layout) {
    return Math.max(2, layout.outputs());
  }

  @Override
  public String name(int k, Model.Layout layout) {
    return "weight of "
        + (layout.outputs() > 1 ? "class " + k : k == 0 ? "negative labels" : "positive labels");
  }

  @Override
  public void require(Loss loss, Schema schema, Model.Layout layout) {
    if (loss.labels() != Labels.CLASSES && loss.labels() != Labels.BINARY) {
      throw new ModelException(
          "model.tune",
          "Invalid model.tune: class-weights with loss %s (must be left out, or model.loss be one of classes, such as logistic or multinomial)"
              .formatted(loss.name()));
    }
  }

  @Override
  public Var losses(Var losses, Rows rows, Var omega) {
    int classes = omega.shape().rows().size();
    Var weights = omega.transpose().softmax().times(classes).transpose();
    return losses.times(ofRows(weights, rows));
  }

  private static Var ofRows(Var weights, Rows rows) {
    if (rows.schema().field(Rows.LABEL).storage() == Storage.KEY) {
      return weights.rows(rows.label());
    }
    Var isPositive = rows.label().greaterThan(Var.constant(0));
    Var rest = weights.at(1).minus(weights.at(0));
    return isPositive.times(rest).plus(weights.at(0));
  }
}
