package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.RowReduction;
import org.tacit.program.Shape;

/**
 * The sum over rows, 1 x width; over a table's rows it ends a pass. Linear; its transpose is a
 * broadcast.
 */
record SumRows() implements Linear, RowReduction {
  /** Columns from which on a row is a loop of its own. */
  private static final int NARROW = 16;

  @Override
  public Shape shape(List<Shape> inputs) {
    return new Shape(Axis.of(1), inputs.get(0).cols());
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return cotangent.broadcastTo(inputs.get(0).shape());
  }

  @Override
  public Optional<DiagonalTerm> diagonal(int i, DiagonalTerm term, List<Var> inputs, Shape output) {
    return term.summedOverRows(Optional.empty(), output);
  }

  /** The sum of a row stretched over n rows is n times the row. */
  @Override
  public Optional<Var> simplify(List<Var> inputs) {
    Var x = inputs.get(0);
    if (x.shape().rows().isOne()) {
      return Optional.of(x);
    }
    return Elementwise.source(x)
        .filter(source -> source.shape().rows().isOne())
        .map(
            source ->
                source.times(Var.length(x.shape().rows())).broadcastTo(shape(List.of(x.shape()))));
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return true;
  }

  @Override
  public void accumulate(Operand[] inputs, Dense sum) {
    Dense x = (Dense) inputs[0];
    if (sum.cols() < NARROW) {
      int j = 0;
      for (; j + 4 <= sum.cols(); j += 4) {
        addFour(x, j, sum.data(), sum.offset() + j);
      }
      for (; j < sum.cols(); j++) {
        addOne(x, j, sum.data(), sum.offset() + j);
      }
      return;
    }
    for (int i = 0; i < x.rows(); i++) {
      int from = x.at(i);
      for (int j = 0; j < sum.cols(); j++) {
        sum.data()[sum.offset() + j] += x.data()[from + j];
      }
    }
  }

  /** Four columns, whose sums stay in registers. */
  private static void addFour(Dense x, int column, double[] sum, int to) {
    double[] data = x.data();
    double sumA = sum[to];
    double sumB = sum[to + 1];
    double sumC = sum[to + 2];
    double sumD = sum[to + 3];
    for (int i = 0, at = x.offset() + column; i < x.rows(); i++, at += x.stride()) {
      sumA += data[at];
      sumB += data[at + 1];
      sumC += data[at + 2];
      sumD += data[at + 3];
    }
    sum[to] = sumA;
    sum[to + 1] = sumB;
    sum[to + 2] = sumC;
    sum[to + 3] = sumD;
  }

  private static void addOne(Dense x, int column, double[] sum, int to) {
    double total = sum[to];
    for (int i = 0, at = x.offset() + column; i < x.rows(); i++, at += x.stride()) {
      total += x.data()[at];
    }
    sum[to] = total;
  }
}
