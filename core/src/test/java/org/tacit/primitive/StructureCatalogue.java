package org.tacit.primitive;

import static org.tacit.primitive.Argument.byRow;
import static org.tacit.primitive.Argument.fixed;
import static org.tacit.primitive.Domain.apart;
import static org.tacit.primitive.Domain.awayFromZero;
import static org.tacit.primitive.Domain.between;
import static org.tacit.primitive.Domain.keys;
import static org.tacit.primitive.Formula.matrix;
import static org.tacit.primitive.Formula.rowSums;
import static org.tacit.primitive.Formula.sum;
import static org.tacit.primitive.PrimitiveCase.one;
import static org.tacit.primitive.PrimitiveCase.several;
import static org.tacit.primitive.PrimitiveCase.two;
import static org.tacit.primitive.Side.COLS;
import static org.tacit.primitive.Side.ROWS;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.program.Axis;
import org.tacit.program.Shape;

/** Every primitive that is not elementwise, one line a case. */
final class StructureCatalogue {
  private static final Domain ANY = between(-1, 1);

  private StructureCatalogue() {}

  static List<PrimitiveCase> all() {
    List<PrimitiveCase> all = new ArrayList<>(sums());
    all.addAll(products());
    all.addAll(moves());
    all.addAll(lookups());
    all.addAll(solves());
    return all;
  }

  private static List<PrimitiveCase> sums() {
    return List.of(
        one("sumRows", byRow(3, ANY), Var::sumRows, x -> matrix(1, 3, (i, j) -> columnSum(x, j))),
        one("sumCols", byRow(4, ANY), Var::sumCols, x -> rowSums(x, e -> e)),
        one("sum", byRow(3, ANY), Var::sum, x -> Matrix.scalar(sum(x.size(), x::at))),
        one("maxCols", byRow(4, apart(0.5)), Var::maxCols, x -> rowMax(x)),
        one("norm", byRow(4, awayFromZero(0.3, 1)), Var::normCols, StructureCatalogue::norms),
        one(
            "unit",
            byRow(4, awayFromZero(0.3, 1)),
            Var::unitCols,
            x -> Formula.pair(x, norms(x), (e, norm) -> e / norm)),
        one("held", byRow(3, ANY).still(), Var::held, x -> x),
        one("logSumExp", byRow(4, ANY), Var::logSumExp, x -> rowSums(x, Math::exp).map(Math::log)),
        one(
            "softmax",
            byRow(4, ANY),
            Var::softmax,
            x -> Formula.pair(x, rowSums(x, Math::exp), (e, total) -> Math.exp(e) / total)),
        one(
            "broadcast columns",
            byRow(1, ANY),
            x -> x.broadcastTo(new Shape(x.shape().rows(), Axis.of(4))),
            x -> matrix(x.rows(), 4, (i, j) -> x.at(i, 0))),
        two(
            "broadcast rows",
            List.of(fixed(1, 3, ANY), byRow(3, ANY).still()),
            (row, like) -> row.broadcastTo(like.shape()),
            (row, like) -> matrix(like.rows(), 3, (i, j) -> row.at(0, j))));
  }

  private static List<PrimitiveCase> products() {
    return List.of(
        two("X w", List.of(byRow(3, ANY), fixed(3, 1, ANY)), Var::matmul, Formula::product),
        two("X W", List.of(byRow(3, ANY), fixed(3, 2, ANY)), Var::matmul, Formula::product),
        two("wide X W", List.of(byRow(40, ANY), fixed(40, 30, ANY)), Var::matmul, Formula::product),
        two(
            "X W'",
            List.of(byRow(3, ANY), fixed(2, 3, ANY)),
            (x, w) -> x.matmul(w.transpose()),
            (x, w) -> Formula.product(x, w.transpose())),
        two(
            "X' r",
            List.of(byRow(3, ANY), byRow(1, ANY)),
            (x, r) -> x.transpose().matmul(r),
            (x, r) -> Formula.product(x.transpose(), r)),
        two(
            "X' R",
            List.of(byRow(3, ANY), byRow(2, ANY)),
            (x, r) -> x.transpose().matmul(r),
            (x, r) -> Formula.product(x.transpose(), r)),
        two(
            "squares' R",
            List.of(byRow(3, ANY), byRow(2, ANY)),
            Var::squaresTimes,
            (x, r) -> Formula.product(x.map(v -> v * v).transpose(), r)),
        two(
            "A' B'",
            List.of(fixed(3, 4, ANY), fixed(2, 3, ANY)),
            (a, b) -> a.transpose().matmul(b.transpose()),
            (a, b) -> Formula.product(a.transpose(), b.transpose())));
  }

