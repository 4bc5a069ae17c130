package org.tacit.experiment;

import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.RowMinimum;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * Each task i, a row of a table, adapts a network to its points from the meta-weights theta, z_i =
 * argmin mean over its points of (net(z; x) - y)^2 + strength/2 |z - theta|^2. The error is the
 * mean over tasks of the squared error of z_i at the queries.
 */
final class Adaptation {
  private final Rows rows;
  private final RowNetwork network;
  private final Var theta;
  private final Var adapted;

  Adaptation(RowNetwork network, SineTasks tasks, double strength) {
    this.network = network;
    this.rows = new Rows("tasks", tasks.schema());
    this.theta = Var.input("theta", Shape.of(1, network.weights()));
    this.adapted =
        RowMinimum.of(
            theta,
            List.of(rows.column("x"), rows.column("y"), theta),
            (z, in) ->
                error(z, in.get(0), in.get(1))
                    .plus(z.minus(in.get(2)).square().sumCols().times(strength / 2)));
  }

  private Var error(Var weights, Var x, Var y) {
    return network.outputs(weights, x).minus(y).square().sumCols().divide(x.shape().width());
  }

  private Var error(Var weights) {
    return error(weights, rows.column("query x"), rows.column("query y")).meanRows();
  }

  Program error() {
    return Program.of("value", error(adapted).node());
  }

  /** The gradient of the error in theta. */
  Program implicit() {
    return Program.of("value", Vjp.gradient(error(adapted), theta).node());
  }

  /** The same with dz_i/dtheta taken for the identity. */
  Program firstOrder() {
    Var moving = adapted.held().plus(theta.minus(theta.held()));
    return Program.of("value", Vjp.gradient(error(moving), theta).node());
  }

  /** What the adapted network of a single task says. */
  Program predictions() {
    Var outputs = network.outputs(adapted, rows.column("query x"));
    return Program.of("value", outputs.sumRows().node());
  }

  /** What a program finds. */
  static Matrix found(Program program, Table tasks, Matrix theta) {
    return Passes.over("tasks", tasks).evaluate(program, Map.of("theta", theta)).get("value");
  }
}
