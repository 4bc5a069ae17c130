package org.tacit.pass;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.matrix.Schema;

/**
 * One pass for several requests of one table: works of one program are joined to one of all their
 * instances, and those that cannot be are laid side by side. One request that is too wide for that
 * is several passes, of some of its instances each.
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

  /** The same; a request alone takes at most so many bytes a pass, or those of one instance. */
  static List<List<PassResult>> run(Passes passes, List<PassRequest> requests, long mostBytes) {
    return requests.size() == 1 && requests.get(0).bytes() > mostBytes
        ? List.of(inParts(passes, requests.get(0), mostBytes))
        : run(passes, requests);
  }

  /** The first part of each work in the first pass, and so on. */
  private static List<PassResult> inParts(Passes passes, PassRequest wide, long mostBytes) {
    Schema schema = wide.table().schema();
    Map<PassWork, List<PassWork>> parts = new LinkedHashMap<>();
    Map<PassWork, List<PassResult>> results = new LinkedHashMap<>();
    for (PassWork work : wide.works()) {
      long others = wide.bytes() - work.bytes(schema);
      parts.put(work, work.within(schema, mostBytes - others));
      results.put(work, new ArrayList<>());
    }
    int most = parts.values().stream().mapToInt(List::size).max().orElse(0);
    for (int at = 0; at < most; at++) {
      int part = at;
      List<PassWork> next = wide.works().stream().filter(w -> parts.get(w).size() > part).toList();
      List<PassWork> now = next.stream().map(work -> parts.get(work).get(part)).toList();
      Iterator<PassResult> found =
          passes.runAsIs(most == 1 ? wide : wide.part(now, at + 1, most)).iterator();
      next.forEach(work -> results.get(work).add(found.next()));
    }
    return wide.works().stream()
        .map(work -> work.whole(schema, parts.get(work), results.get(work)))
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
