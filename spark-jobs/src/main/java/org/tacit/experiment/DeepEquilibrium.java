package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.autodiff.Vjp;
import org.tacit.breeze.SingularValues;
import org.tacit.implicit.RowFixedPoint;
import org.tacit.loss.Multinomial;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A classifier of each row x by z = tanh(z W + x U + b), at its fixed point or after some
 * iterations from 0, with scores z V + c. W is kept at a largest singular value of at most the
 * radius, so that the map contracts by it.
 */
final class DeepEquilibrium {
  private static final String TABLE = "rows";

  private final double radius;
  private final Parameters<Weights> layout;
  private final Program gradient;
  private final Program accuracy;

  /** What is trained. */
  record Weights(Var w, Var u, Var b, Var v, Var c) {}

  /** What makes z of x, W, U and b. */
  interface Layer {
    Var of(List<Var> inputs);
  }

  /**
   * @param rows the schema's features and labels 0 to {@code classes} - 1
   */
  DeepEquilibrium(Rows rows, int classes, int units, double radius, Layer layer) {
    this.radius = radius;
    this.layout =
        Parameters.of(
            Weights.class,
            Shape.of(units, units),
            Shape.of(rows.features().shape().width(), units),
            Shape.of(1, units),
            Shape.of(units, classes),
            Shape.of(1, classes));
    Var theta = Var.input("theta", Shape.of(layout.size(), 1));
    Weights weights = layout.unpack(theta);
    Var z = layer.of(List.of(rows.features(), weights.w, weights.u, weights.b));
    Var scores = z.matmul(weights.v).plus(weights.c);
    Var loss = new Multinomial().of(scores, rows.label()).meanRows();
    Var isRight = scores.lookup(rows.label()).greaterOrEqual(scores.maxCols());
    this.gradient = Program.of("gradient", Vjp.gradient(loss, theta).node());
    this.accuracy = Program.of("accuracy", isRight.meanRows().node());
  }

  private static Var map(Var z, List<Var> in) {
    return z.matmul(in.get(1)).plus(in.get(0).matmul(in.get(2))).plus(in.get(3)).tanh();
  }

  /** The fixed point, with implicit derivatives. */
  static Layer equilibrium(int units) {
    Var zero = Var.constant(Matrix.zeros(1, units));
    return inputs -> RowFixedPoint.of(zero, inputs, DeepEquilibrium::map);
  }

  /** Some iterations from 0, with the derivatives of each. */
  static Layer unrolled(int units, int iterations) {
    return inputs -> {
      Var z = Var.zero(new Shape(inputs.get(0).shape().rows(), Axis.of(units)));
      for (int k = 0; k < iterations; k++) {
        z = map(z, inputs);
      }
      return z;
    };
  }

  /** Normal weights of deviation 1 / sqrt(inputs), no shifts, {@link #contracting}. */
  Matrix random(Random random) {
    List<Matrix> parts = new ArrayList<>();
    for (Matrix part : layout.unpack(Matrix.zeros(layout.size(), 1))) {
      double deviation = part.rows() == 1 ? 0 : 1 / Math.sqrt(part.rows());
      parts.add(part.map(none -> deviation * random.nextGaussian()));
    }
    return contracting(layout.pack(parts.toArray(new Matrix[0])));
  }

  /** The weights with W shrunk to the radius where it is larger. */
  Matrix contracting(Matrix theta) {
    List<Matrix> parts = new ArrayList<>(layout.unpack(theta));
    double largest = SingularValues.valuesOf(parts.get(0)).at(0);
    parts.set(0, parts.get(0).times(Math.min(1, radius / largest)));
    return layout.pack(parts.toArray(new Matrix[0]));
  }

  Matrix gradient(Table table, Matrix theta) {
    return found(table, gradient, theta);
  }

  double accuracy(Table table, Matrix theta) {
    return found(table, accuracy, theta).value();
  }

  private static Matrix found(Table table, Program program, Matrix theta) {
    return Passes.over(TABLE, table)
        .evaluate(program, Map.of("theta", theta))
        .values()
        .iterator()
        .next();
  }
}
