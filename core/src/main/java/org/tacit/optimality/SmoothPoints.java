package org.tacit.optimality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/** Value and gradient of a smooth part, residual and step of a condition, in one evaluation. */
record SmoothPoints(Program evaluation) {
  static SmoothPoints of(Condition condition, Var smooth, Var gradient, Var step) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("residual", condition.residual().node());
    outputs.put("smooth", smooth.node());
    outputs.put("gradient", gradient.node());
    outputs.put("step", step.node());
    return new SmoothPoints(Program.of(outputs));
  }

  /** All these points in one pass. */
  List<Problem.Point> at(Bound bound, List<Matrix> points) {
    List<Map<String, Matrix>> values = bound.evaluate(evaluation, points);
    List<Problem.Point> found = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      Map<String, Matrix> now = values.get(k);
      found.add(
          new Problem.Point(
              points.get(k),
              now.get("smooth").value(),
              now.get("gradient"),
              now.get("residual"),
              Arrays.stream(now.get("step").toArray()).min().orElseThrow()));
      bound.step().sees(points.get(k), now.get("gradient"));
    }
    return found;
  }
}
