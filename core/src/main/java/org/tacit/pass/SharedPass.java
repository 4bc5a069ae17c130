package org.tacit.pass;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One pass for several requests of one table: works of one program are joined to one of all their
 * instances, and those that cannot be are laid side by side.
 */
final class SharedPass {
  private SharedPass() {}

  /** For each request what its works give, as if it were alone. */
  static List<List<PassResult>> run(Passes passes, List<PassRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    Map<Object, List<PassWork>> alike = new LinkedHashMap<>();
    for (PassRequest request : requests) {
      for (PassWork work : request.works()) {
        alike.computeIfAbsent(work.likeness(), like -> new ArrayList<>()).add(work);
      }
    }
    List<PassWork> joined = alike.values().stream().map(PassWork::joined).toList();
    PassRequest one = one(requests, joined);
    Iterator<PassResult> results = passes.runAsIs(one).iterator();
    Map<Object, Iterator<PassResult>> parts = new LinkedHashMap<>();
    Iterator<PassWork> wholes = joined.iterator();
    alike.forEach(
        (like, works) ->
            parts.put(
                like, wholes.next().parts(one.table().schema(), works, results.next()).iterator()));
    return requests.stream()
        .map(request -> request.works().stream().map(w -> parts.get(w.likeness()).next()).toList())
        .toList();
  }

  private static PassRequest one(List<PassRequest> requests, List<PassWork> works) {
    PassRequest first = requests.get(0);
    boolean isOnePhase = requests.stream().allMatch(each -> each.phase().equals(first.phase()));
    String others = requests.size() == 1 ? "" : " of " + requests.size() + " solves";
    return new PassRequest(
        first.name(),
        first.table(),
        works,
        isOnePhase ? first.phase() : "shared",
        first.description() + others);
  }
}
