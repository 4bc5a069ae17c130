package org.tacit.data;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * A run of good rows as they were read, some megabytes of them, each under its number, with the
 * survey of all rows, good and bad, that were read on the way. What is not zero is all that sparse
 * rows take.
 */
final class Run implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands for the name of a row that has none, though others do. */
  static final String NAMELESS = "";

  private final Survey survey;
  private final long[] numbers;
  private final double[] labels;
  private final double[] weights;
  private final double[] offsets;
  private final int[] keys;
  private final String[] names;
  private final boolean sparse;
  private final int[] starts;
  private final int[] index;
  private final double[] values;

  Run(Survey survey, RunBuilder rows) {
    int count = rows.count();
    int size = rows.starts[count];
    this.survey = survey;
    this.numbers = Arrays.copyOf(rows.numbers, count);
    this.labels = Arrays.copyOf(rows.labels, count);
    this.weights = Arrays.copyOf(rows.weights, count);
    this.offsets = rows.hasOffsets() ? Arrays.copyOf(rows.offsets, count) : new double[0];
    this.keys = Arrays.copyOf(rows.keys, count * rows.keysARow());
    this.names = Arrays.copyOf(rows.names, rows.names.length == 0 ? 0 : count);
    this.sparse = rows.isSparse();
    this.starts = Arrays.copyOf(rows.starts, count + 1);
    this.index = Arrays.copyOf(rows.index, sparse ? size : 0);
    this.values = rows.values.length == size ? rows.values : Arrays.copyOf(rows.values, size);
  }

  Survey survey() {
    return survey;
  }

  int rows() {
    return numbers.length;
  }

  /** The number of row {@code r} in its partition, or in its source. */
  long number(int r) {
    return numbers[r];
  }

  double label(int r) {
    return labels[r];
  }

  double weight(int r) {
    return weights[r];
  }

  double offset(int r) {
    return offsets.length == 0 ? 0 : offsets[r];
  }

  int keyCount() {
    return keys.length / numbers.length;
  }

  int key(int r, int k) {
    return keys[r * keyCount() + k];
  }

  int[] keys(int r) {
    int each = keyCount();
    return each == 0 ? keys : Arrays.copyOfRange(keys, r * each, (r + 1) * each);
  }

  /** The name of row {@code r}, where rows have one. */
  Optional<String> name(int r) {
    return names.length == 0 ? Optional.empty() : Optional.of(names[r]);
  }

  boolean isNameless(int r) {
    return names.length > 0 && names[r].equals(NAMELESS);
  }

  /** Whether any row is sparse: then all are kept so. */
  boolean isSparse() {
    return sparse;
  }

  /** How many values row {@code r} keeps, which for a dense row is its width. */
  int size(int r) {
    return starts[r + 1] - starts[r];
  }

  /** The feature that value {@code i} of row {@code r} is of. */
  int index(int r, int i) {
    return sparse ? index[starts[r] + i] : i;
  }

  double value(int r, int i) {
    return values[starts[r] + i];
  }

  /** Writes the values of row {@code r}, and where there are any their features, from there on. */
  void copyTo(int r, double[] targets, int[] indices, int from) {
    System.arraycopy(values, starts[r], targets, from, size(r));
    for (int i = 0; i < size(r) && indices.length > 0; i++) {
      indices[from + i] = index(r, i);
    }
  }

  /** All values row after row, which must not be written to. */
  double[] values() {
    return values;
  }
}
