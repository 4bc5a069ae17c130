package org.tacit.data;

import java.io.Serializable;

/** Which labels are good: those of a kind, and of classes no more than there is room for. */
final class LabelRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LabelKind kind;
  private final int classes;
  private final Capacity capacity;

  LabelRule(Columns columns, Capacity capacity) {
    this.kind = columns.labelKind();
    this.classes = columns.classes();
    this.capacity = capacity;
  }

  double checked(double value) throws BadCell {
    String objection = kind.objection(value, classes);
    if (!objection.isEmpty()) {
      throw BadCell.of(Double.toString(value), objection);
    }
    if (kind == LabelKind.CLASSES && classes == 0 && value >= capacity.unknowns()) {
      throw BadCell.of(
          Double.toString(value),
          "is no class (must be an integer >= 0 and < "
              + capacity.unknowns()
              + ": "
              + capacity.remedy()
              + ")");
    }
    return value;
  }
}
