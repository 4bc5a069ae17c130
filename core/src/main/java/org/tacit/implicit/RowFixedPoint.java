package org.tacit.implicit;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.EuclideanNorm;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Var;

/**
 * One fixed point for every row: z_i = T(z_i, a_i, theta), where T contracts in z, a_i are row i of
 * values sharded by a table's rows, and theta are replicated values. It is a value by rows, found
 * inside the tile by z = T(z) again and again, to a step of {@value #TOLERANCE} times the first or
 * times z; a row that does not get there in {@value RowMethod#MAX_PRODUCTS} iterations is NaN,
 * which stops the pass.
 *
 * <p>Derivative: (I - d1T) dz_i = d2T (da_i, dtheta) by the same iteration, to any order. Memory is
 * that of one evaluation of T, whatever the number of iterations. Source: arXiv 2105.15183, section
 * 2.1, for every row; Bai, Kolter and Koltun, Deep equilibrium models, NeurIPS 2019.
 */
public final class RowFixedPoint implements RowSolve {
  private static final long serialVersionUID = 1L;
  private static final double TOLERANCE = 1e-12;

  private final RowProgram residual;
  private final transient RowEquation equation;
  private final transient RowEquation product;

  private RowFixedPoint(RowEquation equation) {
    this.equation = equation;
    this.product = equation.linearised();
    this.residual = equation.program(equation.f());
  }

  /**
   * The fixed points for every row.
   *
   * @param start where the iteration starts, 1 x k or a row for each
   * @param inputs what T reads, by rows or replicated
   * @param map T of z, rows x k, and of the inputs
   */
  public static Var of(Var start, List<Var> inputs, RowRoot.Equation map) {
    RowEquation equation = RowEquation.of(start, inputs, (z, values) -> z.minus(map.of(z, values)));
    return Var.apply(new RowFixedPoint(equation), equation.arguments(start, inputs));
  }

  @Override
  public String name() {
    return "rowFixedPoint";
  }

  @Override
  public RowEquation equation() {
    return equation;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = equation.moved(inputs, output, tangents);
    List<Var> rest = equation.values(inputs, output).values().stream().toList();
    return RowInverse.of(RowMethod.CONTRACTION, product, moved.negate(), rest);
  }

  @Override
  public void solve(Dense z, Operand[] arguments) {
    RowProgram.Run run = residual.on(arguments, z.rows());
    int k = z.cols();
    boolean[] done = new boolean[z.rows()];
    double[] first = new double[z.rows()];
    int open = z.rows();
    for (int iteration = 0; iteration < RowMethod.MAX_PRODUCTS && open > 0; iteration++) {
      Dense f = run.now()[0];
      open = 0;
      for (int i = 0; i < z.rows(); i++) {
        double step = EuclideanNorm.of(f.data(), f.at(i), k);
        first[i] = iteration == 0 ? step : first[i];
        double size = EuclideanNorm.of(z.data(), z.at(i), k);
        done[i] |= step <= TOLERANCE * Math.max(first[i], size);
        for (int j = 0; !done[i] && j < k; j++) {
          z.data()[z.at(i) + j] -= f.data()[f.at(i) + j];
        }
        open += done[i] ? 0 : 1;
      }
    }
    RowMethod.refuse(z, done);
  }
}
