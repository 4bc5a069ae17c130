package org.tacit.pass;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.tacit.matrix.Matrix;
import org.tacit.program.Node;

/**
 * What is worth remembering of tables between evaluations. Solves that share passes remember apart,
 * so that none depends on when another one knows; rows on the driver are theirs together.
 */
final class Memory {
  private final Map<Table, Map<Node, Matrix>> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<Table, InProcessTable> brought =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<RowValues, RowValues> broughtBeside =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Brought all;

  private Memory(Brought all) {
    this.all = all;
  }

  Memory() {
    this(new Brought(Collections.synchronizedMap(new WeakHashMap<>())));
  }

  /** Rows on the driver, whoever brought them. */
  private record Brought(Map<Table, InProcessTable> rows) {
    Optional<InProcessTable> of(Table table) {
      Optional<InProcessTable> there = Optional.ofNullable(rows.get(table)).or(table::onDriver);
      there.filter(found -> found != table).ifPresent(found -> rows.put(table, found));
      return there;
    }
  }

  /** Another that knows the same, and learns by itself. */
  Memory child() {
    Memory child = new Memory(all);
    child.learn(this);
    return child;
  }

  /** What another knows besides. */
  void learn(Memory other) {
    synchronized (other.brought) {
      other.brought.forEach(this::enter);
    }
    synchronized (other.known) {
      other.known.forEach((table, sums) -> sums.forEach(known(table)::putIfAbsent));
    }
  }

  Optional<InProcessTable> onDriver(Table table) {
    return Optional.ofNullable(brought.get(table));
  }

  Optional<InProcessTable> bring(Table table) {
    Optional<InProcessTable> rows = all.of(table);
    rows.filter(found -> found != table).ifPresent(found -> enter(table, found));
    return rows;
  }

  Optional<RowValues> onDriver(RowValues values) {
    return Optional.ofNullable(broughtBeside.get(values));
  }

  void keep(RowValues values, RowValues rows) {
    broughtBeside.put(values, rows);
  }

  private void enter(Table table, InProcessTable rows) {
    brought.put(table, rows);
    known.put(rows, known(table));
  }

  Map<Node, Matrix> known(Table table) {
    return known.computeIfAbsent(table, t -> Collections.synchronizedMap(new WeakHashMap<>()));
  }
}
