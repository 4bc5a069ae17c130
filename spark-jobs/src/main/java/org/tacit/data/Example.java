package org.tacit.data;

/** One good row as read, before it becomes part of a block. */
final class Example {
  private static final int[] ALL = {};

  private final Marks marks;
  private final boolean sparse;
  private final int[] index;
  private final double[] values;

  private Example(Marks marks, boolean sparse, int[] index, double[] values) {
    this.marks = marks;
    this.sparse = sparse;
    this.index = index;
    this.values = values;
  }

  static Example dense(Marks marks, double[] values) {
    return new Example(marks, false, ALL, values);
  }

  /** A row of values at ascending indices, zero elsewhere. */
  static Example sparse(Marks marks, int[] index, double[] values) {
    return new Example(marks, true, index, values);
  }

  Marks marks() {
    return marks;
  }

  boolean isSparse() {
    return sparse;
  }

  /** The number of values kept, which for a dense row is its width. */
  int size() {
    return values.length;
  }

  /** The feature that value {@code i} is of. */
  int index(int i) {
    return sparse ? index[i] : i;
  }

  double value(int i) {
    return values[i];
  }

  double[] values() {
    return values;
  }

  /** What a row has beside features; an offset of 0 where there is none. */
  static final class Marks {
    private final double label;
    private final double weight;
    private final double offset;
    private final int[] keys;

    Marks(double label, double weight, double offset, int[] keys) {
      this.label = label;
      this.weight = weight;
      this.offset = offset;
      this.keys = keys;
    }

    double label() {
      return label;
    }

    double weight() {
      return weight;
    }

    double offset() {
      return offset;
    }

    int[] keys() {
      return keys;
    }
  }
}
