package org.tacit.primitive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * A value of a program being written: the algebra of matrices, replicated or sharded by rows.
 *
 * <p>Methods do not compute; they write nodes. Elementwise operations stretch axes of length 1.
 * Writing the same expression twice gives the same node, and obvious simplifications (adding zero,
 * multiplying by one, products of transposes, operations on constants) are made at once. Whatever
 * is not a {@code Var} when a program is written, such as a number, is a constant of it.
 */
public final class Var {
  private final Node node;

  private Var(Node node) {
    this.node = node;
  }

  public static Var of(Node node) {
    return new Var(node);
  }

  /** What a node's operation is applied to. */
  public static List<Var> inputs(Node node) {
    return node.inputs().stream().map(Var::of).toList();
  }

  /** The input of this name and shape: a matrix, or row values where the shape is sharded. */
  public static Var input(String name, Shape shape) {
    return new Var(Node.of(new Source.Input(name, shape)));
  }

  /** A column of a table: its row axis x {@code width}. */
  public static Var column(String table, String column, int width) {
    return new Var(Node.of(new Source.Column(table, column, width)));
  }

  /** The number of rows of a table, bound with the table. */
  public static Var rowCount(String table) {
    return new Var(Node.of(new Source.RowCount(table)));
  }

  /** The sum of a column over all rows of a table, bound with the table. */
  public static Var columnTotal(String table, String column) {
    return new Var(Node.of(new Source.ColumnTotal(table, column)));
  }

  public static Var constant(Matrix value) {
    return new Var(Node.of(new Source.Constant(value)));
  }

  public static Var constant(double value) {
    return constant(Matrix.scalar(value));
  }

  /** A symbolic zero of this shape, which products and sums simplify away. */
  public static Var zero(Shape shape) {
    return constant(0).broadcastTo(shape);
  }

  /** The length of an axis: a number, or a table's row count. */
  static Var length(Axis axis) {
    return axis.isRows() ? rowCount(axis.table()) : constant(axis.size());
  }

  /**
   * The primitive applied to these values, simplified where it can be. Every method of this class
   * ends here.
   */
  public static Var apply(Differentiable primitive, List<Var> inputs) {
    List<Node> nodes = inputs.stream().map(Var::node).toList();
    Node.shapeOf(primitive, nodes); // an error of shapes names the primitive that was written
    Optional<Var> simpler = primitive.simplifyZero(inputs).or(() -> primitive.simplify(inputs));
    if (simpler.isPresent()) {
      return simpler.get();
    }
    Node node = Node.of(primitive, nodes);
    return new Var(
        primitive instanceof Kernel kernel && isFoldable(kernel, node)
            ? folded(kernel, node)
            : node);
  }

  private static boolean isFoldable(Kernel primitive, Node node) {
    return !(primitive instanceof Broadcast)
        && !node.shape().isSharded()
        && node.inputs().stream().allMatch(input -> input.operation() instanceof Source.Constant);
  }

  private static Node folded(Kernel primitive, Node node) {
    Operand[] values = new Operand[node.inputs().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ((Source.Constant) node.inputs().get(i).operation()).value().window();
    }
    Dense result = Dense.zeros(node.shape().rows().size(), node.shape().cols().size());
    primitive.evaluate(values, result);
    Matrix value = result.toMatrix();
    // A NaN stays an expression, so that evaluating it names the primitive.
    return value.hasNaN() ? node : Node.of(new Source.Constant(value));
  }

  public Node node() {
    return node;
  }

  public Shape shape() {
    return node.shape();
  }

  /** Whether this is known to be zero from its form alone. */
  public boolean isZero() {
    return isFilledWith(0);
  }

  /** Whether this is a constant scalar {@code value}, or one stretched. */
  boolean isFilledWith(double value) {
    Node from = node.operation() instanceof Broadcast ? node.inputs().get(0) : node;
    return from.operation() instanceof Source.Constant constant
        && constant.value().size() == 1
        && constant.value().value() == value;
  }

  private Var unary(Differentiable primitive) {
    return apply(primitive, List.of(this));
  }

  private Var binary(Differentiable primitive, Var other) {
    return apply(primitive, List.of(this, other));
  }

  public Var plus(Var other) {
    return binary(new Plus(), other);
  }

  public Var plus(double other) {
    return plus(constant(other));
  }

  public Var minus(Var other) {
    return binary(new Minus(), other);
  }

  public Var minus(double other) {
    return plus(-other);
  }

  /** The elementwise product; {@link #matmul} is the matrix product. */
  public Var times(Var other) {
    return binary(new Times(), other);
  }

  public Var times(double factor) {
    return times(constant(factor));
  }

  public Var divide(Var other) {
    return binary(new Divide(), other);
  }

