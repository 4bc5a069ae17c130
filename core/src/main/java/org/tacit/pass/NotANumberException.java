package org.tacit.pass;

import java.util.Optional;
import java.util.function.Supplier;

/** A primitive made a NaN out of numbers: where, and what to look at. */
public final class NotANumberException extends ArithmeticException {
  private static final long serialVersionUID = 2L;

  private final String table;

  NotANumberException(String primitive, int partition, long row) {
    super(
        "NaN from %s in partition %s, near row %s (%s)"
            .formatted(primitive, partition, row, reason(primitive)));
    this.table = null;
  }

  private NotANumberException(NotANumberException found, String table) {
    super(found.getMessage());
    initCause(found);
    this.table = table;
  }

  /** Of a value made of others outside of a program, which is infinite or not a number. */
  public static NotANumberException of(String what) {
    return new NotANumberException(what);
  }

  /** What a value is; nothing where a NaN is met on the way to it. */
  public static <T> Optional<T> orNothing(Supplier<Optional<T>> value) {
    try {
      return value.get();
    } catch (NotANumberException met) {
      return Optional.empty();
    }
  }

  NotANumberException(String primitive) {
    super("NaN from " + primitive + " (" + reason(primitive) + ")");
    this.table = null;
  }

  /** The same, found in a pass over this table. */
  NotANumberException in(String name) {
    return new NotANumberException(this, name);
  }

  /** The name of the table that the pass was over; empty where it was none's. */
  public Optional<String> table() {
    return Optional.ofNullable(table);
  }

  /** What makes a NaN of numbers there, and what helps. */
  private static String reason(String primitive) {
    return switch (primitive) {
      case "log", "log1p", "sqrt", "pow" ->
          "its argument is negative: keep it positive, or shield it with where";
      case "divide", "reciprocal" ->
          "0 / 0, or infinite by infinite: keep the divisor away from 0, or scale both";
      case "solve", "solveRows" ->
          "the system is singular or not finite: add a multiple of the identity to it";
      case "automaticStep" ->
          "the curvature where it is chosen is not finite: start where the objective and its"
              + " derivatives are, or give the step";
      case "neighbours" ->
          "a point is infinite, not a number, or so far out that its place in the square is not"
              + " known: shorten the steps that led there";
      case "sin", "cos" -> "an angle is infinite: bound it";
      default ->
          "infinite numbers meet in it: the data are infinite, or a value before it is beyond"
              + " 1.8e308; scale the columns, or bound what is exponentiated";
    };
  }
}
