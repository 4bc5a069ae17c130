package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;

/**
 * W = Q R with orthonormal columns Q, n x r, where r is the rank of W: columns that depend on those
 * before them, to 12 digits, give none. By Gram and Schmidt, twice. Source: Golub and Van Loan,
 * section 5.2.8.
 *
 * @param q orthonormal columns, n x r
 * @param r with W = Q R, r x k
 */
record OrthonormalBasis(Matrix q, Matrix r) {
  private static final double DEPENDENT = 1e-12;

  static OrthonormalBasis of(Matrix w) {
    List<double[]> basis = new ArrayList<>();
    List<double[]> coefficients = new ArrayList<>();
    for (int j = 0; j < w.cols(); j++) {
      double[] rest = w.columnAt(j).toArray();
      double before = Vectors.norm(rest);
      double[] along = new double[w.cols()];
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < basis.size(); i++) {
          double part = Vectors.dot(basis.get(i), rest);
          along[i] += part;
          Vectors.add(-part, basis.get(i), rest);
        }
      }
      double norm = Vectors.norm(rest);
      if (norm > DEPENDENT * before) {
        along[basis.size()] = norm;
        basis.add(Vectors.scaled(1 / norm, rest));
      }
      coefficients.add(along);
    }
    int rank = basis.size();
    Matrix q =
        rank == 0
            ? Matrix.zeros(w.rows(), 0)
            : Matrix.beside(basis.stream().map(Matrix::column).toList());
    return new OrthonormalBasis(
        q, Matrix.tabulate(rank, w.cols(), (i, j) -> coefficients.get(j)[i]));
  }
}
