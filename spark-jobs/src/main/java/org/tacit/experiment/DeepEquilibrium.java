package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.autodiff.Vjp;
import org.tacit.breeze.SingularValues;
import org.tacit.implicit.RowFixedPoint;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A classifier of each row x by z = tanh(z W + x U + b), at its fixed point or after some
 * iterations from 0, with scores z V + c. W is kept at a largest singular value of at most the
 * radius, so that the map contracts by it.
 */
record DeepEquilibrium(double radius, Parameters<Weights> layout, Program program) {
  /** What is trained. */
  record Weights(Var w, Var u, Var b, Var v, Var c) {}

  /** Classes, numbers in z, and the radius. */
  record Size(int classes, int units, double radius) {}

  private static Var map(Var z, List<Var> in) {
    return z.matmul(in.get(1)).plus(in.get(0).matmul(in.get(2))).plus(in.get(3)).tanh();
  }

  /** At its fixed point for 0 iterations; else after some from 0, with the derivatives of each. */
  static DeepEquilibrium of(Rows rows, Size size, int iterations) {
    Parameters<Weights> layout =
        Parameters.of(
            Weights.class,
            Shape.of(size.units, size.units),
            Shape.of(rows.features().shape().width(), size.units),
            Shape.of(1, size.units),
            Shape.of(size.units, size.classes),
            Shape.of(1, size.classes));
    Var theta = Var.input("theta", Shape.of(layout.size(), 1));
    Weights weights = layout.unpack(theta);
    List<Var> in = List.of(rows.features(), weights.w, weights.u, weights.b);
    Var zero = Var.constant(Matrix.zeros(1, size.units));
    Var z = iterations == 0 ? RowFixedPoint.of(zero, in, DeepEquilibrium::map) : zero;
    for (int k = 0; k < iterations; k++) {
      z = map(z, in);
    }
    Var scores = z.matmul(weights.v).plus(weights.c);
    Var loss = Loss.multinomial().of(scores, rows.label()).meanRows();
    Var isRight = scores.lookup(rows.label()).greaterOrEqual(scores.maxCols());
    return new DeepEquilibrium(
        size.radius,
        layout,
        Program.of(
            Map.of(
                "loss", loss.node(),
                "gradient", Vjp.gradient(loss, theta).node(),
                "right", isRight.meanRows().node())));
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

  Comparison.Found found(Table table, Matrix theta) {
    Map<String, Matrix> at = at(table, theta);
    return new Comparison.Found(at.get("loss").value(), at.get("gradient"), true);
  }

  double errorPercent(Table table, Matrix theta) {
    return 100 * (1 - at(table, theta).get("right").value());
  }

  private Map<String, Matrix> at(Table table, Matrix theta) {
    return Passes.over("rows", table).evaluate(program, Map.of("theta", theta));
  }
}
