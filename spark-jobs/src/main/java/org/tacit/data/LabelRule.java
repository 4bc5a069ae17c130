package org.tacit.data;

import java.io.Serializable;
import org.tacit.loss.Labels;

/** Which labels are good: those of a kind, and of classes no more than there is room for. */
record LabelRule(Labels kind, int classes, Capacity capacity) implements Serializable {
  private static final String MORE_CLASSES =
      "; of more than two classes by model.loss = multinomial, which are 0, 1, 2, ...)";

  LabelRule(Columns columns, Capacity capacity) {
    this(columns.labelKind(), columns.classes(), capacity);
  }

  double checked(double value) throws BadCell {
    String objection = objection(value);
    if (!objection.isEmpty()) {
      throw BadCell.of(Double.toString(value), objection);
    }
    if (kind == Labels.CLASSES && classes == 0 && value >= capacity.unknowns()) {
      throw BadCell.of(
          Double.toString(value),
          "is no class (must be an integer >= 0 and < %s: %s)"
              .formatted(capacity.unknowns(), capacity.remedy()));
    }
    return value;
  }

  /** What labels must be. */
  static String bound(Labels kind, int classes) {
    return switch (kind) {
      case REAL -> "a number";
      case NON_NEGATIVE -> ">= 0 for this loss";
      case POSITIVE -> "> 0 for this loss";
      case BINARY -> "-1 or 1, or 0 or 1";
      case CLASSES -> "an integer >= 0" + (classes == 0 ? "" : " and < " + classes);
    };
  }

  /** A cell that cannot be read, with what it must be where it is a text. */
  BadCell explained(BadCell unread) {
    return kind == Labels.REAL ? unread : unread.must(bound(kind, classes));
  }

  /** What is wrong with a label, empty when nothing is. */
  private String objection(double label) {
    String must = " (must be " + bound(kind, classes);
    return switch (kind) {
      case REAL -> "";
      case NON_NEGATIVE -> label >= 0 ? "" : "is no label" + must + ")";
      case POSITIVE -> label > 0 ? "" : "is no label" + must + ")";
      case BINARY ->
          label == -1 || label == 0 || label == 1
              ? ""
              : "is no label" + must + (isClass(label, Integer.MAX_VALUE) ? MORE_CLASSES : ")");
      case CLASSES ->
          isClass(label, classes == 0 ? Integer.MAX_VALUE : classes)
              ? ""
              : "is no class" + must + ")";
    };
  }

  private static boolean isClass(double label, int bound) {
    return label >= 0 && label < bound && label == Math.rint(label);
  }
}
