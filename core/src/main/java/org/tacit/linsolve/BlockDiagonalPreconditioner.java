package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#blockDiagonal}, and {@link Preconditioner#blocksOfWidths}. */
final class BlockDiagonalPreconditioner {
  private BlockDiagonalPreconditioner() {}

  static List<Matrix> read(LinearOperator operator, List<Integer> widths) {
    requireSum(widths.stream().mapToInt(w -> w).sum(), operator);
    int widest = widths.stream().mapToInt(w -> w).max().orElse(0);
    double[] coloured = new double[operator.cols() * widest];
    int at = 0;
    for (int width : widths) {
      for (int i = 0; i < width; i++) {
        coloured[(at + i) * widest + i] = 1;
      }
      at += width;
    }
    Matrix product = operator.apply(Matrix.adopting(operator.cols(), widest, coloured));
    List<Matrix> blocks = new ArrayList<>();
    int top = 0;
    for (int width : widths) {
      Matrix block = product.rows(top, top + width);
      blocks.add(Matrix.tabulate(width, width, (i, j) -> (block.at(i, j) + block.at(j, i)) / 2));
      top += width;
    }
    return blocks.stream().map(BlockDiagonalPreconditioner::definite).toList();
  }

  private static Matrix definite(Matrix block) {
    if (Factorisation.cholesky(block).isPresent()) {
      return block;
    }
    Matrix sizes = block.map(d -> d != 0 && Double.isFinite(d) ? Math.abs(d) : 1);
    return Matrix.tabulate(block.rows(), block.cols(), (i, j) -> i == j ? sizes.at(i, i) : 0);
  }

  private static void requireSum(int sum, LinearOperator operator) {
    if (sum != operator.cols()) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + sum + " unknowns in all (must be " + operator.cols() + ")");
    }
  }

  /** By these blocks, which took so many products to find. */
  static Preconditioner.Prepared of(List<Matrix> matrices, int products, LinearOperator operator) {
    requireSum(matrices.stream().mapToInt(Matrix::rows).sum(), operator);
    List<Factorisation> factors = new ArrayList<>();
    double smallest = Double.POSITIVE_INFINITY;
    for (int k = 0; k < matrices.size(); k++) {
      int block = k;
      factors.add(
          Factorisation.cholesky(matrices.get(k))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Invalid block " + block + ": not positive definite (must be)")));
      smallest = Math.min(smallest, Eigenvalues.ofSymmetric(matrices.get(k)).at(0));
    }
    return new Preconditioner.Prepared(
        r -> solved(factors, matrices, r), products, OptionalDouble.of(smallest));
  }

  private static Matrix solved(List<Factorisation> factors, List<Matrix> blocks, Matrix r) {
    List<Matrix> parts = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < blocks.size(); k++) {
      Matrix b = r.rows(at, at + blocks.get(k).rows());
      parts.add(factors.get(k).solve(b).transpose());
      at += b.rows();
    }
    return Matrix.beside(parts).transpose();
  }
}
