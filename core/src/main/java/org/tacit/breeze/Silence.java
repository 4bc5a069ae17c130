package org.tacit.breeze;

import breeze.util.LazyLogger;
import org.slf4j.helpers.NOPLogger;

/**
 * A log that says nothing: Breeze tells of each line search that fails as an error, where ours goes
 * on.
 */
final class Silence {
  private Silence() {}

  static LazyLogger log() {
    return new LazyLogger(NOPLogger.NOP_LOGGER);
  }
}
