package org.tacit.plan;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What passes cost on a cluster: an estimate made of counts, for planning; nothing runs.
 *
 * <pre>
 *   pass       start + work + sending + gathering
 *   start      job + task waves                     waves = ceil(partitions / cores)
 *   work       waves / partitions max(bytes / read, operations / arithmetic)
 *   sending    2 sent / network                     from the driver, then between executors
 *   gathering  partitions gathered / merge          up to 32 MB; above, added up by executors:
 *              2 gathered / network + gathered / merge + start
 * </pre>
 *
 * <p>The driver holds some 64 vectors of p unknowns (half a kilobyte an unknown), and where systems
 * are factorised a matrix and its factors, 16 p^2 bytes.
 *
 * <p>Projections by {@link Rates#COMMON}, one pass of gradients or Hessian-vector products:
 *
 * <table>
 * <caption>200 executors of 4 cores</caption>
 * <tr><th>rows x columns</th><th>thetas</th><th>seconds</th><th>bottleneck</th></tr>
 * <tr><td>1e9 x 1e4 dense (80 TB)</td><td>any</td><td>16.7</td><td>work: reading; it needs 400 GB an executor</td></tr>
 * <tr><td>1e9 x 1e4 sparse, 100 a row (1.2 TB)</td><td>any</td><td>0.30</td><td>work: reading</td></tr>
 * <tr><td>1e8 x 1e6 sparse, 100 a row</td><td>1e6, one a feature</td><td>0.125</td><td>gathering 8 MB, then start</td></tr>
 * </table>
 *
 * <p>A driver of 64 GB holds 1.2e8 unknowns with as many thetas by iterative methods, and 6e4 with
 * dense factors; {@link org.tacit.operator.Cost} stops factorising at 4,096.
 */
public record ClusterCost(Rates rates, int executors, int coresEach) {
  private static final double GATHERED_BY_DRIVER = 32 << 20;

  public ClusterCost {
    if (executors < 1 || coresEach < 1) {
      throw new IllegalArgumentException(
          "Invalid cluster: " + executors + " executors of " + coresEach + " cores (must be >= 1)");
    }
  }

  /** The seconds of one pass, by what takes them. */
  public record Estimate(double start, double work, double sending, double gathering) {
    public double seconds() {
      return start + work + sending + gathering;
    }

    /** What takes most. */
    public String bottleneck() {
      Map<String, Double> parts = new LinkedHashMap<>();
      parts.put("starting tasks", start);
      parts.put("rows", work);
      parts.put("sending unknowns", sending);
      parts.put("gathering sums", gathering);
      return parts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }
  }

  /** One pass that does this. */
  public Estimate pass(PassWork work) {
    int cores = executors * coresEach;
    int waves = (work.partitions() + cores - 1) / cores;
    double start = rates.job() + rates.task() * waves;
    double busiest = (double) waves / work.partitions();
    double rows =
        busiest * Math.max(work.bytes() / rates.read(), work.operations() / rates.arithmetic());
    double sending = executors == 1 ? 0 : 2 * work.sent() / rates.network();
    return new Estimate(start, rows, sending, gathering(work, start));
  }

  private double gathering(PassWork work, double start) {
    double all = work.gathered() * work.partitions();
    return all <= GATHERED_BY_DRIVER
        ? all / rates.merge()
        : 2 * work.gathered() / rates.network() + work.gathered() / rates.merge() + start;
  }
}
