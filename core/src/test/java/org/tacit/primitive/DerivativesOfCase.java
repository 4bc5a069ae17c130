package org.tacit.primitive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;

/**
 * A trial's value y, jvp J t, vjp J' v, and for phi = sum(v (y + y^2 / 2)) the gradient g and the
 * products H t and H s, at the point and at steps around it: all of them in one evaluation.
 */
final class DerivativesOfCase {
  private static final double H = 1e-3;
  private static final double[] STEPS = {0, H, -H, 2 * H, -2 * H};

  private final PrimitiveTrial trial;
  private final List<Map<String, Matrix>> results;

  private DerivativesOfCase(PrimitiveTrial trial, List<Map<String, Matrix>> results) {
    this.trial = trial;
    this.results = results;
  }

  static DerivativesOfCase of(PrimitiveTrial trial, TableFactory tables, int partitions) {
    Passes passes = trial.passes(tables, partitions);
    List<Map<String, Matrix>> instances = new ArrayList<>();
    for (double step : STEPS) {
      instances.add(trial.inputs(step));
    }
    var results = passes.evaluate(trial.program(outputs(trial)), instances);
    trial.close(passes);
    return new DerivativesOfCase(trial, results);
  }

  /** The outputs by name, the argument's position after the name where there is one for each. */
  static Map<String, Var> outputs(PrimitiveTrial trial) {
    List<Integer> moving = trial.line().moving();
    List<Var> points = trial.moved(moving);
    Var y = trial.line().build().apply(points);
    Var v = trial.value("v");
    List<Var> moved = moving.stream().map(points::get).toList();
    List<Var> back = Vjp.of(List.of(y), moved, List.of(v));
    List<Var> gradient = Vjp.gradient(y.square().times(0.5).plus(y).dot(v), moved);
    List<Var> productT = Jvp.of(gradient, along(trial, points, "t"));
    List<Var> productS = Jvp.of(gradient, along(trial, points, "s"));
    Map<String, Var> outputs = new LinkedHashMap<>();
    outputs.put("y", y);
    outputs.put("Jt", Jvp.of(List.of(y), along(trial, points, "t")).get(0));
    for (int k = 0; k < moving.size(); k++) {
      outputs.put("J'v" + moving.get(k), back.get(k));
      outputs.put("g" + moving.get(k), gradient.get(k));
      outputs.put("Ht" + moving.get(k), productT.get(k));
      outputs.put("Hs" + moving.get(k), productS.get(k));
    }
    return outputs;
  }

  private static Map<Var, Var> along(PrimitiveTrial trial, List<Var> points, String direction) {
    Map<Var, Var> tangents = new LinkedHashMap<>();
    trial.line().moving().forEach(i -> tangents.put(points.get(i), trial.value(direction + i)));
    return tangents;
  }

  /** What y should be. */
  Matrix formula() {
    List<Matrix> arguments = new ArrayList<>();
    for (int i = 0; i < trial.line().arguments().size(); i++) {
      arguments.add(trial.data("x" + i));
    }
    return trial.line().formula().apply(arguments);
  }

  /** The weights v. */
  Matrix weights() {
    return trial.data("v");
  }

  /** Whether nothing that moves changes y. */
  boolean isFlat() {
    return trial.line().isFlat() || moving().isEmpty();
  }

  /** The positions of the arguments that move. */
  List<Integer> moving() {
    return trial.line().moving();
  }

  /** An output at the point itself. */
  Matrix at(String output) {
    return results.get(0).get(output);
  }

  /** All outputs at the point. */
  Map<String, Matrix> all() {
    return results.get(0);
  }

  /** The derivative of an output along the direction t, by central differences of fourth order. */
  Matrix difference(String output) {
    Matrix near = results.get(1).get(output).minus(results.get(2).get(output));
    Matrix far = results.get(3).get(output).minus(results.get(4).get(output));
    return near.times(8).minus(far).times(1 / (12 * H));
  }

  /** The sum over the moving arguments of inner products of a direction and an output. */
  double dot(String direction, String output) {
    return trial.line().moving().stream()
        .mapToDouble(i -> trial.data(direction + i).dot(at(output + i)))
        .sum();
  }

  /** The sum over the moving arguments of the products of their norms. */
  double scale(String direction, String output) {
    return trial.line().moving().stream()
        .mapToDouble(i -> trial.data(direction + i).norm() * at(output + i).norm())
        .sum();
  }
}
