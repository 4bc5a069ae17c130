package org.tacit.implicit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.pass.PassPrimitive;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * x*(theta) as a primitive. Derivative: A dx = -B dtheta, with A^-1 a primitive too ({@link
 * InverseJacobian}) and B dtheta a program, so that derivatives exist to any order.
 */
record SolutionValue(ImplicitFunction function) implements Nested, PassPrimitive {
  @Override
  public String name() {
    return "solution";
  }

  @Override
  public boolean hasKinks() {
    return KinkSites.areIn(function.condition());
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Condition condition = function.condition();
    Shape theta = condition.theta().shape();
    Shape.require(
        inputs.get(0).equals(theta), "Invalid theta: %s (must be %s)", inputs.get(0), theta);
    return condition.x().shape();
  }

  /**
   * B dtheta is written in the condition's own symbols first, since x* in the larger program
   * depends on theta.
   */
  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Condition condition = function.condition();
    Var tangent = Var.input("tangent of theta", condition.theta().shape());
    Var moved = Jvp.of(condition.residual(), condition.theta(), tangent);
    Var theta = inputs.get(0);
    Var here =
        Substitution.in(
            moved,
            Map.of(condition.x(), output, condition.theta(), theta, tangent, tangents.get(0)));
    return Var.apply(InverseJacobian.of(function), List.of(output, theta, here.negate()));
  }

  @Override
  public List<Matrix> evaluate(Passes passes, List<List<Matrix>> instances) {
    List<Matrix> solutions = new ArrayList<>();
    for (List<Matrix> inputs : instances) {
      try (ImplicitSolution solution = function.solve(passes, inputs.get(0))) {
        solutions.add(trusted(solution));
      }
    }
    return solutions;
  }

  private static Matrix trusted(ImplicitSolution solution) {
    Outcome outcome = solution.inner().outcome();
    return outcome.isConverged() ? solution.x() : solution.inner().orThrow();
  }
}
