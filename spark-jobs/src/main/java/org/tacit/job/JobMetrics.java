package org.tacit.job;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.sql.SparkSession;
import org.tacit.bilevel.OuterIteration;
import org.tacit.pass.PassLedger;

/**
 * What the job that runs has come to, for Spark's metrics system and whatever is behind it, such as
 * its Prometheus endpoint.
 *
 * <table>
 * <caption>Gauges of the driver, under tacit</caption>
 * <tr><td>passes, rows</td><td>passes over tables so far, and the rows they read</td></tr>
 * <tr><td>rowsPerSecond</td><td>of the seconds in passes</td></tr>
 * <tr><td>iteration</td><td>accepted outer steps</td></tr>
 * <tr><td>loss</td><td>the least outer value so far</td></tr>
 * <tr><td>residual</td><td>the norm of the projected hypergradient</td></tr>
 * </table>
 *
 * <p>The phase is in the names of Spark's jobs. NaN before there is a value.
 */
final class JobMetrics implements Source {
  private static final String NAME = "tacit";

  private final MetricRegistry registry = new MetricRegistry();
  private final AtomicReference<PassLedger> ledger = new AtomicReference<>(new PassLedger());
  private final AtomicReference<OuterIteration> outer = new AtomicReference<>();
  private volatile double loss = Double.NaN;

  private JobMetrics() {
    gauge("passes", now -> (double) now.total());
    gauge("rows", now -> (double) now.rows());
    gauge("rowsPerSecond", JobMetrics::rate);
    ofOuter("iteration", OuterIteration::iteration);
    ofOuter("residual", OuterIteration::projectedGradientNorm);
    registry.register("loss", (Gauge<Double>) () -> loss);
  }

  private static double rate(PassLedger ledger) {
    Map<String, Double> seconds = ledger.seconds();
    return ledger.rows() / seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private void gauge(String name, ToDoubleFunction<PassLedger> value) {
    registry.register(name, (Gauge<Double>) () -> value.applyAsDouble(ledger.get()));
  }

  private void ofOuter(String name, ToDoubleFunction<OuterIteration> value) {
    Gauge<Double> gauge =
        () -> {
          OuterIteration now = outer.get();
          return now == null ? Double.NaN : value.applyAsDouble(now);
        };
    registry.register(name, gauge);
  }

  /** Those that Spark knows of, where it runs. */
  static JobMetrics of(Optional<SparkSession> spark) {
    return spark.map(session -> of(session.sparkContext())).orElseGet(JobMetrics::new);
  }

  /** Those of a context, registered when they are first asked for. */
  private static JobMetrics of(SparkContext context) {
    var metrics = context.env().metricsSystem();
    var known = metrics.getSourcesByName(NAME);
    if (!known.isEmpty()) {
      return (JobMetrics) known.head();
    }
    JobMetrics created = new JobMetrics();
    metrics.registerSource(created);
    return created;
  }

  /** Another configuration runs. */
  void begin(PassLedger passes) {
    ledger.set(passes);
    outer.set(null);
    loss = Double.NaN;
  }

  void accepted(OuterIteration step) {
    outer.set(step);
    loss = Double.isNaN(loss) ? step.outerValue() : Math.min(loss, step.outerValue());
  }

  @Override
  public String sourceName() {
    return NAME;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
