package org.tacit.linsolve;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.breeze.SingularValues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/** {@link LinearSolver#dense}. */
record DenseFactorisation(double relativeTolerance, DenseMethod method) implements LinearSolver {
  public DenseFactorisation {
    Require.tolerance(relativeTolerance);
  }

  @Override
  public String name() {
    return method.label();
  }

  @Override
  public PreparedSolver prepare(LinearOperator operator) {
    Require.square(operator);
    CountedOperator counted = CountedOperator.of(operator);
    DenseOperator whole = DenseOperator.of(counted);
    return FactorisedMatrix.of(this, whole, counted.count());
  }

  /**
   * A dense matrix with the factorisation that fits it, and what is to be said of its solutions.
   */
  private record FactorisedMatrix(
      Matrix a, Preparation building, Choice choice, double relativeTolerance)
      implements PreparedSolver {
    /** How much of the largest element two mirrored elements may differ by rounding. */
    private static final double ASYMMETRY = 1e-8;

    private static final String LEAST_SQUARES = "dense least squares";

    /** A factorisation, its name, what is wrong with the matrix if anything, and its spectrum. */
    private record Choice(
        Factorisation factorisation,
        String method,
        Outcome defect,
        double smallestEigenvalue,
        boolean isPositiveDefinite) {
      Choice(
          Factorisation factorisation, String method, Outcome defect, double smallestEigenvalue) {
        this(factorisation, method, defect, smallestEigenvalue, false);
      }

      Choice with(Outcome other) {
        return new Choice(factorisation, method, other, smallestEigenvalue);
      }

      Choice ofPositiveDefinite() {
        return new Choice(factorisation, method, defect, smallestEigenvalue, true);
      }
    }

    /** Of a matrix that took this many products to build. */
    static PreparedSolver of(DenseFactorisation settings, DenseOperator whole, int products) {
      Matrix a = whole.matrix();
      Preparation building = new Preparation(products);
      if (!a.isFinite()) {
        return new NotFinite(a.rows(), building);
      }
      Choice choice = choose(a, settings.method(), whole.structure());
      return new FactorisedMatrix(a, building, choice, settings.relativeTolerance());
    }

    /** Its factors where they are Cholesky's: those of a positive definite matrix. */
    @Override
    public Nearby nearby() {
      return choice.isPositiveDefinite
          ? Nearby.of(new Nearby.Whole(a, choice.factorisation, choice.smallestEigenvalue))
          : Nearby.NOTHING;
    }

    private static Choice choose(Matrix a, DenseMethod method, Structure promised) {
      boolean isSymmetric = a.minus(a.transpose()).maxAbs() <= ASYMMETRY * a.maxAbs();
      boolean needsSymmetry = promised.isSymmetric() || method == DenseMethod.LDL;
      if (needsSymmetry && !isSymmetric) {
        return general(a, DenseMethod.LU, false).with(Outcome.WRONG_STRUCTURE);
      }
      if (promised == Structure.POSITIVE_DEFINITE) {
        return positiveDefinite(a, method);
      }
      DenseMethod byPromise = promised.isSymmetric() ? DenseMethod.LDL : DenseMethod.LU;
      return general(a, method == DenseMethod.BY_PROMISE ? byPromise : method, isSymmetric);
    }

    private static Choice positiveDefinite(Matrix a, DenseMethod method) {
      int n = a.rows();
      Optional<Factorisation> cholesky = Factorisation.scaledCholesky(a);
      if (cholesky.isPresent() && isRegular(cholesky.get(), n)) {
        return method == DenseMethod.BY_PROMISE
            ? regular(cholesky.get(), "dense Cholesky", n, true).ofPositiveDefinite()
            : general(a, method, true);
      }
      Matrix eigenvalues = Eigenvalues.ofSymmetric(a);
      double rounding = n * Math.ulp(1.0) * eigenvalues.maxAbs();
      return eigenvalues.at(0) < -rounding
          ? general(a, DenseMethod.LU, true).with(Outcome.WRONG_STRUCTURE)
          : leastSquares(a);
    }

    private static Choice general(Matrix a, DenseMethod method, boolean isSymmetric) {
      if (method == DenseMethod.SVD) {
        return bySingularValues(a);
      }
      Factorisation factorisation =
          switch (method) {
            case LDL -> Factorisation.scaledSymmetric(a);
            case QR -> Factorisation.scaledQr(a);
            default -> Factorisation.scaledLu(a);
          };
      return isRegular(factorisation, a.rows())
          ? regular(factorisation, method.label(), a.rows(), isSymmetric)
          : leastSquares(a);
    }

    private static Choice bySingularValues(Matrix a) {
      SingularValues svd = SingularValues.of(a);
      int n = a.rows();
      boolean isFull = n == 0 || svd.rank() == n;
      double smallest = n == 0 ? Double.POSITIVE_INFINITY : svd.values().at(n - 1);
      return isFull
          ? new Choice(svd, DenseMethod.SVD.label(), Outcome.CONVERGED, smallest)
          : new Choice(svd, LEAST_SQUARES, Outcome.SINGULAR, smallest);
    }

    private static Choice regular(
        Factorisation factorisation, String method, int n, boolean isSymmetric) {
      double smallest =
          isSymmetric
              ? Spectrum.ofSymmetric(factorisation, n)
              : Spectrum.ofGeneral(factorisation, n);
      return new Choice(factorisation, method, Outcome.CONVERGED, smallest);
    }

    private static Choice leastSquares(Matrix a) {
      SingularValues svd = SingularValues.of(a);
      return new Choice(svd, LEAST_SQUARES, Outcome.SINGULAR, svd.values().at(a.rows() - 1));
    }

    private static boolean isRegular(Factorisation factorisation, int n) {
      return factorisation.reciprocalCondition() > n * Math.ulp(1.0);
    }

    @Override
    public Solution solve(Of of, Matrix b, Matrix start) {
      Require.system(a.rows(), b, start);
      boolean isPlain = of == Of.MATRIX;
      Factorisation by = choice.factorisation;
      UnaryOperator<Matrix> inverse = isPlain ? by::solve : by::solveTransposed;
      Matrix matrix = isPlain ? a : a.transpose();
      Matrix x = inverse.apply(b);
      x = x.plus(inverse.apply(b.minus(matrix.times(x))));
      return judged(x, b, b.minus(matrix.times(x)));
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
          building.due(),
          residualNorm,
          relativeResidual,
          OptionalDouble.of(choice.smallestEigenvalue));
    }

    /** Where a matrix has an element that is infinite or NaN. */
    private record NotFinite(int n, Preparation building) implements PreparedSolver {
      @Override
      public Solution solve(Of of, Matrix b, Matrix start) {
        Require.system(n, b, start);
        return new Solution(
            start,
            Outcome.NOT_FINITE,
            "dense",
            building.due(),
            Double.NaN,
            Double.NaN,
            OptionalDouble.empty());
      }
    }
  }
}
