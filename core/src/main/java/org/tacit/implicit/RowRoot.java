package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * One small root for every row: z_i with F(z_i, a_i, theta) = 0, where z_i has k numbers, a_i are
 * row i of values sharded by a table's rows, and theta are replicated values. It is a value by
 * rows, found inside the tile, so that any number of rows costs no pass of its own.
 *
 * <p>Derivative: A_i dz_i + B_i (da_i, dtheta) = 0, row by row, with A_i = dF/dz of k x k, as a
 * program, so that derivatives exist to any order. Newton's method, each row's step halved until
 * its |F_i| falls, ends where |F_i| is {@value RowNewton#TOLERANCE} times what it was at the start,
 * or known to rounding only; a row that does not get there has the value NaN, which stops the pass
 * with this primitive's name and the row. Source: arXiv 2105.15183, section 2.1, for every row.
 */
public final class RowRoot implements RowSolve {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final RowProgram program;
  private final transient RowEquation equation;

  /** A map of z, rows x k, and of the other values, each row by itself: rows x k. */
  public interface Equation {
    Var of(Var z, List<Var> inputs);
  }

  private RowRoot(RowEquation equation) {
    this.width = equation.unknowns().shape().width();
    this.program = equation.program(equation.f(), jacobian(equation.f(), equation.unknowns()));
    this.equation = equation;
  }

  /**
   * The roots for every row.
   *
   * @param start where Newton's method starts, 1 x k or a row for each; roots do not depend on it
   * @param inputs what F reads, by rows or replicated
   */
  public static Var of(Var start, List<Var> inputs, Equation equation) {
    RowEquation written = RowEquation.of(start, inputs, equation);
    return Var.apply(new RowRoot(written), written.arguments(start, inputs));
  }

  /** The columns of dF/dz one after another, rows x k^2. */
  private static Var jacobian(Var f, Var z) {
    int k = z.shape().width();
    List<Var> columns = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      Matrix unit = Matrix.identity(k).columnAt(j).transpose();
      columns.add(Jvp.of(f, z, Var.constant(unit).broadcastTo(z.shape())).broadcastTo(z.shape()));
    }
    return Var.concatenate(Side.COLS, columns);
  }

  @Override
  public String name() {
    return "rowRoot";
  }

  @Override
  public RowEquation equation() {
    return equation;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = equation.moved(inputs, output, tangents);
    if (moved.isZero()) {
      return Var.zero(output.shape());
    }
    Var jacobian = jacobian(equation.f(), equation.unknowns());
    return Substitution.in(jacobian, equation.values(inputs, output)).solveRows(moved.negate());
  }

  @Override
  public void solve(Dense z, Operand[] arguments) {
    new RowNewton(z, width).run(program.on(arguments, z.rows())::now);
  }
}
