package org.tacit.bilevel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tacit.autodiff.Vjp;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.ErrorBound;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * min over theta of L(x*(theta), theta), where x* solves the inner condition and L usually reads
 * another table than it.
 *
 * <p>The hypergradient is d2 L + B' u with A' u = -d1 L: one linear system whatever the number of
 * hyper-parameters. Cost in passes: linearise 1, outer value and gradient 1, linear iterations,
 * cross derivative 1.
 */
public final class BilevelProblem {
  private final ImplicitFunction inner;
  private final Program outer;
  private final Var objective;
  private Optional<ErrorBound> errorBound = Optional.empty();
  private Optional<OuterHessian> outerHessian = Optional.empty();

  private BilevelProblem(ImplicitFunction inner, Var objective) {
    this.inner = inner;
    this.objective = objective;
    Condition condition = inner.condition();
    List<Var> gradient = Vjp.gradient(objective, List.of(condition.x(), condition.theta()));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("value", objective.node());
    outputs.put("x", gradient.get(0).node());
    outputs.put("theta", gradient.get(1).node());
    this.outer = Program.of(outputs);
  }

  /**
   * The problem of an inner function and an outer objective written in its condition's symbols x
   * and theta.
   */
  public static BilevelProblem of(ImplicitFunction inner, Var objective) {
    return new BilevelProblem(inner, objective);
  }

  /** The same whose outer objective is L + P; itself for a prior of strength 0. */
  public BilevelProblem with(Prior prior) {
    Var penalty = prior.of(inner.condition().theta());
    return prior.strength() == 0 ? this : new BilevelProblem(inner, objective.plus(penalty));
  }

  public ImplicitFunction inner() {
    return inner;
  }

  /** L and its partial derivatives at a solution. One pass. */
  public OuterValue outerValue(Passes passes, ImplicitSolution solution) {
    return outerValue(passes, solution.theta(), solution.x());
  }

  /** The same at a point from anywhere, such as the last of unrolled iterations. */
  public OuterValue outerValue(Passes passes, Matrix theta, Matrix x) {
    Map<String, Matrix> at = passes.in("outer").evaluate(outer, Map.of("x", x, "theta", theta));
    return new OuterValue(at.get("value").value(), at.get("x"), at.get("theta"));
  }

  /**
   * The total derivative of L in theta at a solution, the adjoint started at {@code adjointStart};
   * an L or a partial derivative that is not finite is refused.
   */
  public Hypergradient hypergradient(
      ImplicitSolution solution, OuterValue at, Matrix adjointStart) {
    if (!at.isFinite()) {
      throw NotANumberException.of("the outer value");
    }
    Solution adjoint = solution.adjoint(at.alongX(), adjointStart);
    Matrix gradient = solution.throughTheta(adjoint.value()).plus(at.alongTheta());
    return new Hypergradient(at.value(), gradient, adjoint, solution.inner().outcome());
  }

  /** L and its total derivative at a solution. */
  public Hypergradient hypergradient(Passes passes, ImplicitSolution solution) {
    Matrix start = Matrix.zeros(solution.x().rows(), 1);
    return hypergradient(solution, outerValue(passes, solution), start);
  }

  /** The same on the passes that the solution was found with. */
  public Hypergradient hypergradient(ImplicitSolution solution) {
    return hypergradient(solution.passes(), solution);
  }

  /** The same at a point from anywhere, such as the last of unrolled iterations. */
  public Hypergradient hypergradient(Passes passes, Matrix theta, Matrix x) {
    try (ImplicitSolution solution = inner.at(passes, theta, x)) {
      return hypergradient(passes, solution);
    }
  }

  /**
   * L at the last of unrolled iterations, and its total derivative through them.
   *
   * @param outerValue L(x_K, theta)
   * @param gradient dL(x_K(theta), theta)/dtheta, parameters x 1
   * @param through the derivative of x_K behind it, and what that took
   */
  public record ThroughIterations(
      double outerValue, Matrix gradient, Unrolled.Derivative through) {}

  /**
   * L and its total derivative through unrolled iterations from {@code start}, in reverse mode:
   * what an implicit one is compared with.
   */
  public ThroughIterations hypergradient(
      Passes passes, Matrix theta, Matrix start, Unrolled iterations) {
    AtomicReference<OuterValue> last = new AtomicReference<>();
    Unrolled.Derivative through =
        iterations.vjp(
            passes,
            theta,
            start,
            (Matrix x) -> {
              last.set(outerValue(passes, theta, x));
              return last.get().alongX();
            });
    Matrix gradient = through.value().plus(last.get().alongTheta());
    return new ThroughIterations(last.get().value(), gradient, through);
  }

  /**
   * The error bound of a hypergradient, by {@link ErrorBound}; none where a value is not finite at
   * the corrected solution that it looks at.
   */
  public Certificate certificate(ImplicitSolution solution, Hypergradient hypergradient) {
    double norm = hypergradient.gradient().norm();
    try {
      return errorBound().of(solution, hypergradient.adjoint(), norm, Map.of());
    } catch (NotANumberException overflow) {
      return new Certificate(
          solution.inner().residualNorm(),
          hypergradient.adjoint().residualNorm(),
          hypergradient.adjoint().smallestEigenvalue(),
          Optional.empty(),
          norm,
          Optional.empty(),
          hypergradient.outcome(),
          Optional.empty());
    }
  }

  /** The second derivatives of theta -> L(x*(theta), theta); empty where they are not finite. */
  Optional<OuterHessian.Value> hessian(ImplicitSolution solution, Hypergradient hypergradient) {
    return NotANumberException.orNothing(
        () -> outerHessian().at(solution, hypergradient.adjoint().value()));
  }

  /** Derived when first asked for, and kept. */
  private synchronized OuterHessian outerHessian() {
    if (outerHessian.isEmpty()) {
      outerHessian = Optional.of(OuterHessian.of(inner.condition(), objective));
    }
    return outerHessian.get();
  }

  /** Derived when first asked for, and kept. */
  private synchronized ErrorBound errorBound() {
    if (errorBound.isEmpty()) {
      errorBound = Optional.of(ErrorBound.of(inner.condition(), objective));
    }
    return errorBound.get();
  }

  /**
   * L at a solution, before the solution's own derivative is known.
   *
   * @param alongX d1 L, unknowns x 1
   * @param alongTheta d2 L, the direct derivative, parameters x 1
   */
  public record OuterValue(double value, Matrix alongX, Matrix alongTheta) {
    boolean isFinite() {
      return Double.isFinite(value) && alongX.isFinite() && alongTheta.isFinite();
    }
  }
}
