package org.tacit.optimality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tacit.autodiff.Vjp;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Whether a solution of {@link Kkt} can be differentiated, by measurement at x = [z; nu; lam].
 *
 * <p>Of a solve with residual r, a pair lam_i and -G_i whose product is r may both be as large as
 * sqrt(r) though both are zero at the solution: pairs whose larger is below 10 sqrt(r) + 1e-10 are
 * degenerate. There the solution map has a kink, and A is singular or about to be. Source: Nocedal
 * and Wright, Numerical Optimization, 2nd ed., definitions 12.4 and 12.5.
 *
 * @param residualNorm |F(x, theta)|
 * @param infeasibility the largest of |H_i|, G_i and -lam_i, at least 0
 * @param complementarity min over i of max(lam_i, -G_i); infinite without inequalities
 * @param independence the smallest singular value of the gradients of the active constraints
 *     (equalities, and inequalities that are not slack), 0 where they are more than z has elements,
 *     infinite where there are none
 * @param degenerate the inequalities of which lam_i and G_i are both zero
 */
public record KktRegularity(
    double residualNorm,
    double infeasibility,
    double complementarity,
    double independence,
    List<Integer> degenerate) {
  private static final double DEPENDENT = 1e-10;

  public KktRegularity {
    degenerate = List.copyOf(degenerate);
  }

  /** Below this an element of a pair cannot be told from zero. */
  private static double indistinct(double residualNorm) {
    return 10 * Math.sqrt(residualNorm) + 1e-10;
  }

  /** Measures at a solution. One pass for the values and one for the gradients at most. */
  public static KktRegularity of(Kkt<?, ?> kkt, Passes passes, Matrix theta, Matrix x) {
    Map<String, Matrix> inputs = Map.of("x", x, "theta", theta);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("F", kkt.residual().node());
    outputs.put("H", kkt.equalities().node());
    outputs.put("G", kkt.inequalities().node());
    Map<String, Matrix> values = passes.evaluate(Program.of(outputs), inputs);
    double residualNorm = values.get("F").norm();
    double nothing = indistinct(residualNorm);
    Matrix g = values.get("G");
    Matrix lam = kkt.inequalityMultipliers(x);
    double infeasibility = values.get("H").maxAbs();
    double complementarity = Double.POSITIVE_INFINITY;
    List<Integer> degenerate = new ArrayList<>();
    List<Integer> active = new ArrayList<>();
    for (int i = 0; i < g.rows(); i++) {
      infeasibility = Math.max(infeasibility, Math.max(g.at(i), -lam.at(i)));
      double larger = Math.max(lam.at(i), -g.at(i));
      complementarity = Math.min(complementarity, larger);
      if (larger <= nothing) {
        degenerate.add(i);
      }
      if (-g.at(i) <= nothing || lam.at(i) > -g.at(i)) {
        active.add(i);
      }
    }
    double independence = smallestSingularValue(gradients(kkt, passes, inputs, active), kkt);
    return new KktRegularity(
        residualNorm, infeasibility, complementarity, independence, degenerate);
  }

  /** The gradients in z of the equalities and of these inequalities, side by side. */
  private static List<Matrix> gradients(
      Kkt<?, ?> kkt, Passes passes, Map<String, Matrix> inputs, List<Integer> active) {
    List<Integer> all = IntStream.range(0, kkt.equalityCount()).boxed().toList();
    List<Matrix> rows = new ArrayList<>(gradients(kkt, kkt.equalities(), passes, inputs, all));
    rows.addAll(gradients(kkt, kkt.inequalities(), passes, inputs, active));
    return rows;
  }

  private static List<Matrix> gradients(
      Kkt<?, ?> kkt, Var value, Passes passes, Map<String, Matrix> inputs, List<Integer> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Var symbol = Var.input("cotangent", value.shape());
    Var back = Vjp.of(List.of(value), List.of(kkt.x()), List.of(symbol)).get(0);
    Program program = Program.of("gradient", kkt.primal(back).node());
    Matrix identity = Matrix.identity(value.shape().size());
    Matrix units = Matrix.beside(rows.stream().map(identity::columnAt).toList());
    Matrix gradients = passes.columns(program, inputs, Map.of("cotangent", units)).get("gradient");
    return IntStream.range(0, rows.size()).mapToObj(gradients::columnAt).toList();
  }

  private static double smallestSingularValue(List<Matrix> columns, Kkt<?, ?> kkt) {
    int n = kkt.primalCount();
    if (columns.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    if (columns.size() > n) {
      return 0;
    }
    List<Matrix> square = new ArrayList<>(columns);
    while (square.size() < n) {
      square.add(Matrix.zeros(n, 1));
    }
    return SingularValues.valuesOf(Matrix.beside(square)).at(columns.size() - 1);
  }

  /** Whether strict complementarity and LICQ hold, as far as the residual lets them be seen. */
  public boolean isRegular() {
    return degenerate.isEmpty() && independence > DEPENDENT;
  }

  /** Nothing where the solution is feasible and regular; else what is wrong, and what to do. */
  public void orThrow() {
    if (infeasibility > indistinct(residualNorm)) {
      throw new IllegalStateException(
          "Not a solution: a constraint or a multiplier's sign is off by "
              + infeasibility
              + " (another start, or InteriorPoint, finds the root of F that is feasible)");
    }
    if (!degenerate.isEmpty()) {
      throw new IllegalStateException(
          "Degenerate solution: lam and G are both zero for inequalities "
              + degenerate
              + " (the derivative jumps here; move theta, or drop what does not bind)");
    }
    if (!isRegular()) {
      throw new IllegalStateException(
          "Degenerate solution: gradients of active constraints have smallest singular value "
              + independence
              + " (must be independent; drop redundant constraints)");
    }
  }
}
