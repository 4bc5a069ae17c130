package org.tacit.pass;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A weighted logistic regression with an effect of each of ten groups, which the laws of passes run
 * on: f(w, u) = mean(softplus(-y (X w + u[group]))) + 1/2 |w|^2.
 */
final class GroupedLogistic {
  static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", 6, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE),
          new Schema.Field("weight", 1, Storage.DENSE),
          new Schema.Field("group", 1, Storage.KEY));

  private final Rows rows = new Rows("t", SCHEMA);
  private final Var w = Var.input("w", Shape.of(6, 1));
  private final Var u = Var.input("u", Shape.of(10, 1));
  private final Var direction = Var.input("direction", Shape.of(6, 1));

  static Matrix data(int count) {
    Random random = new Random(count);
    double[] all = random.doubles(count * 9L, -1, 1).toArray();
    for (int i = 0; i < count; i++) {
      all[i * 9 + 6] = random.nextBoolean() ? 1 : -1;
      all[i * 9 + 7] = 0.5 + random.nextDouble();
      all[i * 9 + 8] = random.nextInt(10);
    }
    return Matrix.adopting(count, 9, all);
  }

  Var value() {
    Var margin = rows.features().matmul(w).plus(u.rows(rows.column("group")));
    Var losses = margin.times(rows.label()).negate().softplus();
    Var mean = losses.times(rows.weight()).sum().divide(rows.total("weight"));
    return mean.plus(w.square().sum().times(0.5));
  }

  Program valueAndGradient() {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("f", value().node());
    outputs.put("w", Vjp.gradient(value(), w).node());
    outputs.put("u", Vjp.gradient(value(), u).node());
    return Program.of(outputs);
  }

  Program hessianProduct() {
    return Program.of("Hv", Jvp.of(Vjp.gradient(value(), w), w, direction).node());
  }

  /** All three, at one point. */
  Map<String, Matrix> everything(Passes passes) {
    Map<String, Matrix> all = new LinkedHashMap<>(passes.evaluate(valueAndGradient(), point(0)));
    all.putAll(passes.evaluate(hessianProduct(), point(0)));
    return all;
  }

  /** A point and a direction, others for each seed. */
  static Map<String, Matrix> point(int seed) {
    Random random = new Random(seed);
    Map<String, Matrix> point = new HashMap<>();
    point.put("w", Matrix.column(random.doubles(6, -1, 1).toArray()));
    point.put("u", Matrix.column(random.doubles(10, -1, 1).toArray()));
    point.put("direction", Matrix.column(random.doubles(6, -1, 1).toArray()));
    return point;
  }
}
