package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.RowRoot;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.projection.Prox;

/**
 * Elastic-net codes of rows x_i in a dictionary D whose columns are atoms of norm at most 1,
 *
 * <pre>
 *   z_i(D) = argmin |x_i - D z|^2 / 2 + l1 |z|_1 + l2 |z|^2 / 2,
 * </pre>
 *
 * and two losses to learn D by: the mean of |x_i - D z_i|^2 / 2, and the logistic loss of a
 * regression of weights w on the codes, w's intercept last.
 */
final class Codes {
  private static final String CODES = "codes";

  private final Parameters<Model> layout;
  private final Program values;
  final Program unsupervised;
  final Program supervised;

  private record Model(Var d, Var w) {}

  Codes(Rows rows, int atoms, double l1, double l2, double ridge) {
    int p = rows.features().shape().width();
    this.layout = Parameters.of(Model.class, Shape.of(p, atoms), Shape.of(atoms + 1, 1));
    Var theta = Var.input("theta", Shape.of(layout.size(), 1));
    Model model = layout.unpack(theta);
    Var eta = Var.constant(1 / (1 + l2));
    Var z =
        RowRoot.of(
            Var.constant(Matrix.zeros(1, atoms)),
            List.of(rows.features(), model.d),
            (code, in) -> {
              Var residual = code.matmul(in.get(1).transpose()).minus(in.get(0));
              Var slope = residual.matmul(in.get(1)).plus(code.times(l2));
              Var step = code.minus(slope.times(eta));
              return code.minus(Prox.lasso(Var.constant(l1)).of(step, eta));
            });
    Var residual = rows.features().minus(z.held().matmul(model.d.transpose()));
    Var fit = Loss.logistic().of(SignRegression.score(z, model.w), rows.label()).meanRows();
    this.values = Program.of(CODES, z.node());
    this.unsupervised = program(residual.square().sumCols().times(0.5).meanRows(), theta);
    this.supervised = program(fit.plus(model.w.square().sum().times(ridge / 2)), theta);
  }

  private static Program program(Var loss, Var theta) {
    return Program.of(Map.of("loss", loss.node(), "gradient", Vjp.gradient(loss, theta).node()));
  }

  /** Atoms along rows drawn at random, and no weights. */
  Matrix start(Matrix rows, Random random) {
    List<Matrix> parts = layout.unpack(Matrix.zeros(layout.size(), 1));
    List<Matrix> columns = new ArrayList<>();
    for (int k = 0; k < parts.get(0).cols(); k++) {
      columns.add(rows.transpose().columnAt(random.nextInt(rows.rows())));
    }
    return bounded(layout.pack(Matrix.beside(columns), parts.get(1)));
  }

  /** Atoms longer than 1 shrunk to 1. */
  private Matrix bounded(Matrix theta) {
    List<Matrix> parts = layout.unpack(theta);
    Matrix[] columns = new Matrix[parts.get(0).cols()];
    Arrays.setAll(columns, k -> parts.get(0).columnAt(k));
    Arrays.setAll(columns, k -> columns[k].times(1 / Math.max(1, columns[k].norm())));
    return layout.pack(Matrix.beside(List.of(columns)), parts.get(1));
  }

  /** D and w after one step of Adam more, down one of the two losses. */
  Matrix next(Adam adam, Program loss, Table table, Matrix theta) {
    return bounded(adam.next(theta, found(loss, table, theta).get("gradient"), 1));
  }

  Map<String, Matrix> found(Program loss, Table table, Matrix theta) {
    return Passes.over("rows", table).evaluate(loss, Map.of("theta", theta));
  }

  /** The same dictionary with other weights. */
  Matrix with(Matrix theta, Matrix weights) {
    return layout.pack(layout.unpack(theta).get(0), weights);
  }

  /** A regression on codes, and its weights. */
  SignRegression.Fit judged(List<Table> parts, Matrix theta) {
    return regression(parts, theta).judged(layout.unpack(theta).get(1));
  }

  SignRegression regression(List<Table> parts, Matrix theta) {
    List<Passes> coded =
        parts.stream()
            .map(part -> Passes.over("rows", part))
            .map(part -> part.with(CODES, part.keep(values, Map.of("theta", theta)).get(CODES)))
            .toList();
    return new SignRegression(coded, Var.input(CODES, values.output(CODES).shape()));
  }
}
