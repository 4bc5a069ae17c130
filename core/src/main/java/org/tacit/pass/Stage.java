package org.tacit.pass;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where in the work passes are: its phase, and the part of the work that has it, with the number of
 * passes that each phase of the part took.
 */
record Stage(String part, String phase, Map<String, Long> jobs) {
  static Stage first() {
    return new Stage("", "passes", new ConcurrentHashMap<>());
  }

  Stage in(String newPhase) {
    return new Stage(part, newPhase, jobs);
  }

  Stage within(String newPart) {
    return new Stage(newPart, phase, new ConcurrentHashMap<>());
  }

  /** Of the next pass. */
  String next() {
    return (part.isEmpty() ? "" : part + ", ") + phase + " " + jobs.merge(phase, 1L, Long::sum);
  }
}
