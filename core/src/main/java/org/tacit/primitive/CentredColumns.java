package org.tacit.primitive;

import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Some columns of a matrix, less a number each: Y_ik = X_(i, columns_k) - m_k, m being 1 x columns.
 * What is left of a column far from zero holds the digits that differ, which products with the
 * column itself would lose. X may be sparse or of floats. Linear in X and m together.
 */
record CentredColumns(List<Integer> columns) implements Linear, Kernel {
  CentredColumns {
    columns = List.copyOf(columns);
  }

  @Override
  public String name() {
    return "centredColumns(" + columns.size() + ")";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape x = inputs.get(0);
    Shape centre = Shape.of(1, columns.size());
    Shape.require(
        inputs.get(1).equals(centre),
        "Invalid shapes: %s columns less %s (must be %s)",
        columns.size(),
        inputs.get(1),
        centre);
    for (int k = 0; k < columns.size(); k++) {
      Shape.require(
          columns.get(k) >= (k == 0 ? 0 : columns.get(k - 1) + 1) && columns.get(k) < x.width(),
          "Invalid columns: %s of %s (must increase, and lie inside)",
          columns,
          x);
    }
    return new Shape(x.rows(), Axis.of(columns.size()));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    Shape x = inputs.get(0).shape();
    return i == 1
        ? cotangent.sumTo(inputs.get(1).shape()).negate()
        : cotangent.matmul(Var.constant(selection(x.width())));
  }

  private Matrix selection(int width) {
    double[] ones = new double[columns.size() * width];
    for (int k = 0; k < columns.size(); k++) {
      ones[k * width + columns.get(k)] = 1;
    }
    return Matrix.adopting(columns.size(), width, ones);
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || (i == 0 && storage != Storage.KEY);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    int[] at = columns.stream().mapToInt(Integer::intValue).toArray();
    Dense centre = (Dense) inputs[1];
    double[] m = Arrays.copyOfRange(centre.data(), centre.offset(), centre.offset() + at.length);
    inputs[0].centreTo(output, at, m);
  }
}
