package org.tacit.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * The programs of an {@link ExplicitFunction} at arguments of given shapes: y of inputs x0, x1,
 * ...; its jvp, of inputs v0, v1, ... besides; its vjp, of an input u besides.
 */
record FormulaPrograms(Shape shape, int arguments, Program value, Program jvp, Program vjp) {
  static FormulaPrograms of(Function<List<Var>, Var> formula, List<Shape> shapes) {
    List<Var> x = inputs("x", shapes);
    List<Var> v = inputs("v", shapes);
    Var y = formula.apply(x);
    if (y.shape().isSharded()) {
      throw new IllegalArgumentException(
          "Invalid function: " + y.shape() + " (must be replicated; sum over its rows)");
    }
    Map<Var, Var> tangents = new LinkedHashMap<>();
    for (int i = 0; i < x.size(); i++) {
      tangents.put(x.get(i), v.get(i));
    }
    Var jvp = Jvp.of(List.of(y), tangents).get(0);
    List<Var> cotangents = Vjp.of(List.of(y), x, List.of(Var.input("u", y.shape())));
    Map<String, Node> vjp = new LinkedHashMap<>();
    for (int i = 0; i < x.size(); i++) {
      vjp.put("x" + i, cotangents.get(i).node());
    }
    return new FormulaPrograms(
        y.shape(),
        x.size(),
        Program.of("y", y.node()),
        Program.of("y", jvp.node()),
        Program.of(vjp));
  }

  private static List<Var> inputs(String name, List<Shape> shapes) {
    List<Var> inputs = new ArrayList<>();
    shapes.forEach(shape -> inputs.add(Var.input(name + inputs.size(), shape)));
    return List.copyOf(inputs);
  }

  Map<String, Matrix> bind(List<Matrix> x) {
    Map<String, Matrix> bound = new LinkedHashMap<>();
    x.forEach(value -> bound.put("x" + bound.size(), value));
    return bound;
  }

  Map<String, Matrix> bind(List<Matrix> x, Matrix u) {
    Map<String, Matrix> bound = bind(x);
    bound.put("u", u);
    return bound;
  }

  Map<String, Matrix> bind(List<Matrix> x, List<Matrix> v) {
    if (v.size() != arguments) {
      throw new IllegalArgumentException(
          "Invalid tangents: " + v.size() + " (must be " + arguments + ", one for each argument)");
    }
    Map<String, Matrix> bound = bind(x);
    for (int i = 0; i < arguments; i++) {
      bound.put("v" + i, v.get(i));
    }
    return bound;
  }

  Matrix output(Map<String, Matrix> outputs) {
    return outputs.get("y");
  }

  List<Matrix> cotangents(Map<String, Matrix> outputs) {
    return IntStream.range(0, arguments).mapToObj(i -> outputs.get("x" + i)).toList();
  }
}
