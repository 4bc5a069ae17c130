package org.tacit.implicit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.program.Program;

/**
 * Where kinks are looked for: a solution, its adjoint or tangent w, and the programs that are
 * evaluated there.
 *
 * @param values x, theta, w and what else the programs read, by name
 */
record KinkPoint(
    CorrectionPrograms programs, ImplicitSolution solution, Map<String, Matrix> values) {
  KinkPoint {
    values = Map.copyOf(values);
  }

  static KinkPoint of(
      CorrectionPrograms programs,
      ImplicitSolution solution,
      Solution linear,
      Map<String, Matrix> more) {
    Map<String, Matrix> values = new HashMap<>(more);
    values.put("x", solution.x());
    values.put("theta", solution.theta());
    values.put("w", linear.value());
    return new KinkPoint(programs, solution, values);
  }

  Matrix x() {
    return values.get("x");
  }

  Matrix theta() {
    return values.get("theta");
  }

  Matrix w() {
    return values.get("w");
  }

  /** The values with another under a name. */
  Map<String, Matrix> with(String name, Matrix value) {
    Map<String, Matrix> all = new HashMap<>(values);
    all.put(name, value);
    return all;
  }

  /** The outputs of a program for these inputs. One pass. */
  List<Map<String, Matrix>> evaluate(Program program, List<Map<String, Matrix>> inputs) {
    return solution.passes().in("certificate").evaluate(program, inputs);
  }
}
