package org.tacit.solver;

import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;

/**
 * The map of one iteration of {@link OperatorSplitting} for one rho,
 *
 * <pre>
 *   (Q + sigma I + A' R A) x~ = sigma x - c + A'(R z - y),    z~ = A x~
 *   x+ = alpha x~ + (1 - alpha) x
 *   z+ = clip(alpha z~ + (1 - alpha) z + y / R),    y+ = y + R (alpha z~ + (1 - alpha) z - z+)
 * </pre>
 *
 * with R = rho for inequalities and 1000 rho for equalities, factorised once.
 */
final class SplittingStep {
  private static final double SIGMA = 1e-6;
  private static final double ALPHA = 1.6;
  private static final double EQUALITY = 1e3;

  private final QuadraticProgram program;
  private final Matrix transposed;
  private final Matrix weights;
  private final double rho;
  private final Factorisation factors;

  SplittingStep(QuadraticProgram program, double rho) {
    this.program = program;
    this.rho = rho;
    this.transposed = program.a().transpose();
    int m = program.constraints();
    this.weights = Matrix.column(m, i -> program.isEquality(i) ? EQUALITY * rho : rho);
    Matrix weighted =
        Matrix.tabulate(m, program.variables(), (i, j) -> program.a().at(i, j) * weights.at(i));
    Matrix normal = transposed.times(weighted);
    Matrix k = program.q().plus(normal).plus(SIGMA, Matrix.identity(program.variables()));
    this.factors =
        Factorisation.scaledCholesky(k).orElseGet(() -> Factorisation.scaledSymmetric(k));
  }

  /** Where the iteration stands. */
  record State(Matrix x, Matrix z, Matrix y) {}

  State apply(State at) {
    Matrix pull = at.z().with(weights, (z, r) -> z * r).minus(at.y());
    Matrix right = at.x().times(SIGMA).minus(program.c()).plus(transposed.times(pull));
    Matrix moved = factors.solve(right);
    Matrix relaxed = program.a().times(moved).times(ALPHA).plus(1 - ALPHA, at.z());
    Matrix z = program.clip(relaxed.plus(at.y().with(weights, (y, r) -> y / r)));
    Matrix y = at.y().plus(relaxed.minus(z).with(weights, (gap, r) -> gap * r));
    return new State(moved.times(ALPHA).plus(1 - ALPHA, at.x()), z, y);
  }

  /** The rho that balances the relative residuals of a state. */
  double balanced(State at) {
    Matrix ax = program.a().times(at.x());
    Matrix qx = program.q().times(at.x());
    Matrix ay = transposed.times(at.y());
    double primal = ax.minus(at.z()).maxAbs() / larger(ax.maxAbs(), at.z().maxAbs());
    double size = Math.max(qx.maxAbs(), Math.max(ay.maxAbs(), program.c().maxAbs()));
    double dual = qx.plus(ay).plus(program.c()).maxAbs() / larger(size, 0);
    double next = rho * Math.sqrt(larger(primal, 0) / larger(dual, 0));
    return Math.min(1e6, Math.max(1e-6, next));
  }

  private static double larger(double a, double b) {
    return Math.max(1e-30, Math.max(a, b));
  }

  double rho() {
    return rho;
  }
}
