package org.tacit.data;

import org.apache.spark.util.AccumulatorV2;

/** What tasks see of the rows that they lay out, on its way to the driver. */
final class SeenRows extends AccumulatorV2<Run, PartSeen> {
  private static final long serialVersionUID = 1L;

  private PartSeen seen;

  SeenRows(PartSeen seen) {
    this.seen = seen;
  }

  @Override
  public void add(Run run) {
    seen.add(run);
  }

  @Override
  public void merge(AccumulatorV2<Run, PartSeen> other) {
    seen.add(other.value());
  }

  @Override
  public PartSeen value() {
    return seen;
  }

  @Override
  public boolean isZero() {
    return seen.isEmpty();
  }

  @Override
  public AccumulatorV2<Run, PartSeen> copy() {
    SeenRows copy = new SeenRows(seen.fresh());
    copy.merge(this);
    return copy;
  }

  @Override
  public void reset() {
    seen = seen.fresh();
  }
}
