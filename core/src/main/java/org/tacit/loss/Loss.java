package org.tacit.loss;

import org.tacit.primitive.Var;

/** A loss: a number for each row, from the row's predictions and label. */
public interface Loss {
  /** The name that configurations use. */
  String name();

  /** The loss of each row, rows x 1, for predictions rows x outputs and labels rows x 1. */
  Var of(Var prediction, Var label);
}
