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

  /** a and b of a matrix product a b; empty for anything else. */
  public static List<Var> matmul(Var value) {
    return operands(value, value.node().operation().equals(new MatMul(false, false)));
  }

  /** a of a stretched a; empty for anything else. */
  public static List<Var> broadcast(Var value) {
    return operands(value, value.node().operation() instanceof Broadcast);
  }

  /** The matrix and the numbers of its columns less numbers; empty for anything else. */
  public static List<Var> centredColumns(Var value) {
    return operands(value, value.node().operation() instanceof CentredColumns);
  }

  /** The rows of zeros before a value that has zeros around; empty for anything else. */
  public static OptionalInt zerosBefore(Var value) {
    return value.node().operation() instanceof Pad pad && pad.side() == Side.ROWS
        ? OptionalInt.of(pad.before())
        : OptionalInt.empty();
  }

  /** The first row of rows out of a value; empty for anything else. */
  public static OptionalInt firstRow(Var value) {
    return value.node().operation() instanceof Slice slice && slice.side() == Side.ROWS
        ? OptionalInt.of(slice.from())
        : OptionalInt.empty();
  }

  private static List<Var> operands(Var value, boolean isForm) {
    return isForm ? Var.inputs(value.node()) : List.of();
  }
}
