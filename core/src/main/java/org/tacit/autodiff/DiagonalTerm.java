package org.tacit.autodiff;

import java.util.Optional;
import org.tacit.primitive.Var;

/**
 * How a value depends linearly on the vector v, as far as {@link Diagonal} needs to know it. A
 * value is a sum of terms. "Read" is the range of v that a term depends on.
 */
sealed interface DiagonalTerm {
  /** First and last (exclusive) element of v that is read. */
  record Range(int from, int to) {
    boolean meets(int otherFrom, int otherTo) {
      return from < otherTo && otherFrom < to;
    }
  }

  /**
   * A replicated value whose element k, row after row, is factor_k v_(offset + k); where {@code
   * isPartial}, plus other elements of the range read.
   */
  record Entry(int offset, Var factor, Range read, boolean isPartial) implements DiagonalTerm {}

  /**
   * A value for each row i, a_ic sum_j x_ij w_jc, or the sum of that over the c where {@code
   * isSummed}; no x stands for a single column of ones. Where {@code isPartial}, other columns of w
   * add to column c too.
   */
  record Rowwise(Optional<Var> x, Entry w, Var a, boolean isSummed, boolean isPartial)
      implements DiagonalTerm {
    int width() {
      return w.factor().shape().width();
    }

    Rowwise with(Var newA, boolean nowSummed, boolean nowPartial) {
      return new Rowwise(x, w, newA, nowSummed, nowPartial);
    }
  }

  /** A replicated value whose elements from, ..., to - 1 depend in some way on the range read. */
  record Elsewhere(int from, int to, Range read) implements DiagonalTerm {}
}
