package org.tacit.implicit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Bounds the error of the derivative g = d2 L + B' u of an outer value L(x*(theta), theta), where
 * A' u + d1 L = 0, when x and u are only approximate.
 *
 * <p>With G(x, u) = A(x)' u + d1 L(x) and sigma the smallest singular value of A,
 *
 * <pre>
 *   |x - x*| &lt;= |F| / sigma
 *   |u - u*| &lt;= (|G| + |dG/dx| |x - x*|) / sigma
 *   |g - g*| &lt;= |dg/dx| |x - x*| + |B| |u - u*|
 * </pre>
 *
 * to first order in the errors. This is Theorem 1 of arXiv 2105.15183, with the linear solve's
 * residual, which the theorem leaves out. The three norms are Frobenius norms, estimated from
 * products with {@value #PROBES} seeded normal vectors at once; sigma is an estimate too. Cost: one
 * pass over each table that F and L read.
 */
public final class ErrorBound {
  private static final int PROBES = 8;

  private final int unknowns;
  private final Program probe;

  private ErrorBound(Condition condition, Var outer) {
    this.unknowns = condition.unknowns();
    Var x = condition.x();
    Var theta = condition.theta();
    Var u = Var.input("u", x.shape());
    Var z = Var.input("z", x.shape());
    Var f = condition.residual();
    List<Var> outerGradient = Vjp.gradient(outer, List.of(x, theta));
    List<Var> adjoint = Vjp.of(List.of(f), List.of(x, theta), List.of(u));
    List<Var> probed = Vjp.of(List.of(f), List.of(theta), List.of(z));
    Map<Var, Var> along = Map.of(x, z);
    List<Var> moved =
        Jvp.of(
            List.of(
                adjoint.get(0).plus(outerGradient.get(0)),
                adjoint.get(1).plus(outerGradient.get(1))),
            along);
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("dG", moved.get(0).node());
    outputs.put("dg", moved.get(1).node());
    outputs.put("B'z", probed.get(0).node());
    this.probe = Program.of(outputs);
  }

  /** The bound for an outer value written in the condition's symbols. */
  public static ErrorBound of(Condition condition, Var outer) {
    return new ErrorBound(condition, outer);
  }

  /**
   * The certificate of a derivative.
   *
   * @param adjoint the linear solve for u behind it
   * @param derivativeNorm its norm
   * @param more what else than x and theta the outer value reads, by name
   */
  public Certificate of(
      ImplicitSolution solution,
      Solution adjoint,
      double derivativeNorm,
      Map<String, Matrix> more) {
    double residual = solution.inner().residualNorm();
    OptionalDouble errorOfX = OptionalDouble.empty();
    OptionalDouble error = OptionalDouble.empty();
    if (adjoint.smallestEigenvalue().isPresent()) {
      double sigma = adjoint.smallestEigenvalue().getAsDouble();
      Map<String, Double> norms = norms(solution, adjoint, more);
      double ofX = residual / sigma;
      double ofU = (adjoint.residualNorm() + norms.get("dG") * ofX) / sigma;
      errorOfX = OptionalDouble.of(ofX);
      error = OptionalDouble.of(norms.get("dg") * ofX + norms.get("B'z") * ofU);
    }
    return new Certificate(
        residual,
        adjoint.residualNorm(),
        adjoint.smallestEigenvalue(),
        errorOfX,
        error,
        derivativeNorm,
        solution.inner().outcome().and(adjoint.outcome()));
  }

  private Map<String, Double> norms(
      ImplicitSolution solution, Solution adjoint, Map<String, Matrix> more) {
    Map<String, Matrix> point = new HashMap<>(more);
    point.put("x", solution.x());
    point.put("theta", solution.theta());
    point.put("u", adjoint.value());
    Random random = new Random(20210531);
    List<Map<String, Matrix>> probes = new ArrayList<>();
    for (int k = 0; k < PROBES; k++) {
      Map<String, Matrix> inputs = new HashMap<>(point);
      double[] z = new double[unknowns];
      for (int i = 0; i < unknowns; i++) {
        z[i] = random.nextGaussian();
      }
      inputs.put("z", Matrix.adopting(unknowns, 1, z));
      probes.add(inputs);
    }
    Map<String, Double> norms = new HashMap<>();
    Passes passes = solution.passes().in("certificate");
    for (Map<String, Matrix> outputs : passes.evaluate(probe, probes)) {
      outputs.forEach(
          (name, value) -> norms.merge(name, value.norm() * value.norm() / PROBES, Double::sum));
    }
    norms.replaceAll((name, square) -> Math.sqrt(square));
    return norms;
  }
}
