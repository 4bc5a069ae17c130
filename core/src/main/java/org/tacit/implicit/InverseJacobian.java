package org.tacit.implicit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.PassPrimitive;
import org.tacit.pass.Passes;
import org.tacit.primitive.Transposable;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * u = A(x, theta)^-1 b, or A'^-1 b, as a primitive of (x, theta, b): linear in b, with the other as
 * transpose. Derivative: A du = db - dA u, where dA u is the jvp of the program A u.
 */
record InverseJacobian(ImplicitFunction function, boolean transposed)
    implements Transposable, PassPrimitive {
  static InverseJacobian of(ImplicitFunction function) {
    return new InverseJacobian(function, false);
  }

  @Override
  public String name() {
    return transposed ? "inverseJacobian'" : "inverseJacobian";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return inputs.get(2);
  }

  @Override
  public boolean linearIn(int i) {
    return i == 2;
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    Var x = inputs.get(0);
    Var theta = inputs.get(1);
    Var right = tangents.get(2);
    Map<Var, Var> moving = new LinkedHashMap<>();
    for (int i = 0; i < 2; i++) {
      if (!tangents.get(i).isZero()) {
        moving.put(inputs.get(i), tangents.get(i));
      }
    }
    if (!moving.isEmpty()) {
      right = right.minus(moved(x, theta, output, moving));
    }
    return Var.apply(this, List.of(x, theta, right));
  }

  /**
   * dA u with u held fixed: A u is written in symbols of its own for x, theta and u, since the
   * values of the larger program depend on each other.
   */
  private Var moved(Var x, Var theta, Var u, Map<Var, Var> moving) {
    Var symbolX = function.condition().x();
    Var symbolTheta = function.condition().theta();
    Var symbolU = Var.input("fixed direction", u.shape());
    Var residual = function.condition().residual();
    Var product =
        transposed
            ? Vjp.of(List.of(residual), List.of(symbolX), List.of(symbolU)).get(0)
            : Jvp.of(residual, symbolX, symbolU);
    Map<Var, Var> tangents = new LinkedHashMap<>();
    Map<Var, Var> values = new LinkedHashMap<>(Map.of(symbolX, x, symbolTheta, theta, symbolU, u));
    if (moving.containsKey(x)) {
      Var tangent = Var.input("tangent of x", x.shape());
      tangents.put(symbolX, tangent);
      values.put(tangent, moving.get(x));
    }
    if (moving.containsKey(theta)) {
      Var tangent = Var.input("tangent of theta", theta.shape());
      tangents.put(symbolTheta, tangent);
      values.put(tangent, moving.get(theta));
    }
    Var change = Jvp.of(List.of(product), tangents).get(0);
    return Substitution.in(change, values);
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    return Var.apply(
        new InverseJacobian(function, !transposed),
        List.of(inputs.get(0), inputs.get(1), cotangent));
  }

  /** Instances at the same x and theta, such as several right-hand sides, are solved together. */
  @Override
  public List<Matrix> evaluate(Passes passes, List<List<Matrix>> instances) {
    List<Matrix> results = new ArrayList<>();
    int from = 0;
    while (from < instances.size()) {
      int to = from + 1;
      while (to < instances.size() && samePoint(instances.get(from), instances.get(to))) {
        to++;
      }
      List<Matrix> rightSides =
          instances.subList(from, to).stream().map(inputs -> inputs.get(2)).toList();
      Matrix solved = solve(passes, instances.get(from), Matrix.beside(rightSides));
      for (int k = 0; k < to - from; k++) {
        results.add(solved.columnAt(k));
      }
      from = to;
    }
    return results;
  }

  private static boolean samePoint(List<Matrix> a, List<Matrix> b) {
    return a.get(0).equals(b.get(0)) && a.get(1).equals(b.get(1));
  }

  private Matrix solve(Passes passes, List<Matrix> point, Matrix rightSides) {
    Solution known =
        new Solution(point.get(0), Outcome.CONVERGED, "given", 0, 0, 0, OptionalDouble.empty());
    try (ImplicitSolution solution = function.at(passes, point.get(1), known)) {
      return solution.inverse(rightSides, transposed).orThrow();
    }
  }
}
