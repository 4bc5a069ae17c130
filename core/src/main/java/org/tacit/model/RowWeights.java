package org.tacit.model;

import java.util.Optional;
import org.tacit.loss.Loss;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * Weights of training rows that theta holds: row i of key k_i counts
 *
 * <pre>
 *   w_i = 2 / (1 + exp(-omega_(k_i)))
 * </pre>
 *
 * times, between 0 and 2. At omega = 0 every row counts once, which is the model without such
 * weights. A key is a row's own number, where each has a weight (data cleaning), or that of the
 * source it came from. Beside them the column of weights, where there is one, stays what it is; the
 * mean is over it alone.
 *
 * <p>Source: Franceschi, Donini, Frasconi and Pontil, Forward and Reverse Gradient-Based
 * Hyperparameter Optimization, arXiv 1703.01785, section 5.1 (data hyper-cleaning).
 *
 * @param column the column of keys, integers from 0 below {@code count}
 * @param count the number of weights
 */
public record RowWeights(String column, int count) implements Tuned {
  public RowWeights {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid count of weights: " + count + " (must be >= 1)");
    }
  }

  @Override
  public String key() {
    return "weights";
  }

  @Override
  public int count(Model.Layout layout) {
    return count;
  }

  @Override
  public String name(int k, Model.Layout layout) {
    return "weight of " + column + " " + k;
  }

  @Override
  public void require(Loss loss, Schema schema, Model.Layout layout) {
    if (!schema.has(column) || schema.field(column).storage() != Storage.KEY) {
      throw new ModelException(
          "model.weights",
          "Invalid model.weights: %s is no column of keys (must be one of data.keys)"
              .formatted(column));
    }
  }

  @Override
  public Optional<OuterLoss.Groups> groups() {
    return Optional.of(new OuterLoss.Groups(column, count));
  }

  @Override
  public Var losses(Var losses, Rows rows, Var omega) {
    return losses.times(omega.sigmoid().times(2).rows(rows.column(column)));
  }
}
