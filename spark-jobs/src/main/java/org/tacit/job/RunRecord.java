package org.tacit.job;

import static java.util.Map.entry;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tacit.data.Parts;
import org.tacit.matrix.Blas;
import org.tacit.pass.PassLedger;

/** How a result was computed: when, by what, in which time. */
final class RunRecord {
  private final Clock clock = Clock.systemUTC();
  private final Instant started = clock.instant();
  private final long startNanos = System.nanoTime();
  private double reading;

  /** The data are read. */
  void read() {
    reading = seconds();
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) * 1e-9;
  }

  /** Puts everything behind what the job found. */
  void addTo(Map<String, Object> json, Settings settings, Workspace workspace, StageCounts stages) {
    Parts data = workspace.data();
    PassLedger ledger = workspace.passes().ledger();
    json.put("engine", data.engine());
    json.put("kernel", Blas.kernels());
    json.put("blas", Blas.name());
    json.put("data", described(data));
    Map<String, Long> passes = new LinkedHashMap<>(ledger.passes());
    passes.put("total", ledger.total());
    json.put("passes", passes);
    if (stages.areSeveral()) {
      json.put("stages", stages.all().stream().map(StageCounts.Stage::json).toList());
    }
    json.put("seconds", secondsByPhase(ledger));
    json.put("started", written(started));
    json.put("ended", written(clock.instant()));
    json.put("configuration", settings.places().configuration());
    json.put("versions", Versions.all());
  }

  private static Map<String, Object> described(Parts data) {
    Map<String, Long> rows = new LinkedHashMap<>();
    data.byName().forEach((name, table) -> rows.put(name, table.rowCount()));
    return ResultJson.ordered(
        entry("rows", rows),
        entry("features", data.featureNames().size()),
        entry("partitions", data.train().partitions()),
        entry("droppedRows", data.droppedRows()));
  }

  /** They add up: what is in no pass is driver. */
  private Map<String, Double> secondsByPhase(PassLedger ledger) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("reading", reading);
    seconds.putAll(ledger.seconds());
    double total = seconds();
    seconds.put("driver", total - seconds.values().stream().mapToDouble(Double::doubleValue).sum());
    seconds.put("total", total);
    return seconds;
  }

  private static String written(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
