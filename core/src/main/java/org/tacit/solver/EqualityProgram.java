package org.tacit.solver;

import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Constraints;
import org.tacit.optimality.Problem;

/** {@link ConstrainedMinimiser#equalityProgram}. */
record EqualityProgram() implements Solver {
  private static final double DEPENDENT = 1e-13;
  private static final double ROUNDING = 1e-9;

  @Override
  public String name() {
    return "equality-constrained qp";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Constraints constraints = QuadraticSolve.constraints(name(), problem);
    if (constraints.inequalities() > 0) {
      throw new IllegalArgumentException(
          "Invalid condition for "
              + name()
              + ": "
              + constraints.inequalities()
              + " inequalities (must be none; interior point or osqp)");
    }
    QuadraticSolve solve = new QuadraticSolve(problem, name(), start, stopping);
    return solve.iterates().goesOn()
        ? solve.with(constraints, program -> solved(program, solve))
        : solve.iterates().solution(name(), Outcome.STALLED);
  }

  private static Solution solved(QuadraticProgram program, QuadraticSolve solve) {
    int n = program.variables();
    Matrix matrix = matrix(program);
    Matrix right = QuadraticProgram.joined(program.c().times(-1), program.high());
    Factorisation factors = Factorisation.scaledSymmetric(matrix);
    boolean isRegular = factors.reciprocalCondition() > DEPENDENT;
    Factorisation used = isRegular ? factors : SingularValues.of(matrix);
    Matrix x = used.solve(right);
    x = x.plus(used.solve(right.minus(matrix.times(x))));
    Matrix rest = right.minus(matrix.times(x));
    if (rest.norm() > ROUNDING * Math.max(right.norm(), matrix.maxAbs() * x.norm())) {
      Matrix z = rest.rows(0, n);
      Matrix nu = rest.rows(n, rest.rows());
      boolean isInfeasible = nu.norm() > ROUNDING * right.norm();
      Matrix none = isInfeasible ? Matrix.zeros(n, 1) : Matrix.zeros(nu.rows(), 1);
      return isInfeasible
          ? solve.proved(program, QuadraticProgram.joined(none, nu.times(-1)), Outcome.INFEASIBLE)
          : solve.proved(program, QuadraticProgram.joined(z, none), Outcome.UNBOUNDED);
    }
    return solve.ended(program, x, 0);
  }

  private static Matrix matrix(QuadraticProgram program) {
    int n = program.variables();
    int size = n + program.constraints();
    double[] k = new double[size * size];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i * size + j] = program.q().at(i, j);
      }
      for (int j = n; j < size; j++) {
        k[i * size + j] = program.a().at(j - n, i);
        k[j * size + i] = k[i * size + j];
      }
    }
    return Matrix.adopting(size, size, k);
  }
}
