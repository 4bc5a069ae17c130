package org.tacit.linsolve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.breeze.Eigenvalues;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.LinearOperator;

/** {@link Preconditioner#blockDiagonal}, and {@link Preconditioner#blocksOfWidths}. */
final class BlockDiagonalPreconditioner implements Preconditioner {
  private interface Blocks {
    List<Matrix> of(LinearOperator operator);
  }

  private final Blocks blocks;
  private final int products;

  private BlockDiagonalPreconditioner(Blocks blocks, int products) {
    this.blocks = blocks;
    this.products = products;
  }

  static BlockDiagonalPreconditioner of(List<Matrix> blocks) {
    List<Matrix> copy = List.copyOf(blocks);
    return new BlockDiagonalPreconditioner(operator -> copy, 0);
  }

  static BlockDiagonalPreconditioner ofWidths(List<Integer> widths) {
    List<Integer> copy = List.copyOf(widths);
    return new BlockDiagonalPreconditioner(operator -> read(operator, copy), 1);
  }

  private static List<Matrix> read(LinearOperator operator, List<Integer> widths) {
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
      double[] block = new double[width * width];
      for (int i = 0; i < block.length; i++) {
        int row = i / width;
        int col = i % width;
        block[i] = (product.at(top + row, col) + product.at(top + col, row)) / 2;
      }
      blocks.add(Matrix.adopting(width, width, block));
      top += width;
    }
    return blocks.stream().map(BlockDiagonalPreconditioner::definite).toList();
  }

  private static Matrix definite(Matrix block) {
    if (Factorisation.cholesky(block).isPresent()) {
      return block;
    }
    double[] diagonal = new double[block.size()];
    for (int i = 0; i < block.rows(); i++) {
      double d = Math.abs(block.at(i, i));
      diagonal[i * block.rows() + i] = d > 0 && Double.isFinite(d) ? d : 1;
    }
    return Matrix.adopting(block.rows(), block.cols(), diagonal);
  }

  private static void requireSum(int sum, LinearOperator operator) {
    if (sum != operator.cols()) {
      throw new IllegalArgumentException(
          "Invalid blocks: " + sum + " unknowns in all (must be " + operator.cols() + ")");
    }
  }

  @Override
  public String name() {
    return "block diagonal";
  }

  @Override
  public PreparedPreconditioner prepare(LinearOperator operator) {
    List<Matrix> matrices = blocks.of(operator);
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
    return new Prepared(
        List.copyOf(factors),
        matrices.stream().map(Matrix::rows).toList(),
        products,
        OptionalDouble.of(smallest));
  }

  private record Prepared(
      List<Factorisation> factors,
      List<Integer> widths,
      int products,
      OptionalDouble smallestEigenvalue)
      implements PreparedPreconditioner {
    @Override
    public Matrix apply(Matrix r) {
      double[] source = r.toArray();
      double[] result = new double[source.length];
      int at = 0;
      for (int k = 0; k < factors.size(); k++) {
        int size = widths.get(k) * r.cols();
        double[] part = Arrays.copyOfRange(source, at, at + size);
        Matrix solved = factors.get(k).solve(Matrix.adopting(widths.get(k), r.cols(), part));
        System.arraycopy(solved.toArray(), 0, result, at, size);
        at += size;
      }
      return Matrix.adopting(r.rows(), r.cols(), result);
    }
  }
}