  public Var divide(double divisor) {
    return divide(constant(divisor));
  }

  public Var negate() {
    return unary(new Negate());
  }

  public Var reciprocal() {
    return unary(new Reciprocal());
  }

  public Var exp() {
    return unary(new Exp());
  }

  public Var expm1() {
    return unary(new Expm1());
  }

  public Var log() {
    return unary(new Log());
  }

  public Var log1p() {
    return unary(new Log1p());
  }

  public Var sqrt() {
    return unary(new Sqrt());
  }

  public Var square() {
    return unary(new Square());
  }

  public Var pow(double exponent) {
    return unary(new Pow(exponent));
  }

  /** The power of two at or below each element's size, for divisions that round nothing. */
  public Var binaryScale() {
    return unary(new BinaryScale());
  }

  /** For each element's nearest whole number a number in [0, 1), as if drawn by the seed. */
  public Var hash(long seed) {
    return unary(new Hash(seed));
  }

  /**
   * Which of {@code count} parts of about equal size each whole number is in, 0 to count - 1: the
   * largest whole number that is not above count times its {@link #hash}.
   */
  public Var part(long seed, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid count of parts: " + count + " (must be >= 1)");
    }
    return unary(new Part(new Hash(seed), count));
  }

  public Var sin() {
    return unary(new Sin());
  }

  public Var cos() {
    return unary(new Cos());
  }

  public Var tanh() {
    return unary(new Tanh());
  }

  public Var atan() {
    return unary(new Atan());
  }

  public Var sigmoid() {
    return unary(new Sigmoid());
  }

  /** log(1 + exp(x)). */
  public Var softplus() {
    return unary(new Softplus());
  }

  public Var abs() {
    return unary(new Abs());
  }

  public Var sign() {
    return unary(new Sign());
  }

  public Var max(Var other) {
    return binary(new Max(), other);
  }

  public Var min(Var other) {
    return binary(new Min(), other);
  }

  /** sqrt(a^2 + b^2) of this a and b, without overflow or underflow. */
  public Var hypot(Var b) {
    return binary(new Hypot(), b);
  }

  /** a / sqrt(a^2 + b^2) of this a and b, without overflow or underflow. */
  public Var cosine(Var b) {
    return binary(new Cosine(), b);
  }

  /** Elements moved into [low, high]. */
  public Var clip(double low, double high) {
    return unary(new Clip(low, high));
  }

  /** 1 where this is less than the other, else 0. */
  public Var lessThan(Var other) {
    return binary(new Compare(Compare.Relation.LESS), other);
  }

  public Var lessOrEqual(Var other) {
    return binary(new Compare(Compare.Relation.LESS_OR_EQUAL), other);
  }

  public Var greaterThan(Var other) {
    return other.lessThan(this);
  }

  public Var greaterOrEqual(Var other) {
    return other.lessOrEqual(this);
  }

  public Var equalTo(Var other) {
    return binary(new Compare(Compare.Relation.EQUAL), other);
  }

  public Var unequalTo(Var other) {
    return binary(new Compare(Compare.Relation.UNEQUAL), other);
  }

  /**
   * Elements of {@code yes} where {@code test} is not zero, of {@code no} elsewhere. What is behind
   * an element that is not chosen does not matter, nor do its derivatives: where(x > 0, log x, 0)
   * is 0 with derivative 0 at x = -1. A product with a zero does not shield so: 0 log x is not a
   * number at x = 0 and below.
   */
  public static Var where(Var test, Var yes, Var no) {
    return apply(
        new Where(), List.of(test, new Shield(test, true).of(yes), new Shield(test, false).of(no)));
  }

  /** The matrix product. */
  public Var matmul(Var other) {
    return MatMul.product(this, false, other, false);
  }

  /** (A * A)' R of this A and R: the squares of A's elements, transposed, times R. */
  public Var squaresTimes(Var r) {
    return apply(new SquaresTimes(), List.of(this, r));
  }

  /**
   * Columns of this, each less its number in {@code centre} (1 x columns): read as they are stored,
   * not kept. The indices increase.
   */
  public Var centredColumns(List<Integer> columns, Var centre) {
    return binary(new CentredColumns(columns), centre);
  }

  public Var transpose() {
    return unary(new Transpose());
  }

  /** The sum over rows, 1 x width. Over a table's rows this is what ends a pass. */
  public Var sumRows() {
    return unary(new SumRows());
  }

  /** The sum over the columns of each row. */
  public Var sumCols() {
    return unary(new SumCols());
  }

  /** The sum of all elements, 1 x 1. */
  public Var sum() {
    return sumCols().sumRows();
  }

  /** The mean over rows, 1 x width. */
  public Var meanRows() {
    return sumRows().divide(length(shape().rows()));
  }

  /** The sum of elementwise products, 1 x 1. */
  public Var dot(Var other) {
    return times(other).sum();
  }

  public Var maxCols() {
    return unary(new MaxCols());
  }

  /** The Euclidean norm of each row, rows x 1, without overflow or underflow. */
  public Var normCols() {
    return unary(new Norm());
  }

  /** Each row divided by its Euclidean norm; NaN for a row of zeros. */
  public Var unitCols() {
    return unary(new Unit());
  }

  /** This value, which derivatives take for a constant. */
  public Var held() {
    return unary(new Held());
  }

  /** log(sum(exp(x))) over the columns of each row, without overflow. */
  public Var logSumExp() {
    return unary(new LogSumExp());
  }

  /** exp(x) / sum(exp(x)) over the columns of each row, without overflow. */
  public Var softmax() {
    return unary(new Softmax());
  }

  /** The value with axes of length 1 stretched to {@code target}. */
  public Var broadcastTo(Shape target) {
    return unary(new Broadcast(target));
  }

  /**
   * The transpose of {@link #broadcastTo}: the sum over every axis where {@code target} has length
   * 1 and this has not.
   */
  public Var sumTo(Shape target) {
    Var sum = this;
    if (target.cols().isOne() && !sum.shape().cols().isOne()) {
      sum = sum.sumCols();
    }
    if (target.rows().isOne() && !sum.shape().rows().isOne()) {
      sum = sum.sumRows();
    }
    return sum;
  }

  public Var reshape(Shape target) {
    return unary(new Reshape(target));
  }

  public Var reshape(int rows, int cols) {
    return reshape(Shape.of(rows, cols));
  }

  /** Rows or columns {@code from} (inclusive) to {@code to} (exclusive). */
  public Var slice(Side side, int from, int to) {
    return unary(new Slice(side, from, to));
  }

  /**
   * Element {@code i}, 1 x 1, counted from 0 row after row, as in {@link Matrix#at(int)}. Not of a
   * table's rows, which have no number.
   */
  public Var at(int i) {
    int size = shape().isSharded() ? 0 : shape().size();
    requireIndex(i, size);
    int width = shape().width();
    return at(i / width, i % width);
  }

  /** The element in this row and column, counted from 0, 1 x 1. */
  public Var at(int row, int col) {
    requireIndex(row, shape().isSharded() ? 0 : shape().rows().size());
    requireIndex(col, shape().width());
    return slice(Side.ROWS, row, row + 1).slice(Side.COLS, col, col + 1);
  }

  private void requireIndex(int i, int size) {
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException(
          "Invalid index: "
              + i
              + " of "
              + shape()
              + (size == 0
                  ? " (must be replicated; slice columns, or sum over the rows)"
                  : " (must be >= 0 and < " + size + ")"));
    }
  }

  /** This with zeros before and after. */
  public Var pad(Side side, int before, int after) {
    return unary(new Pad(side, before, after));
  }

  public static Var concatenate(Side side, Var... parts) {
    return apply(new Concatenate(side), Arrays.asList(parts));
  }

  public static Var concatenate(Side side, List<Var> parts) {
    return apply(new Concatenate(side), new ArrayList<>(parts));
  }

  /** Row {@code key_i} of this replicated matrix for each row i of {@code key}. */
  public Var rows(Var key) {
    return binary(new Gather(), key);
  }

  /** Element {@code key_i} of each row i of this, rows x 1. */
  public Var lookup(Var key) {
    return binary(new Lookup(), key);
  }

  /**
   * For each k below {@code count} the sum of this value's rows whose key is k: the transpose of
   * {@link #rows}.
   */
  public Var sumByKey(Var key, int count) {
    return binary(new SumByKey(count), key);
  }

  /**
   * X with this X = b, this being small, symmetric and positive definite; derivatives are for
   * symmetric changes of it.
   */
  public Var solvePositiveDefinite(Var b) {
    return binary(new Solve(Solve.Method.CHOLESKY, false), b);
  }

  /** X with this X = b, this being small and regular. */
  public Var solve(Var b) {
    return binary(new Solve(Solve.Method.LU, false), b);
  }

  /**
   * x_i with A_i x_i = b_i for every row i: row i of this holds the columns of the small regular
   * A_i one after another, rows x k^2, and b is rows x k.
   */
  public Var solveRows(Var b) {
    return binary(new SolveRows(false), b);
  }

  /**
   * A_i B_i for every row i: row i of this holds the rows of A_i, m x {@code inner}, one after
   * another, that of b those of B_i, {@code inner} x n, and that of the product those of A_i B_i.
   */
  public Var matmulRows(Var b, int inner) {
    return binary(MatMulRows.of(shape(), b.shape(), inner), b);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Var that && node == that.node;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(node);
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
