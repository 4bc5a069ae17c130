package org.tacit.data;

import java.io.Serializable;
import java.util.Optional;

/**
 * What is known of the rows of a part once they are laid out. Seeing a row twice changes nothing,
 * so that a task that runs again does no harm.
 */
final class PartSeen implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BlockLayout layout;
  private final LabelsSeen labels;
  private final FloatLoss loss;
  private boolean isEmpty = true;

  PartSeen(BlockLayout layout) {
    this.layout = layout;
    this.labels = new LabelsSeen(layout.hasClasses());
    this.loss = layout.floatLoss();
  }

  void add(Run run) {
    for (int r = 0; r < run.rows(); r++) {
      labels.add(run.label(r), run.weight(r));
      loss.add(run, r);
      isEmpty = false;
    }
  }

  void add(PartSeen that) {
    labels.add(that.labels);
    loss.add(that.loss);
    isEmpty &= that.isEmpty;
  }

  boolean isEmpty() {
    return isEmpty;
  }

  /** Nothing yet, of the same layout. */
  PartSeen fresh() {
    return new PartSeen(layout);
  }

  LabelSet labels() {
    return labels.set();
  }

  /** The first column that floats do not keep. */
  Optional<FloatLoss.Lost> lost() {
    return loss.lost();
  }
}
