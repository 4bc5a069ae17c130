package org.tacit.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Source;

/** Reverse derivatives: the transpose of the jvp, with no rules of its own. */
public final class Vjp {
  private Vjp() {}

  /**
   * The cotangents of {@code points} for {@code cotangents}, one for each output: (d f)' applied to
   * them.
   */
  public static List<Var> of(List<Var> outputs, List<Var> points, List<Var> cotangents) {
    Map<Var, Var> tangents = new LinkedHashMap<>();
    String prefix = freshPrefix(outputs);
    for (Var point : points) {
      tangents.putIfAbsent(point, Var.input(prefix + tangents.size(), point.shape()));
    }
    List<Var> moved = Jvp.of(outputs, tangents);
    return Transposed.of(moved, points.stream().map(tangents::get).toList(), cotangents);
  }

  /** The gradient of a 1 x 1 value in each of {@code points}, of its shape. */
  public static List<Var> gradient(Var value, List<Var> points) {
    if (!value.shape().isScalar()) {
      throw new IllegalArgumentException(
          "Invalid objective: " + value.shape() + " (must be 1 x 1 to have a gradient)");
    }
    return of(List.of(value), points, List.of(Var.constant(1)));
  }

  /** The gradient of a 1 x 1 value in one point. */
  public static Var gradient(Var value, Var point) {
    return gradient(value, List.of(point)).get(0);
  }

  private static String freshPrefix(List<Var> outputs) {
    int depth = 0;
    for (Node node : Program.ancestors(outputs.stream().map(Var::node).toList())) {
      String name = node.operation().name();
      if (node.operation() instanceof Source.Input && name.startsWith("tangent")) {
        depth = Math.max(depth, name.length());
      }
    }
    return "tangent" + "'".repeat(depth) + " ";
  }
}
