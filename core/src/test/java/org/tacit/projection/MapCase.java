package org.tacit.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A map of several matrices at a seeded random place, with its derivatives and their differences.
 *
 * @param arguments the first is the point, the others are parameters
 * @param directions ways the arguments may move, of their shapes
 */
public record MapCase(
    Function<List<Var>, Var> map, List<Matrix> arguments, List<Matrix> directions) {
  private static final double H = 1e-5;

  /** The value with another point. */
  public Matrix at(Matrix point) {
    List<Matrix> moved = new ArrayList<>(arguments);
    moved.set(0, point);
    return evaluate(moved, Map.of("y", map.apply(vars("x")))).get("y");
  }

  public Matrix value() {
    return at(arguments.get(0));
  }

  /** The largest relative failure of: jvp = difference, vjp = jvp', the same for a gradient. */
  public double failure(Random random) {
    List<Var> x = vars("x");
    List<Var> t = vars("t");
    Var y = map.apply(x);
    Matrix weights =
        Matrix.zeros(y.shape().rows().size(), y.shape().width()).map(z -> random.nextGaussian());
    Var v = Var.constant(weights);
    Map<Var, Var> tangents = new LinkedHashMap<>();
    for (int i = 0; i < x.size(); i++) {
      tangents.put(x.get(i), t.get(i));
    }
    List<Var> gradient = Vjp.gradient(y.square().times(0.5).plus(y).dot(v), x);
    Var slope = Var.constant(0);
    Var along = Var.constant(0);
    List<Var> back = Vjp.of(List.of(y), x, List.of(v));
    for (int i = 0; i < x.size(); i++) {
      along = along.plus(back.get(i).dot(t.get(i)));
      slope = slope.plus(gradient.get(i).dot(Var.constant(directions.get(i)).times(0.7)));
    }
    Map<String, Var> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("jvp", Jvp.of(List.of(y), tangents).get(0));
    outputs.put("vjp", along);
    outputs.put("slope", slope);
    outputs.put("bend", Jvp.of(List.of(slope), tangents).get(0));
    Map<String, Matrix> here = evaluate(arguments, outputs);
    Map<String, Matrix> ahead = evaluate(moved(H), outputs);
    Map<String, Matrix> behind = evaluate(moved(-H), outputs);
    return Math.max(
        Math.max(
            distance(here.get("jvp"), difference(ahead, behind, "y")),
            Math.abs(here.get("vjp").value() - here.get("jvp").dot(weights))
                / (1 + weights.norm() * here.get("jvp").norm())),
        distance(here.get("bend"), difference(ahead, behind, "slope")));
  }

  private static Matrix difference(Map<String, Matrix> a, Map<String, Matrix> b, String name) {
    return a.get(name).minus(b.get(name)).times(0.5 / H);
  }

  private static double distance(Matrix a, Matrix b) {
    return a.minus(b).norm() / (1 + b.norm());
  }

  private List<Matrix> moved(double step) {
    List<Matrix> moved = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      moved.add(arguments.get(i).plus(step, directions.get(i)));
    }
    return moved;
  }

  private List<Var> vars(String name) {
    List<Var> vars = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Matrix value = arguments.get(i);
      vars.add(Var.input(name + i, Shape.of(value.rows(), value.cols())));
    }
    return vars;
  }

  private Map<String, Matrix> evaluate(List<Matrix> at, Map<String, Var> outputs) {
    Map<String, Matrix> inputs = new HashMap<>();
    for (int i = 0; i < at.size(); i++) {
      inputs.put("x" + i, at.get(i));
      inputs.put("t" + i, directions.get(i));
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    outputs.forEach((name, value) -> nodes.put(name, value.node()));
    return Passes.over(Map.of()).evaluate(Program.of(nodes), inputs);
  }
}
