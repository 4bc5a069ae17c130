package org.tacit.primitive;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a value was written as, for rewritings that look for products and sums: its operands, or
 * nothing.
 */
public final class Form {
  private Form() {}

  /** a and b of an elementwise product a b; empty for anything else. */
  public static List<Var> product(Var value) {
    return operands(value, value.node().operation() instanceof Times);
  }

  /** a and b of a sum a + b; empty for anything else. */
  public static List<Var> sum(Var value) {
    return operands(value, value.node().operation() instanceof Plus);
  }

  /** a of -a; empty for anything else. */
  public static List<Var> negation(Var value) {
    return operands(value, value.node().operation() instanceof Negate);
  }

  /** a and b of a difference a - b; empty for anything else. */
  public static List<Var> difference(Var value) {
    return operands(value, value.node().operation() instanceof Minus);
  }

  /** a and b of a matrix product a b; empty for anything else. */
  public static List<Var> matmul(Var value) {
    return operands(value, value.node().operation().equals(new MatMul(false, false)));
  }

  /** a and b of a matrix product a' b; empty for anything else. */
  public static List<Var> transposedMatmul(Var value) {
    return operands(value, value.node().operation().equals(new MatMul(true, false)));
  }

  /** a of the sum of a's columns; empty for anything else. */
  public static List<Var> sumCols(Var value) {
    return operands(value, value.node().operation() instanceof SumCols);
  }

  /** a of the sum of a's rows; empty for anything else. */
  public static List<Var> sumRows(Var value) {
    return operands(value, value.node().operation() instanceof SumRows);
  }

  /** a of a stretched a; empty for anything else. */
  public static List<Var> broadcast(Var value) {
    return operands(value, value.node().operation() instanceof Broadcast);
  }

  /** a of a reshaped a; empty for anything else. */
  public static List<Var> reshape(Var value) {
    return operands(value, value.node().operation() instanceof Reshape);
  }

  /** The matrix and the numbers of its columns less numbers; empty for anything else. */
  public static List<Var> centredColumns(Var value) {
    return operands(value, value.node().operation() instanceof CentredColumns);
  }

  /**
   * Where the rows of a slice start in what it is a slice of, or where what a pad holds starts in
   * the pad; empty for anything else.
   */
  public static OptionalInt offset(Var value) {
    if (value.node().operation() instanceof Slice slice && slice.side() == Side.ROWS) {
      return OptionalInt.of(slice.from());
    }
    return value.node().operation() instanceof Pad pad && pad.side() == Side.ROWS
        ? OptionalInt.of(-pad.before())
        : OptionalInt.empty();
  }

  private static List<Var> operands(Var value, boolean isForm) {
    return isForm ? value.node().inputs().stream().map(Var::of).toList() : List.of();
  }
}
