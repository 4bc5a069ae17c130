package org.tacit.model;

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
 * @param key the column of keys, integers from 0 below {@code count}
 * @param count the number of weights
 */
public record RowWeights(String key, int count) {
  public RowWeights {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid count of weights: " + count + " (must be >= 1)");
    }
  }

  /** w, rows x 1, of omega, count x 1. */
  Var of(Rows rows, Var omega) {
    return omega.sigmoid().times(2).rows(rows.column(key));
  }

  /** How many of the rows have keys that no weight is for, 1 x 1. */
  public Var withoutWeight(Rows rows) {
    return rows.column(key).greaterOrEqual(Var.constant(count)).sumRows();
  }

  String name(int k) {
    return "weight of " + key + " " + k;
  }
}
