package org.tacit.sweep;

import java.util.Map;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * A share of the rows of an outer loss that thetas are not tuned on, so that they can stop the
 * tuning ({@link org.tacit.bilevel.EarlyStopping}): those whose key's seeded hash is below it. Of
 * folds it is a share of what each holds out: no theta is tuned on the loss of these rows, while
 * the models of other folds are fitted to them.
 *
 * @param share of the rows
 * @param seed another one than that of folds by the same key, whose rows the reserve would be of
 */
public record Reserve(double share, long seed) {
  public Reserve {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("Invalid share: " + share + " (must be in (0, 1))");
    }
  }

  /**
   * A loss on the rows that are left, and on those that are reserved.
   *
   * @param tuned 1 x 1
   * @param reserved 1 x 1
   */
  public record Losses(Var tuned, Var reserved) {}

  /**
   * A mean outer loss in two. One pass, for the counts.
   *
   * @param loss 1 x 1, written on {@code rows} in the symbols of the inner condition
   * @param column of whole numbers, such as row numbers
   */
  public Losses of(Condition condition, Var loss, Rows rows, String column, Passes passes) {
    Subject subject = new Subject(rows, condition, Map.of("loss", loss));
    Folds held = Folds.holdOut(column, share, seed);
    FoldedRows folded = FoldedRows.of(passes, rows, held, subject.totals());
    return new Losses(folded.kept(0).apply(loss), folded.heldOut(0).apply(loss));
  }

  /** 1 for the rows that are reserved and 0 for the others, rows x 1. */
  Var mask(Var column) {
    return column.hash(seed).lessThan(Var.constant(share));
  }
}
