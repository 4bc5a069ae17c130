package org.tacit.pass;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.tacit.matrix.Matrix;
import org.tacit.program.Node;

/** What is worth remembering of tables between evaluations. */
final class Memory {
  private final Map<Table, Map<Node, Matrix>> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<Table, InProcessTable> brought =
      Collections.synchronizedMap(new WeakHashMap<>());

  Optional<InProcessTable> onDriver(Table table) {
    return Optional.ofNullable(brought.get(table));
  }

  void keep(Table table, InProcessTable rows) {
    brought.put(table, rows);
    known.put(rows, known(table));
  }

  Map<Node, Matrix> known(Table table) {
    return known.computeIfAbsent(table, t -> Collections.synchronizedMap(new WeakHashMap<>()));
  }
}
