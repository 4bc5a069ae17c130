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
 * Each task i, a row of a table, adapts a network to its points from the meta-weights theta,
 *
 * <pre>
 *   z_i(theta) = argmin mean over its points of (net(z; x) - y)^2 + strength/2 |z - theta|^2,
 * </pre>
 *
 * and theta is judged by the mean over tasks of the squared error of z_i at the queries. First
 * order: dz_i/dtheta is taken for the identity.
 */
final class Adaptation {
  private static final String TABLE = "tasks";

  private final SineTasks tasks;
  private final Program error;
  private final Program implicit;
  private final Program firstOrder;
  private final Program predictions;

  Adaptation(RowNetwork network, SineTasks tasks, double strength) {
    this.tasks = tasks;
    Rows rows = new Rows(TABLE, tasks.schema());
    Var theta = Var.input("theta", Shape.of(1, network.weights()));
    Var adapted =
        RowMinimum.of(
            theta,
            List.of(rows.column("x"), rows.column("y"), theta),
            (z, in) ->
                network
                    .loss(z, in.get(0), in.get(1))
                    .plus(z.minus(in.get(2)).square().sumCols().times(strength / 2)));
    Var moving = adapted.held().plus(theta.minus(theta.held()));
    Var x = rows.column("query x");
    Var y = rows.column("query y");
    Var loss = network.loss(adapted, x, y).meanRows();
    Var asIfIdentity = network.loss(moving, x, y).meanRows();
    this.error = Program.of("error", loss.node());
    this.implicit = Program.of("gradient", Vjp.gradient(loss, theta).node());
    this.firstOrder = Program.of("gradient", Vjp.gradient(asIfIdentity, theta).node());
    this.predictions = Program.of("predictions", network.outputs(adapted, x).sumRows().node());
  }

  SineTasks tasks() {
    return tasks;
  }

  private static Matrix found(Table table, Program program, Matrix theta) {
    Map<String, Matrix> all = Passes.over(TABLE, table).evaluate(program, Map.of("theta", theta));
    return all.values().iterator().next();
  }

  /** The error after adaptation. */
  double error(Table table, Matrix theta) {
    return found(table, error, theta).value();
  }

  /** Its gradient in theta, through the adaptation. */
  Matrix implicit(Table table, Matrix theta) {
    return found(table, implicit, theta);
  }

  /** The mean over tasks of the gradient at the adapted weights. */
  Matrix firstOrder(Table table, Matrix theta) {
    return found(table, firstOrder, theta);
  }

  /** What the adapted network says at the queries of a table of one task, 1 x queries. */
  Matrix predictions(Table table, Matrix theta) {
    return found(table, predictions, theta);
  }
}
