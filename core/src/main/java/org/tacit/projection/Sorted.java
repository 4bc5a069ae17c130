package org.tacit.projection;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tacit.primitive.Var;

/** What is done to rows while their elements stand from the largest to the smallest. */
public final class Sorted {
  private Sorted() {}

  /** {@code map} of the sorted rows, put back in the rows' own order. */
  public static Var through(Var rows, UnaryOperator<Var> map) {
    Var order = Var.apply(new SortOrder(), List.of(rows));
    return Permuted.restore(map.apply(Permuted.sort(rows, order)), order);
  }
}
