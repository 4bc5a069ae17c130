package org.tacit.data;

import java.util.Arrays;

/** Rows on their way into a {@link Run}: its arrays while they grow. */
final class RunBuilder {
  /** Runs, and the blocks made of them, are about this large: a task streams over several. */
  private static final long BYTES = 4L << 20;

  long[] numbers;
  double[] labels;
  double[] weights;
  double[] offsets = {};
  int[] keys = {};
  int[] starts;
  int[] index = {};
  double[] values;
  private int count;
  private int keysARow;
  private boolean sparse;

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
    long row = 16L + 4L * keysARow + (sparse ? 4 : 0);
    return starts[count] * (sparse ? 12L : 8L) + count * row >= BYTES;
  }

  void add(long number, Example row) {
    Example.Marks marks = row.marks();
    begin(number, marks.keys().length);
    labels[count] = marks.label();
    weights[count] = marks.weight();
    keepOffset(marks.offset());
    System.arraycopy(marks.keys(), 0, keys, count * keysARow, keysARow);
    int from = room(row.size(), row.isSparse());
    System.arraycopy(row.values(), 0, values, from, row.size());
    for (int i = 0; sparse && i < row.size(); i++) {
      index[from + i] = row.index(i);
    }
    end(row.size());
  }

  /** Row {@code r} of another run, under a number of its own. */
  void add(long number, Run run, int r) {
    begin(number, run.keysARow());
    labels[count] = run.label(r);
    weights[count] = run.weight(r);
    keepOffset(run.offset(r));
    for (int k = 0; k < keysARow; k++) {
      keys[count * keysARow + k] = run.key(r, k);
    }
    int size = run.size(r);
    int from = room(size, run.isSparse());
    run.copyValues(r, values, from);
    for (int i = 0; sparse && i < size; i++) {
      index[from + i] = run.index(r, i);
    }
    end(size);
  }

  private void begin(long number, int keyCount) {
    if (count == numbers.length) {
      int more = 2 * count;
      numbers = Arrays.copyOf(numbers, more);
      labels = Arrays.copyOf(labels, more);
      weights = Arrays.copyOf(weights, more);
      starts = Arrays.copyOf(starts, more + 1);
    }
    keysARow = keyCount;
    if (keys.length < numbers.length * keysARow) {
      keys = Arrays.copyOf(keys, numbers.length * keysARow);
    }
    numbers[count] = number;
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

  /** Where so many more values go; with the first sparse row those before it become sparse too. */
  private int room(int size, boolean isSparse) {
    int from = starts[count];
    if (from + size > values.length) {
      values = Arrays.copyOf(values, Math.max(Math.addExact(from, size), 2 * values.length));
    }
    if (isSparse && !sparse) {
      sparse = true;
      index = new int[values.length];
      for (int r = 0; r < count; r++) {
        for (int i = starts[r]; i < starts[r + 1]; i++) {
          index[i] = i - starts[r];
        }
      }
    }
    if (sparse && index.length < values.length) {
      index = Arrays.copyOf(index, values.length);
    }
    return from;
  }

  private void end(int size) {
    starts[count + 1] = starts[count] + size;
    count++;
  }
}
