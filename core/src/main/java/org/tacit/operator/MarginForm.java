package org.tacit.operator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Form;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * An objective that sees the rows of a table through their margins alone, as that of a generalised
 * linear model does:
 *
 * <pre>
 *   f(v) = sum_i phi_i(m_i(v)) + r(v)        m(v) = X w(v) + 1 b(v)
 * </pre>
 *
 * <p>so that its Hessian is that of r plus J' C J, where J is the derivative of m and C has a block
 * phi_i'' for each row.
 *
 * @param x X, a column of the table, rows x features
 * @param weights w, features x outputs
 * @param shift b, 1 x outputs
 * @param rest the gradient of r in v, which reads no rows
 * @param curvature for each output c column c of all the phi_i'', rows x outputs
 */
record MarginForm(Var x, Var weights, Var shift, Var rest, List<Var> curvature) {
  private static final String HELD = "margins held";

  public MarginForm {
    curvature = List.copyOf(curvature);
  }

  /** The name of the table. */
  public String table() {
    return x.shape().table();
  }

  /** The name of the column X. */
  public String column() {
    return ((Source.Column) x.node().operation()).column();
  }

  public int outputs() {
    return weights.shape().width();
  }

  /** The form of an objective in {@code v}; empty where it is not found. */
  public static Optional<MarginForm> of(Var objective, Var v) {
    List<Node> ordered = Program.ancestors(List.of(objective.node()));
    Set<Node> moving = Program.dependents(ordered, List.of(v.node()));
    for (Node node : ordered) {
      if (moving.contains(node) && node.shape().isSharded()) {
        Optional<MarginForm> form =
            Affine.of(Var.of(node), moving).flatMap(m -> of(objective, v, Var.of(node), m));
        if (form.isPresent()) {
          return form;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<MarginForm> of(Var objective, Var v, Var margins, Affine parts) {
    Var held = Var.input(HELD, margins.shape());
    Var apart = Substitution.in(objective, Map.of(margins, held));
    if (moving(apart, v).stream().anyMatch(node -> node.shape().isSharded())) {
      return Optional.empty();
    }
    Var rest = Vjp.gradient(apart, v);
    Var slope = Vjp.gradient(apart, held);
    boolean isApart =
        Program.ancestors(List.of(rest.node())).stream().noneMatch(n -> n.shape().isSharded())
            && moving(slope, v).isEmpty()
            && moving(slope, held).stream().allMatch(node -> node.shape().isSharded());
    if (!isApart) {
      return Optional.empty();
    }
    List<Var> curvature = new ArrayList<>();
    Matrix units = Matrix.identity(held.shape().width());
    for (int c = 0; c < units.rows(); c++) {
      Var unit = Var.constant(units.columnAt(c).transpose()).broadcastTo(held.shape());
      curvature.add(Substitution.in(Jvp.of(slope, held, unit), Map.of(held, margins)));
    }
    return Optional.of(new MarginForm(parts.x, parts.w, parts.shift(), rest, curvature));
  }

  private static Set<Node> moving(Var value, Var by) {
    List<Node> ordered = Program.ancestors(List.of(value.node()));
    return ordered.contains(by.node())
        ? new HashSet<>(Program.dependents(ordered, List.of(by.node())))
        : Set.of();
  }

  /** X w and the terms of b. */
  private record Affine(Var x, Var w, List<Var> shifts) {
    Var shift() {
      Shape shape = Shape.of(1, w.shape().width());
      return shifts.stream().reduce(Var.zero(shape), (a, b) -> a.plus(b.broadcastTo(shape)));
    }

    /** A sum of one product of a column and of terms that are the same in every row. */
    static Optional<Affine> of(Var margins, Set<Node> moving) {
      List<Var> products = new ArrayList<>();
      List<Var> shifts = new ArrayList<>();
      List<Var> open = new ArrayList<>(List.of(margins));
      while (!open.isEmpty()) {
        Var term = open.remove(open.size() - 1);
        if (!term.shape().isSharded()) {
          shifts.add(term);
        } else if (!Form.sum(term).isEmpty()) {
          open.addAll(Form.sum(term));
        } else if (!Form.broadcast(term).isEmpty()) {
          open.addAll(Form.broadcast(term));
        } else if (isProduct(term, moving)) {
          products.add(term);
        } else {
          return Optional.empty();
        }
      }
      if (products.size() != 1 || shifts.stream().anyMatch(b -> !b.shape().rows().isOne())) {
        return Optional.empty();
      }
      List<Var> factors = Form.matmul(products.get(0));
      return Optional.of(new Affine(factors.get(0), factors.get(1), shifts));
    }

    private static boolean isProduct(Var term, Set<Node> moving) {
      List<Var> factors = Form.matmul(term);
      return !factors.isEmpty()
          && factors.get(0).node().operation() instanceof Source.Column
          && moving.contains(factors.get(1).node())
          && !factors.get(1).shape().isSharded();
    }
  }
}
