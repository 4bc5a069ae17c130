package org.tacit.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;

/**
 * Which rows each fold holds out: as many parts of one table as there are folds, of any sizes, by a
 * column that it has. Immutable; nothing is stored beside the rows.
 */
public final class Folds {
  private final List<String> names;
  private final Membership membership;
  private final boolean isPartition;
  private final String column;

  private Folds(List<String> names, Membership membership, boolean isPartition, String column) {
    this.names = List.copyOf(names);
    this.membership = membership;
    this.isPartition = isPartition;
    this.column = column;
  }

  /** 1 for the rows that a fold of this number holds out and 0 for the others, rows x 1. */
  private interface Membership {
    Var of(Var column, Var fold);

    /** The other way about. */
    default Var not(Var column, Var fold) {
      return Var.constant(1).minus(of(column, fold));
    }
  }

  /** Of parts with numbers, by a column: one comparison, both ways. */
  private record Parts(UnaryOperator<Var> numbers) implements Membership {
    @Override
    public Var of(Var column, Var fold) {
      return numbers.apply(column).equalTo(fold);
    }

    @Override
    public Var not(Var column, Var fold) {
      return numbers.apply(column).unequalTo(fold);
    }
  }

  /**
   * K folds of about equal size: a row is in fold floor(K u), u in [0, 1) being the seeded hash of
   * its key ({@link Var#part}), so that rows with one key are in one fold.
   *
   * @param column of whole numbers, such as row numbers or users
   */
  public static Folds byHash(String column, int count, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException("Invalid folds: " + count + " (must be >= 2)");
    }
    return new Folds(
        IntStream.range(0, count).mapToObj(k -> "fold " + k).toList(),
        new Parts(keys -> keys.part(seed, count)),
        true,
        column);
  }

  /** A fold for each of these names, of the rows that have its number, 0 to K - 1, in a column. */
  public static Folds byColumn(String column, List<String> names) {
    if (names.size() < 2 || new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException(
          "Invalid folds: " + names + " (must be two names at least, no two the same)");
    }
    return new Folds(names, new Parts(numbers -> numbers), true, column);
  }

  /**
   * One fold, which holds out the rows whose key's seeded hash is below {@code share}; they are
   * never fitted but in the refit on all rows.
   */
  public static Folds holdOut(String column, double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("Invalid share: " + share + " (must be in (0, 1))");
    }
    return new Folds(
        List.of("hold-out"),
        (keys, fold) ->
            keys.hash(seed).lessThan(Var.constant(share)).times(fold.equalTo(Var.constant(0))),
        false,
        column);
  }

  /** The same whose held-out rows are those that are not reserved; the others are in no fold. */
  public Folds without(Reserve reserve) {
    return new Folds(
        names,
        (keys, fold) -> membership.of(keys, fold).times(Var.constant(1).minus(reserve.mask(keys))),
        false,
        column);
  }

  /** The same whose held-out rows are those that are reserved. */
  public Folds within(Reserve reserve) {
    return new Folds(
        names.stream().map(name -> "the reserve of " + name).toList(),
        (keys, fold) -> membership.of(keys, fold).times(reserve.mask(keys)),
        false,
        column);
  }

  /** What the folds are called, in order. */
  public List<String> names() {
    return names;
  }

  /** K. */
  public int count() {
    return names.size();
  }

  /** The column that says where a row belongs. */
  String column() {
    return column;
  }

  /** Whether every row is held out once. */
  boolean isPartition() {
    return isPartition;
  }

  /** 1 for the rows that fold number {@code fold} (1 x 1) holds out, else 0; none for -1. */
  public Var heldOut(Rows rows, Var fold) {
    return membership.of(rows.column(column), fold);
  }

  /** 1 for the rows that it keeps, else 0; all for -1. */
  Var kept(Rows rows, Var fold) {
    return membership.not(rows.column(column), fold);
  }
}
