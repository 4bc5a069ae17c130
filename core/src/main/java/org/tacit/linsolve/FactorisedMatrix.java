package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Equilibrated;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;

/** A dense matrix with the factorisation that fits it, and what is to be said of its solutions. */
final class FactorisedMatrix implements PreparedSolver {
  /** How much of the largest element two mirrored elements may differ by rounding. */
  private static final double ASYMMETRY = 1e-8;

  private final Matrix a;
  private final int products;
  private final Choice choice;
  private final double relativeTolerance;

  private FactorisedMatrix(Matrix a, int products, Choice choice, double relativeTolerance) {
    this.a = a;
    this.products = products;
    this.choice = choice;
    this.relativeTolerance = relativeTolerance;
  }

  /** A factorisation, its name, what is wrong with the matrix if anything, and its spectrum. */
  private record Choice(
      Factorisation factorisation, String method, Outcome defect, double smallestEigenvalue) {
    Choice with(Outcome other) {
      return new Choice(factorisation, method, other, smallestEigenvalue);
    }
  }

  /** Of a matrix that took this many products to build. */
  static PreparedSolver of(Matrix a, int products, Structure promised, double relativeTolerance) {
    return a.isFinite()
        ? new FactorisedMatrix(a, products, choose(a, promised), relativeTolerance)
        : new NotFinite(a.rows(), products);
  }

  private static Choice choose(Matrix a, Structure promised) {
    boolean isSymmetric = a.minus(a.transpose()).maxAbs() <= ASYMMETRY * a.maxAbs();
    if (promised.isSymmetric() && !isSymmetric) {
      return general(a, false).with(Outcome.WRONG_STRUCTURE);
    }
    return promised == Structure.POSITIVE_DEFINITE ? positiveDefinite(a) : general(a, isSymmetric);
  }

  private static Choice positiveDefinite(Matrix a) {
    int n = a.rows();
    Optional<Factorisation> cholesky = Equilibrated.cholesky(a);
    if (cholesky.isPresent() && isRegular(cholesky.get(), n)) {
      double smallest = Spectrum.ofSymmetric(cholesky.get(), n);
      return new Choice(cholesky.get(), "dense Cholesky", Outcome.CONVERGED, smallest);
    }
    Matrix eigenvalues = Eigenvalues.ofSymmetric(a);
    double rounding = n * Math.ulp(1.0) * eigenvalues.maxAbs();
    return eigenvalues.at(0) < -rounding
        ? general(a, true).with(Outcome.WRONG_STRUCTURE)
        : leastSquares(a);
  }

  private static Choice general(Matrix a, boolean isSymmetric) {
    int n = a.rows();
    Factorisation lu = Equilibrated.lu(a);
    if (!isRegular(lu, n)) {
      return leastSquares(a);
    }
    double smallest = isSymmetric ? Spectrum.ofSymmetric(lu, n) : Spectrum.ofGeneral(lu, n);
    return new Choice(lu, "dense LU", Outcome.CONVERGED, smallest);
  }

  private static Choice leastSquares(Matrix a) {
    SingularValues svd = SingularValues.of(a);
    double smallest = svd.values().at(a.rows() - 1);
    return new Choice(svd, "dense least squares", Outcome.SINGULAR, smallest);
  }

  private static boolean isRegular(Factorisation factorisation, int n) {
    return factorisation.reciprocalCondition() > n * Math.ulp(1.0);
  }

  @Override
  public Solution solve(Matrix b, Matrix start) {
    Require.system(a.rows(), b, start);
    Matrix x = choice.factorisation.solve(b);
    x = x.plus(choice.factorisation.solve(b.minus(a.times(x))));
    return judged(x, b, b.minus(a.times(x)));
  }

  @Override
  public Solution solveTransposed(Matrix b, Matrix start) {
    Require.system(a.rows(), b, start);
    Matrix turned = a.transpose();
    Matrix x = choice.factorisation.solveTransposed(b);
    x = x.plus(choice.factorisation.solveTransposed(b.minus(turned.times(x))));
    return judged(x, b, b.minus(turned.times(x)));
  }

  private Solution judged(Matrix x, Matrix b, Matrix residual) {
    double residualNorm = 0;
    double relativeResidual = 0;
    for (int j = 0; j < b.cols(); j++) {
      double norm = residual.columnAt(j).norm();
      double scale = b.columnAt(j).norm();
      residualNorm = Math.max(residualNorm, norm);
      relativeResidual = Math.max(relativeResidual, norm == 0 ? 0 : norm / scale);
    }
    Outcome outcome =
        !Double.isFinite(residualNorm)
            ? Outcome.NOT_FINITE
            : choice.defect.and(
                relativeResidual <= relativeTolerance ? Outcome.CONVERGED : Outcome.STALLED);
    return new Solution(
        x,
        outcome,
        choice.method,
        products,
        residualNorm,
        relativeResidual,
        OptionalDouble.of(choice.smallestEigenvalue));
  }

  /** Where a matrix has an element that is infinite or NaN. */
  private record NotFinite(int n, int products) implements PreparedSolver {
    @Override
    public Solution solve(Matrix b, Matrix start) {
      Require.system(n, b, start);
      return new Solution(
          start,
          Outcome.NOT_FINITE,
          "dense",
          products,
          Double.NaN,
          Double.NaN,
          OptionalDouble.empty());
    }

    @Override
    public Solution solveTransposed(Matrix b, Matrix start) {
      return solve(b, start);
    }
  }
}
