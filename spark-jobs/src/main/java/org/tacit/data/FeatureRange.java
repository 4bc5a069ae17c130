package org.tacit.data;

import java.io.Serializable;
import org.tacit.matrix.Storage;

/** Which features are good: finite, and still so when they are scaled and stored. */
final class FeatureRange implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double most;
  private final boolean isFloat;

  FeatureRange(Columns columns) {
    this.isFloat = columns.storage() == Storage.FLOAT;
    this.most = (isFloat ? Float.MAX_VALUE : Double.MAX_VALUE) / Math.abs(columns.scale());
  }

  double checked(double value) throws BadCell {
    if (Math.abs(value) <= most) {
      return value;
    }
    String stored = isFloat ? "a 32-bit float" : "a double";
    throw BadCell.of(
        Double.toString(value),
        Double.isFinite(value)
            ? "is too large for %s (must be within %s of 0; set %sa smaller data.scale)"
                .formatted(stored, most, isFloat ? "data.storage = double, or " : "")
            : "is not finite");
  }
}
