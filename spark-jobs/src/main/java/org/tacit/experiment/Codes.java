package org.tacit.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.RowRoot;
import org.tacit.loss.Logistic;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.prox.Lasso;

/**
 * Elastic-net codes of rows x_i in a dictionary D whose columns are atoms of norm at most 1,
 *
 * <pre>
 *   z_i(D) = argmin |x_i - D z|^2 / 2 + l1 |z|_1 + l2 |z|^2 / 2,
 * </pre>
 *
 * and two ways to learn D: by the mean of that minimum, and by the logistic loss of the codes.
 */
final class Codes {
  private static final String TABLE = "rows";

  private final int atoms;
  private final double l1;
  private final double l2;
  private final Parameters<Model> layout;
  private final Program values;
  private final Program unsupervised;
  private final Program supervised;

  /** D, and the weights of a regression on codes with the intercept last. */
  record Model(Var d, Var w) {}

  Codes(Rows rows, int atoms, double l1, double l2, double ridge) {
    this.atoms = atoms;
    this.l1 = l1;
    this.l2 = l2;
    int p = rows.features().shape().width();
    this.layout = Parameters.of(Model.class, Shape.of(p, atoms), Shape.of(atoms + 1, 1));
    Var theta = Var.input("theta", Shape.of(layout.size(), 1));
    Model model = layout.unpack(theta);
    Var z = codes(rows.features(), model.d);
    Var rebuilt = z.held().matmul(model.d.transpose());
    Var misfit = rows.features().minus(rebuilt).square().sumCols().times(0.5).meanRows();
    Var score = SignRegression.score(z, model.w);
    Var loss =
        new Logistic()
            .of(score, rows.label())
            .meanRows()
            .plus(model.w.square().sum().times(ridge / 2));
    this.values = Program.of("codes", z.node());
    this.unsupervised = Program.of("gradient", Vjp.gradient(misfit, theta).node());
    this.supervised =
        Program.of(Map.of("loss", loss.node(), "gradient", Vjp.gradient(loss, theta).node()));
  }

  /** The root of z - prox(z - eta (D'(D z - x) + l2 z)), the prox being that of eta l1 |z|. */
  private Var codes(Var x, Var d) {
    Var eta = Var.constant(1 / (1 + l2));
    return RowRoot.of(
        Var.constant(Matrix.zeros(1, atoms)),
        List.of(x, d),
        (z, in) -> {
          Var residual = z.matmul(in.get(1).transpose()).minus(in.get(0));
          Var slope = residual.matmul(in.get(1)).plus(z.times(l2));
          return z.minus(new Lasso(Var.constant(l1)).of(z.minus(slope.times(eta)), eta));
        });
  }

  /** Atoms along rows drawn at random, and no weights. */
  Matrix start(Samples train, Random random) {
    List<Matrix> columns = new ArrayList<>();
    for (int k = 0; k < atoms; k++) {
      columns.add(train.features().transpose().columnAt(random.nextInt(train.count())));
    }
    return bounded(layout.pack(Matrix.beside(columns), Matrix.zeros(atoms + 1, 1)));
  }

  /** Atoms longer than 1 shrunk to 1. */
  Matrix bounded(Matrix theta) {
    List<Matrix> parts = layout.unpack(theta);
    Matrix[] columns = new Matrix[atoms];
    Arrays.setAll(columns, k -> parts.get(0).columnAt(k));
    Arrays.setAll(columns, k -> columns[k].times(1 / Math.max(1, columns[k].norm())));
    return layout.pack(Matrix.beside(List.of(columns)), parts.get(1));
  }

  /** The same dictionary with other weights. */
  Matrix with(Matrix theta, Matrix weights) {
    return layout.pack(layout.unpack(theta).get(0), weights);
  }

  Matrix weights(Matrix theta) {
    return layout.unpack(theta).get(1);
  }

  /** Parts with a column of codes. */
  SignRegression.Parts of(SignRegression.Parts parts, Matrix theta) {
    return parts.with(values, Map.of("theta", theta));
  }

  Matrix unsupervised(Table table, Matrix theta) {
    return found(unsupervised, table, theta).get("gradient");
  }

  Matrix supervised(Table table, Matrix theta) {
    return found(supervised, table, theta).get("gradient");
  }

  double supervisedLoss(Table table, Matrix theta) {
    return found(supervised, table, theta).get("loss").value();
  }

  private static Map<String, Matrix> found(Program program, Table table, Matrix theta) {
    return Passes.over(TABLE, table).evaluate(program, Map.of("theta", theta));
  }
}
