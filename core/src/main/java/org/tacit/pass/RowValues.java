package org.tacit.pass;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Numbers for each row of a table, rows x width, held beside it until they are closed: what a
 * program with sharded outputs returns and a sharded input is bound to. Of several instances that
 * differ each has its own, side by side.
 *
 * <p>They belong to the table that made them, which alone knows where they are; they are let go
 * when closed, and when nobody has them any more.
 */
public final class RowValues implements AutoCloseable {
  private final int width;
  private final int groups;
  private final Consumer<RowValues> release;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private RowValues(int width, int groups, Consumer<RowValues> release) {
    this.width = width;
    this.groups = groups;
    this.release = release;
  }

  /** For a table: what it has just made, and what it does to let go of it. */
  public static RowValues of(int width, int groups, Consumer<RowValues> release) {
    return new RowValues(width, groups, release);
  }

  /** The numbers of each row, of one instance. */
  public int width() {
    return width;
  }

  /** How many instances have their own. */
  public int groups() {
    return groups;
  }

  /** For a table that is asked for what it does not hold. */
  public static IllegalArgumentException elsewhere() {
    return new IllegalArgumentException(
        "Invalid row values: closed, or of another table (must be held beside this one)");
  }

  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      release.accept(this);
    }
  }
}
