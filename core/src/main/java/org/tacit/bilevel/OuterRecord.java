package org.tacit.bilevel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.tacit.matrix.Matrix;

/** What an outer optimisation leaves behind: its accepted steps, its best point, its remarks. */
final class OuterRecord {
  private final Consumer<OuterIteration> listener;
  private final LongSupplier passes;
  private final List<OuterIteration> history = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Best best = new Best(Matrix.zeros(0, 1), Matrix.zeros(0, 1), Double.POSITIVE_INFINITY);

  /** The accepted point of the smallest outer value. */
  record Best(Matrix theta, Matrix x, double value) {}

  OuterRecord(Consumer<OuterIteration> listener, LongSupplier passes) {
    this.listener = listener;
    this.passes = passes;
  }

  void accepted(OuterPoint point, double projectedGradientNorm, double step, double tolerance) {
    OuterIteration now =
        new OuterIteration(
            history.size(),
            point.theta(),
            point.value(),
            projectedGradientNorm,
            step,
            tolerance,
            passes.getAsLong());
    history.add(now);
    if (point.value() < best.value) {
      best = bestOf(point);
    }
    listener.accept(now);
  }

  /** The same point as the last accepted one, solved more exactly: what was said of it is void. */
  void refined(OuterPoint point) {
    if (best.theta.equals(point.theta())) {
      best = bestOf(point);
    }
  }

  private static Best bestOf(OuterPoint point) {
    return new Best(point.theta(), point.solution().x(), point.value());
  }

  void remark(String remark) {
    remarks.add(remark);
  }

  Best best() {
    return best;
  }

  int steps() {
    return history.size() - 1;
  }

  List<OuterIteration> history() {
    return history;
  }

  List<String> remarks() {
    return remarks;
  }
}
