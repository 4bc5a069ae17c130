package org.tacit.matrix;

/** A cursor over rows of a {@link FloatColumn}. */
final class FloatWindow implements Operand {
  private final FloatColumn column;
  private int from;
  private int rows;
  private double[] wide = new double[0];
  private boolean isWidened;

  FloatWindow(FloatColumn column) {
    this.column = column;
    this.rows = column.rows();
  }

  @Override
  public void place(int newFrom, int count) {
    this.from = newFrom;
    this.rows = count;
    this.isWidened = false;
  }

  float[] data() {
    return column.elements();
  }

  /** Position of the first element of row {@code i}. */
  int at(int i) {
    return (from + i) * column.width();
  }

  Kernels.Floats floats() {
    return new Kernels.Floats(data(), at(0), cols(), rows, cols());
  }

  /** These rows as doubles, made once for all that read them here and overwritten elsewhere. */
  @Override
  public Dense dense() {
    if (wide.length < rows * cols()) {
      wide = new double[rows * cols()];
    }
    Dense doubles = new Dense(wide, 0, cols(), rows, cols());
    if (!isWidened) {
      copyTo(doubles);
      isWidened = true;
    }
    return doubles;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int cols() {
    return column.width();
  }

  @Override
  public FloatWindow window(int first, int count) {
    FloatWindow window = new FloatWindow(column);
    window.place(from + first, count);
    return window;
  }

  @Override
  public void copyTo(Dense target) {
    float[] source = column.elements();
    double[] to = target.data();
    for (int i = 0; i < rows; i++) {
      int s = at(i);
      int t = target.at(i);
      for (int j = 0; j < cols(); j++) {
        to[t + j] = source[s + j];
      }
    }
  }
}
