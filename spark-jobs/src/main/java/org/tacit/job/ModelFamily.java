package org.tacit.job;

import java.util.function.Function;
import org.tacit.config.Section;
import org.tacit.model.Model;

/**
 * The model families that a configuration can name by {@code model.family}, each with what reads
 * its keys. One more is its class and a line here.
 */
enum ModelFamily {
  PENALISED(PenalisedKeys::form);

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
  private final Function<Section, Model.Form> read;

  ModelFamily(Function<Section, Model.Form> read) {
    this.read = read;
  }

  /** The model of a whole configuration. */
  static Model.Form of(Section root) {
    return root.choice("model.family", ModelFamily.class).orElse(PENALISED).read.apply(root);
  }
}
