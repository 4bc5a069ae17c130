package org.tacit.implicit;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;

/**
 * v_i with A_i v_i = b_i for every row i, where A_i v is a program: its matrix is never made.
 * Linear in b, with A_i' for the transpose; derivative A_i^-1 (db_i - dA_i v_i). A row whose system
 * is not solved is NaN.
 */
final class RowInverse implements Nested, Transposable, Kernel {
  private static final long serialVersionUID = 1L;

  private final RowMethod method;
  private final RowProgram program;
  private final transient RowEquation product;

  private RowInverse(RowMethod method, RowEquation product) {
    this.method = method;
    this.program = product.program(product.f());
    this.product = product;
  }

  /** The solution for b; {@code rest} is what the product reads beside v. */
  static Var of(RowMethod method, RowEquation product, Var b, List<Var> rest) {
    List<Var> all = new java.util.ArrayList<>(List.of(b));
    all.addAll(rest);
    return Var.apply(new RowInverse(method, product), all);
  }

  @Override
  public boolean hasKinks() {
    return product.hasKinks();
  }

  @Override
  public boolean linearIn(int i) {
    return i == 0;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var moved = product.moved(inputs, output, tangents);
    return of(method, product, tangents.get(0).minus(moved), inputs.subList(1, inputs.size()));
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    RowEquation turned = method.isSymmetric() ? product : product.transposed();
    return of(method, turned, cotangent, inputs.subList(1, inputs.size()));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    program.inGroups(inputs, output, this::solve);
  }

  private void solve(Operand[] inputs, Dense solution) {
    Operand[] arguments = inputs.clone();
    Dense direction = Dense.zeros(solution.rows(), solution.cols());
    arguments[0] = direction;
    RowProgram.Run run = program.on(arguments, solution.rows());
    RowMethod.refuse(solution, method.solve((Dense) inputs[0], direction, run, solution));
  }
}
