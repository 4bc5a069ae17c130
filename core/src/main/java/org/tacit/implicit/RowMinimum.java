package org.tacit.implicit;

import java.util.List;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * One minimiser for every row: z_i = argmin f(z, a_i, theta), where z has k numbers, a_i are row i
 * of values sharded by a table's rows, and theta are replicated values. It is a value by rows,
 * found inside the tile, as a {@link RowRoot}; but by products with Hessians alone, so that k may
 * be thousands: memory is a few times k a row.
 *
 * <p>Truncated Newton steps by conjugate gradients, each row's step halved until its f falls, to
 * where |grad f| is {@value RowDescent#TOLERANCE} times what it was at the start; a row that does
 * not get there, or ends where its Hessian is not positive definite and a derivative is asked for,
 * is NaN, which stops the pass. Derivative: A_i dz_i = -B_i (da_i, dtheta) by conjugate gradients,
 * with A_i the Hessian, to any order. Source: arXiv 2105.15183, section 2.1, for every row; Nocedal
 * and Wright 2006, section 7.1.
 */
public final class RowMinimum implements Nested, Kernel {
  private static final long serialVersionUID = 1L;

  private final RowProgram slope;
  private final RowProgram bend;
  private final transient RowEquation gradient;
  private final transient RowEquation product;

  /** f of the unknowns z, rows x k, and of the other values, each row by itself: rows x 1. */
  public interface Objective {
    Var of(Var z, List<Var> inputs);
  }

  private RowMinimum(RowEquation gradient, Var value) {
    this.gradient = gradient;
    this.product = gradient.linearised();
    this.slope = gradient.program(value, gradient.f());
    this.bend = product.program(product.f());
  }

  /**
   * The minimisers for every row.
   *
   * @param start where they are looked for from, 1 x k or a row for each
   * @param inputs what f reads, by rows or replicated
   */
  public static Var of(Var start, List<Var> inputs, Objective objective) {
    RowEquation gradient =
        RowEquation.of(start, inputs, (z, values) -> gradient(z, objective.of(z, values)));
    Var value =
        objective.of(gradient.unknowns(), gradient.symbols().subList(1, gradient.symbols().size()));
    return Var.apply(new RowMinimum(gradient, value), gradient.arguments(start, inputs));
  }

  private static Var gradient(Var z, Var value) {
    Shape one = new Shape(z.shape().rows(), Shape.SCALAR.cols());
    if (!value.shape().equals(one)) {
      throw new IllegalArgumentException(
          "Invalid objective of a row: " + value.shape() + " (must be " + one + ")");
    }
    Var ones = Var.constant(Matrix.scalar(1)).broadcastTo(one);
    return Vjp.of(List.of(value), List.of(z), List.of(ones)).get(0).broadcastTo(z.shape());
  }

  @Override
  public boolean hasKinks() {
    return gradient.hasKinks();
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = gradient.moved(inputs, output, tangents);
    List<Var> rest = gradient.values(inputs, output).values().stream().toList();
    return RowInverse.of(RowMethod.CONJUGATE_GRADIENT, product, moved.negate(), rest);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
    slope.inGroups(inputs, output, (group, z) -> new RowDescent(slope, bend, group, z).run());
  }
}
