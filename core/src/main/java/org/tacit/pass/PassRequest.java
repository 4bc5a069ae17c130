package org.tacit.pass;

import java.util.List;

/** One pass over a table as it is wanted: by the table's name, for works that share it. */
record PassRequest(
    String name, Table table, List<PassWork> works, String phase, String description) {
  PassRequest {
    works = List.copyOf(works);
  }

  Journal.Pass told() {
    return new Journal.Pass(
        name,
        phase,
        description,
        works.size(),
        works.stream().mapToInt(PassWork::instances).sum(),
        table.rowCount(),
        works.stream().mapToLong(PassWork::inputBytes).sum());
  }
}
