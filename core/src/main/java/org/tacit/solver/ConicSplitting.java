package org.tacit.solver;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tacit.breeze.Factorisation;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.optimality.ConicResidual;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link ConstrainedMinimiser#conicSplitting}. */
record ConicSplitting(int variables) implements Solver {
  private static final int EVERY = 25;
  private static final double PROOF = 1e-7;

  public ConicSplitting {
    if (variables < 1) {
      throw new IllegalArgumentException("Invalid variables: " + variables + " (must be >= 1)");
    }
  }

  @Override
  public String name() {
    return "conic splitting + newton";
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping);
    if (!iterates.goesOn()) {
      return iterates.solution(name(), Outcome.STALLED);
    }
    return ConicProgram.of(new Metered.Whole(problem, iterates), start, variables)
        .map(program -> run(problem, program, iterates))
        .orElseGet(() -> iterates.solution(name(), Outcome.NOT_FINITE));
  }

  private Solution run(Problem problem, ConicProgram program, Iterates iterates) {
    double polishedAt = iterates.norm();
    for (int k = 1; iterates.goesOn(); k++) {
      Matrix step = program.step(iterates.here().residual());
      Matrix next = iterates.x().plus(step);
      Optional<Problem.Evaluated> there = iterates.evaluate(next);
      if (there.isEmpty()) {
        return iterates.solution(name(), Outcome.NOT_FINITE);
      }
      if (next.equals(iterates.x())) {
        return iterates.solution(name(), Outcome.STALLED);
      }
      Matrix dual = program.dual(iterates.x(), iterates.here().residual());
      Matrix before = iterates.x();
      iterates.moveTo(next, there.get());
      if (k % EVERY == 0) {
        Matrix y = program.dual(next, there.get().residual()).minus(dual);
        Optional<Solution> proof = proof(program, iterates, next.minus(before), y);
        if (proof.isPresent()) {
          return proof.get();
        }
      }
      if (iterates.norm() < 0.1 * polishedAt) {
        Newton.of().run(problem, iterates);
        polishedAt = iterates.norm();
      }
    }
    return iterates.solution(name(), Outcome.STALLED);
  }

  /** What the differences of two points and of their duals prove; one pass or two more. */
  private Optional<Solution> proof(
      ConicProgram program, Iterates iterates, Matrix difference, Matrix y) {
    int size = difference.rows();
    Matrix none = Matrix.zeros(variables, 1);
    Matrix yUnit = y.times(1 / Math.max(1e-300, y.norm()));
    Matrix atY = QuadraticProgram.joined(none, yUnit);
    if (program.d().dot(yUnit) < -PROOF * program.d().norm()
        && program.pull(yUnit).norm() <= PROOF
        && isNone(iterates, atY, at -> program.slack(atY, at))) {
      return proved(atY, Outcome.INFEASIBLE, iterates);
    }
    Matrix z = difference.rows(0, variables);
    Matrix zUnit = z.times(1 / Math.max(1e-300, z.norm()));
    // proj_{K*}(E z) = 0 says that -E z is in K.
    Matrix atSlack = QuadraticProgram.joined(none, program.push(zUnit));
    if (program.c().dot(zUnit) < -PROOF * program.c().norm()
        && isNone(iterates, atSlack, at -> program.dual(atSlack, at))) {
      Matrix ray = QuadraticProgram.joined(zUnit, Matrix.zeros(size - variables, 1));
      return proved(ray, Outcome.UNBOUNDED, iterates);
    }
    return Optional.empty();
  }

  private static boolean isNone(Iterates iterates, Matrix x, UnaryOperator<Matrix> ofResidual) {
    return iterates
        .evaluate(x)
        .filter(at -> ofResidual.apply(at.residual()).norm() <= PROOF)
        .isPresent();
  }

  private Optional<Solution> proved(Matrix x, Outcome outcome, Iterates iterates) {
    return iterates.evaluate(x).map(at -> iterates.proved(name(), outcome, x, at));
  }

  /**
   * The data of a conic program min c'z subject to E z + s = d, s in K, read off the residual F of
   * {@link ConicResidual}: E by one product with its Jacobian, c and d at zero.
   *
   * @param e m x p
   * @param d m x 1
   * @param c p x 1
   * @param normal I + E'E factorised
   */
  private record ConicProgram(Matrix e, Matrix d, Matrix c, Factorisation normal) {
    static Optional<ConicProgram> of(Problem problem, Matrix at, int n) {
      int size = problem.size();
      Matrix variables = Matrix.identity(size).columns(0, n);
      try (ClosableOperator jacobian = problem.jacobian(at)) {
        Matrix e = jacobian.apply(variables).rows(n, size).times(-1);
        Matrix atZero = problem.evaluate(Matrix.zeros(size, 1)).residual();
        if (!e.isFinite() || !atZero.isFinite()) {
          return Optional.empty();
        }
        Optional<Factorisation> normal =
            Factorisation.scaledCholesky(e.transpose().times(e).plus(Matrix.identity(n)));
        return normal.map(
            factors -> new ConicProgram(e, atZero.rows(n, size), atZero.rows(0, n), factors));
      } catch (NotANumberException overflow) {
        return Optional.empty();
      }
    }

    /** -(I + M)^-1 F. */
    Matrix step(Matrix f) {
      int n = c.rows();
      Matrix first = f.rows(0, n);
      Matrix second = f.rows(n, f.rows());
      Matrix z = normal.solve(first.minus(pull(second)));
      return QuadraticProgram.joined(z, second.plus(push(z))).times(-1);
    }

    /** s = d - E z - F_2. */
    Matrix slack(Matrix x, Matrix f) {
      int n = c.rows();
      Matrix z = x.rows(0, n);
      return d.minus(push(z)).minus(f.rows(n, f.rows()));
    }

    /** y = v + s. */
    Matrix dual(Matrix x, Matrix f) {
      return x.rows(c.rows(), x.rows()).plus(slack(x, f));
    }

    /** E'y. */
    Matrix pull(Matrix y) {
      return e.transpose().times(y);
    }

    /** E z. */
    Matrix push(Matrix z) {
      return e.times(z);
    }
  }
}