  private static List<PrimitiveCase> moves() {
    return List.of(
        one("transpose", fixed(3, 4, ANY), Var::transpose, Matrix::transpose),
        one("reshape", fixed(4, 3, ANY), x -> x.reshape(2, 6), x -> x.reshape(2, 6)),
        one("element", fixed(4, 3, ANY), x -> x.at(7), x -> Matrix.scalar(x.at(2, 1))),
        one("element by row", fixed(4, 3, ANY), x -> x.at(3, 0), x -> Matrix.scalar(x.at(9))),
        one(
            "slice rows",
            fixed(5, 3, ANY),
            x -> x.slice(ROWS, 1, 4),
            x -> matrix(3, 3, (i, j) -> x.at(i + 1, j))),
        one("slice columns", byRow(5, ANY), x -> x.slice(COLS, 2, 4), x -> x.columns(2, 4)),
        two(
            "centred columns",
            List.of(byRow(5, ANY), fixed(1, 3, ANY)),
            (x, centre) -> x.centredColumns(List.of(0, 2, 3), centre),
            (x, centre) ->
                matrix(x.rows(), 3, (i, j) -> x.at(i, j == 0 ? 0 : j + 1) - centre.at(0, j))),
        one(
            "pad rows",
            fixed(2, 3, ANY),
            x -> x.pad(ROWS, 1, 2),
            x -> matrix(5, 3, (i, j) -> i < 1 || i > 2 ? 0 : x.at(i - 1, j))),
        one(
            "pad columns",
            byRow(2, ANY),
            x -> x.pad(COLS, 2, 1),
            x -> matrix(x.rows(), 5, (i, j) -> j < 2 || j > 3 ? 0 : x.at(i, j - 2))),
        several(
            "concatenate rows",
            List.of(fixed(2, 3, ANY), fixed(1, 3, ANY), fixed(2, 3, ANY)),
            v -> Var.concatenate(ROWS, v),
            m -> Matrix.beside(m.stream().map(Matrix::transpose).toList()).transpose()),
        several(
            "concatenate columns",
            List.of(byRow(2, ANY), byRow(3, ANY)),
            v -> Var.concatenate(COLS, v),
            Matrix::beside));
  }

  private static List<PrimitiveCase> lookups() {
    return List.of(
        two(
            "gather",
            List.of(fixed(4, 3, ANY), byRow(1, keys(4)).still()),
            Var::rows,
            (w, key) -> matrix(key.rows(), 3, (i, j) -> w.at((int) key.at(i), j))),
        two(
            "lookup",
            List.of(byRow(4, ANY), byRow(1, keys(4)).still()),
            Var::lookup,
            (x, key) -> matrix(x.rows(), 1, (i, j) -> x.at(i, (int) key.at(i)))),
        two(
            "sumByKey",
            List.of(byRow(3, ANY), byRow(1, keys(4)).still()),
            (x, key) -> x.sumByKey(key, 4),
            (x, key) ->
                matrix(4, 3, (k, j) -> sum(x.rows(), i -> key.at(i) == k ? x.at(i, j) : 0))));
  }

  private static List<PrimitiveCase> solves() {
    Argument regular = fixed(3, 3, Domain.regular());
    Argument definite = fixed(3, 3, Domain.positiveDefinite()).alongSymmetric();
    Argument b = fixed(3, 2, ANY);
    Argument matrices = byRow(4, Domain.regularRows());
    return List.of(
        two("solveRows", List.of(matrices, byRow(2, ANY)), Var::solveRows, Formula::rowSolutions),
        two(
            "solveRows'",
            List.of(matrices, byRow(2, ANY)),
            (x, y) -> Var.apply(new SolveRows(true), List.of(x, y)),
            (x, y) -> Formula.rowSolutions(Formula.turned(x), y)),
        two(
            "matmulRows",
            List.of(byRow(6, ANY), byRow(12, ANY)),
            (x, y) -> x.matmulRows(y, 3),
            (x, y) -> rowProducts(x, y, 2, 4)),
        two(
            "matmulRows of a transpose",
            List.of(byRow(6, ANY), byRow(12, ANY)),
            (x, y) -> Var.apply(new MatMulRows(Shape.of(2, 3), 4, true, false), List.of(x, y)),
            (x, y) -> rowProducts(turned(x, 3, 2), y, 2, 4)),
        two(
            "matmulRows with a transpose",
            List.of(byRow(6, ANY), byRow(12, ANY)),
            (x, y) -> Var.apply(new MatMulRows(Shape.of(2, 3), 4, false, true), List.of(x, y)),
            (x, y) -> rowProducts(x, turned(y, 4, 3), 2, 4)),
        two("solve", List.of(regular, b), Var::solve, Formula::solution),
        two(
            "solve'",
            List.of(regular, b),
            (x, y) -> Var.apply(new Solve(Solve.Method.LU, true), List.of(x, y)),
            (x, y) -> Formula.solution(x.transpose(), y)),
        two(
            "solve positive definite",
            List.of(definite, b),
            Var::solvePositiveDefinite,
            Formula::solution));
  }

  /** Row i: the rows of A_i B_i, A_i being m x k and B_i k x n. */
  private static Matrix rowProducts(Matrix a, Matrix b, int m, int n) {
    int k = a.cols() / m;
    return matrix(
        a.rows(), m * n, (i, c) -> sum(k, j -> a.at(i, c / n * k + j) * b.at(i, j * n + c % n)));
  }

  /** Row i: the rows of the transpose of the r x c matrix in it. */
  private static Matrix turned(Matrix x, int r, int c) {
    return matrix(x.rows(), r * c, (i, e) -> x.at(i, e % r * c + e / r));
  }

  private static double columnSum(Matrix x, int j) {
    return sum(x.rows(), i -> x.at(i, j));
  }

  private static Matrix norms(Matrix x) {
    return rowSums(x, e -> e * e).map(Math::sqrt);
  }

  private static Matrix rowMax(Matrix x) {
    return matrix(x.rows(), 1, (i, none) -> sorted(x, i)[x.cols() - 1]);
  }

  private static double[] sorted(Matrix x, int row) {
    double[] elements = new double[x.cols()];
    java.util.Arrays.setAll(elements, j -> x.at(row, j));
    java.util.Arrays.sort(elements);
    return elements;
  }
}
