package org.tacit.data;

/** What labels are, and which of them are good. */
public enum LabelKind {
  /** Any finite number. */
  REAL,
  /** Numbers >= 0. */
  NON_NEGATIVE,
  /** Numbers > 0. */
  POSITIVE,
  /** -1 and 1, or 0 and 1; read as -1 and +1. A set of all three is refused. */
  BINARY,
  /** 0 to K - 1, kept as a key column. */
  CLASSES;

  /**
   * What is wrong with {@code label}, empty when nothing is.
   *
   * @param classes the number of classes, 0 for any number of them
   */
  String objection(double label, int classes) {
    return switch (this) {
      case REAL -> "";
      case NON_NEGATIVE -> label >= 0 ? "" : "is no label (must be >= 0 for this loss)";
      case POSITIVE -> label > 0 ? "" : "is no label (must be > 0 for this loss)";
      case BINARY ->
          label == -1 || label == 0 || label == 1 ? "" : "is no label (must be -1 or 1, or 0 or 1)";
      case CLASSES ->
          isClass(label, classes == 0 ? Integer.MAX_VALUE : classes)
              ? ""
              : "is no class (must be an integer >= 0"
                  + (classes == 0 ? ")" : " and < " + classes + ")");
    };
  }

  private static boolean isClass(double label, int bound) {
    return label >= 0 && label < bound && label == Math.rint(label);
  }
}
