package org.tacit.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows on their way into a {@link Run}: its arrays while they grow. A row begins, gets its features
 * one after the other, and counts when it ends; one that never ends was never there.
 */
final class RunBuilder {
  /** Runs, and the blocks made of them, are about this large: a task streams over several. */
  private static final long BYTES = 4L << 20;

  long[] numbers;
  double[] labels;
  double[] weights;
  double[] offsets = {};
  int[] keys = {};
  String[] names = {};
  int[] starts;
  int[] index = {};
  double[] values;
  private final Map<String, String> known = new HashMap<>();
  private int count;
  private int keysARow;
  private boolean sparse;
  private int end;
  private int width;
  private boolean isSparseRow;

  RunBuilder() {
    this(16, 256);
  }

  private RunBuilder(int rows, int size) {
    numbers = new long[rows];
    labels = new double[rows];
    weights = new double[rows];
    starts = new int[rows + 1];
    values = new double[size];
  }

  /** Room for as much as this one has: runs of dense rows are alike, and then never grow. */
  RunBuilder next() {
    return new RunBuilder(Math.max(16, count), Math.max(256, starts[count]));
  }

  int count() {
    return count;
  }

  int keysARow() {
    return keysARow;
  }

  boolean isSparse() {
    return sparse;
  }

  boolean isFull() {
    long row = 16L + 4L * keysARow + (sparse ? 4 : 0) + (names.length > 0 ? 8 : 0);
    return starts[count] * (sparse ? 12L : 8L) + count * row >= BYTES;
  }

  /** Row {@code r} of another run, under a number of its own. */
  void add(long number, Run run, int r) {
    begin(run.label(r), run.weight(r), run.offset(r), run.keys(r));
    run.name(r).ifPresent(this::name);
    if (run.isSparse()) {
      makeSparse();
    }
    int size = run.size(r);
    room(size);
    run.copyTo(r, values, index, end);
    end += size;
    end(number);
  }

  /** Begins a row, in the place of one that did not end. */
  void begin(double label, double weight, double offset, int[] rowKeys) {
    if (count == numbers.length) {
      int more = 2 * count;
      numbers = Arrays.copyOf(numbers, more);
      labels = Arrays.copyOf(labels, more);
      weights = Arrays.copyOf(weights, more);
      starts = Arrays.copyOf(starts, more + 1);
    }
    keysARow = rowKeys.length;
    if (keys.length < numbers.length * keysARow) {
      keys = Arrays.copyOf(keys, numbers.length * keysARow);
    }
    System.arraycopy(rowKeys, 0, keys, count * keysARow, keysARow);
    labels[count] = label;
    weights[count] = weight;
    keepOffset(offset);
    end = starts[count];
    width = 0;
    isSparseRow = false;
  }

  /** Offsets take no room before the first that is not zero. */
  private void keepOffset(double offset) {
    if (offset != 0 && offsets.length < numbers.length) {
      offsets = Arrays.copyOf(offsets, numbers.length);
    }
    if (offsets.length > count) {
      offsets[count] = offset;
    }
  }

  boolean hasOffsets() {
    return offsets.length > 0;
  }

  /** The name of the row, in runs whose rows have one. */
  void name(String name) {
    if (names.length < numbers.length) {
      names = Arrays.copyOf(names, numbers.length);
    }
    names[count] = known.computeIfAbsent(name, same -> same);
  }

  /** The name of the row that ended last. */
  Optional<String> lastName() {
    return names.length == 0 ? Optional.empty() : Optional.of(names[count - 1]);
  }

  /** The row's next feature. */
  void add(double value) {
    if (end == values.length) {
      room(1);
    }
    if (sparse) {
      index[end] = width;
    }
    values[end++] = value;
    width++;
  }

  /**
   * So many features of 0, which take no room; with the first such row all others become sparse.
   */
  void skip(int features) {
    isSparseRow = true;
    makeSparse();
    width += features;
  }

  private void room(int size) {
    if (end + size > values.length) {
      values = Arrays.copyOf(values, Math.max(Math.addExact(end, size), 2 * values.length));
      index = sparse ? Arrays.copyOf(index, values.length) : index;
    }
  }

  private void makeSparse() {
    if (!sparse) {
      sparse = true;
      index = new int[values.length];
      for (int r = 0; r <= count; r++) {
        int to = r < count ? starts[r + 1] : end;
        for (int i = starts[r]; i < to; i++) {
          index[i] = i - starts[r];
        }
      }
    }
  }

  /** Ends the row, and gives it this number. */
  void end(long number) {
    numbers[count++] = number;
    starts[count] = end;
  }

  /** The label of the row that ended last. */
  double lastLabel() {
    return labels[count - 1];
  }

  /** How many features it has. */
  int lastWidth() {
    return width;
  }

  /** Whether some of them take no room. */
  boolean isLastSparse() {
    return isSparseRow;
  }

  /** How many of them are not 0. */
  int lastNonZeros() {
    int nonZeros = 0;
    for (int i = starts[count - 1]; i < end; i++) {
      nonZeros += values[i] == 0 ? 0 : 1;
    }
    return nonZeros;
  }
}
