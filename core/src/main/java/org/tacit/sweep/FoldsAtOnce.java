package org.tacit.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** F_1 to F_K as one program, which computes once what they have in common at one point. */
record FoldsAtOnce(Program program) {
  /** Of the models of all folds. */
  static FoldsAtOnce of(Fits fits) {
    Map<String, Node> byFold = new LinkedHashMap<>();
    for (int k = 0; k < fits.folds(); k++) {
      Map<Var, Var> values = new LinkedHashMap<>();
      fits.bound(k)
          .forEach((name, value) -> values.put(Var.input(name, Shape.SCALAR), Var.constant(value)));
      Var residual = Substitution.in(fits.model(k).condition().residual(), values);
      byFold.put(name(k), residual.node());
    }
    return new FoldsAtOnce(Program.of(byFold));
  }

  private static String name(int fold) {
    return "residual " + fold;
  }

  /** At this point. One pass. */
  List<Matrix> residuals(Passes passes, Matrix theta, Matrix x) {
    Map<String, Matrix> all = passes.evaluate(program, Map.of("x", x, "theta", theta));
    return IntStream.range(0, all.size()).mapToObj(k -> all.get(name(k))).toList();
  }
}
