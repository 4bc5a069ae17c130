package org.tacit.job;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.sql.SparkSession;
import org.tacit.pass.Journal;

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
final class JobMetrics implements Source, Journal {
  private static final String NAME = "tacit";

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Double> now = new ConcurrentHashMap<>();

  private JobMetrics() {
    for (String name : List.of("passes", "rows", "iteration", "loss", "residual")) {
      gauge(name, () -> now(name));
    }
    gauge("rowsPerSecond", () -> now("rows") / now("seconds"));
  }

  private double now(String name) {
    return now.getOrDefault(name, Double.NaN);
  }

  private void gauge(String name, DoubleSupplier value) {
    registry.register(name, (Gauge<Double>) value::getAsDouble);
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
  JobMetrics begin() {
    now.clear();
    return this;
  }

  @Override
  public void passEnded(Pass pass, double seconds) {
    now.merge("passes", 1.0, Double::sum);
    now.merge("rows", (double) pass.rows(), Double::sum);
    now.merge("seconds", seconds, Double::sum);
  }

  @Override
  public void outerStepped(Step step, double tolerance) {
    now.put("iteration", (double) step.number());
    now.put("residual", step.norm());
    now.merge("loss", step.value().orElse(Double.NaN), Math::min);
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
