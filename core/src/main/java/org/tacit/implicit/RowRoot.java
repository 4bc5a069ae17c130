package org.tacit.implicit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.optimality.KinkSites;
import org.tacit.primitive.Nested;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Shape;

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
public final class RowRoot implements Nested, Kernel {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final RowProgram equation;
  private final transient Linearised linearised;

  /** F of the roots z, rows x k, and of the other values, each row by itself: rows x k. */
  public interface Equation {
    Var of(Var z, List<Var> inputs);
  }

  /** F and its symbols, of which derivatives are written. */
  private record Linearised(Var f, List<Var> symbols) {}

  private RowRoot(int width, RowProgram equation, Linearised linearised) {
    this.width = width;
    this.equation = equation;
    this.linearised = linearised;
  }

  /**
   * The roots for every row.
   *
   * @param start where Newton's method starts, 1 x k or a row for each; roots do not depend on it
   * @param inputs what F reads, by rows or replicated
   */
  public static Var of(Var start, List<Var> inputs, Equation equation) {
    Axis rows =
        inputs.stream()
            .map(Var::shape)
            .filter(Shape::isSharded)
            .map(Shape::rows)
            .findFirst()
            .orElse(start.shape().rows());
    int k = start.shape().width();
    List<Var> symbols = new ArrayList<>();
    symbols.add(symbol("root", new Shape(rows, Axis.of(k))));
    for (Var input : inputs) {
      symbols.add(symbol("value " + symbols.size() + " of a row root", input.shape()));
    }
    Var z = symbols.get(0);
    Var f = equation.of(z, symbols.subList(1, symbols.size()));
    if (!f.shape().equals(z.shape())) {
      throw new IllegalArgumentException(
          "Invalid equation of a row: "
              + f.shape()
              + " (must be "
              + z.shape()
              + ", one equation for each unknown)");
    }
    List<Node> arguments = symbols.stream().map(Var::node).toList();
    RowProgram program = RowProgram.of(arguments, List.of(f.node(), jacobian(f, z).node()));
    List<Var> all = new ArrayList<>(List.of(start.broadcastTo(z.shape())));
    all.addAll(inputs);
    return Var.apply(new RowRoot(k, program, new Linearised(f, symbols)), all);
  }

  private static Var symbol(String name, Shape shape) {
    return shape.isSharded()
        ? Var.column(shape.table(), name, shape.width())
        : Var.input(name, shape);
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
  public boolean hasKinks() {
    return !KinkSites.in(List.of(linearised.f), linearised.symbols).isEmpty();
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Map<Var, Var> moving = new LinkedHashMap<>();
    Map<Var, Var> values = new LinkedHashMap<>();
    values.put(linearised.symbols.get(0), output);
    for (int i = 1; i < inputs.size(); i++) {
      Var symbol = linearised.symbols.get(i);
      values.put(symbol, inputs.get(i));
      if (!tangents.get(i).isZero()) {
        Var tangent = symbol("tangent of value " + i + " of a row root", symbol.shape());
        moving.put(symbol, tangent);
        values.put(tangent, tangents.get(i));
      }
    }
    if (moving.isEmpty()) {
      return Var.zero(output.shape());
    }
    Var moved = Jvp.of(List.of(linearised.f), moving).get(0);
    Var jacobian = jacobian(linearised.f, linearised.symbols.get(0));
    return Substitution.in(jacobian, values)
        .solveRows(Substitution.in(moved, values).broadcastTo(output.shape()).negate());
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
    Operand[] arguments = inputs.clone();
    arguments[0] = output;
    new RowNewton(output, width).run(() -> equation.run(arguments, output.rows()));
  }
}
