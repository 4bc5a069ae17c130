package org.tacit.pass;

import java.util.List;

/** One pass over a table as it is wanted: by the table's name, for works that share it. */
record PassRequest(
    String name, Table table, List<PassWork> works, String phase, String description) {
  PassRequest {
    works = List.copyOf(works);
  }

  /** One of a table's passes. */
  interface Pass<T> {
    T run(List<PassTask> tasks, List<RowValues> beside, String description);
  }

  <T> T over(Pass<T> pass) {
    Beside beside = new Beside(table.schema().fields().size());
    List<PassTask> tasks = works.stream().map(work -> work.task(table.schema(), beside)).toList();
    return pass.run(tasks, beside.all(), description);
  }

  /** One of several passes that it takes. */
  PassRequest part(List<PassWork> parts, int number, int count) {
    return new PassRequest(
        name, table, parts, phase, description + ", part " + number + " of " + count);
  }

  /** Of inputs and sums. */
  long bytes() {
    return works.stream().mapToLong(work -> work.bytes(table.schema())).sum();
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
