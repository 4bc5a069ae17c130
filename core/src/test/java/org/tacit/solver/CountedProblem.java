package org.tacit.solver;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Problem;

/**
 * A problem in memory that counts what it is asked: evaluations, and passes as a table would take
 * them (one an evaluation, one a Jacobian, one a product). Also how many Jacobians are left open.
 */
final class CountedProblem implements Problem {
  /** F at a point, with the objective's value or NaN where there is none. */
  record At(double value, Matrix residual) {
    static At root(double... residual) {
      return new At(Double.NaN, Matrix.column(residual));
    }
  }

  private final int size;
  private final Structure structure;
  private final boolean hasObjective;
  private final Function<Matrix, At> evaluation;
  private final Function<Matrix, Matrix> jacobian;
  private int evaluations;
  private int passes;
  private int open;
  private int widest;

  private CountedProblem(
      int size,
      Structure structure,
      boolean hasObjective,
      Function<Matrix, At> evaluation,
      Function<Matrix, Matrix> jacobian) {
    this.size = size;
    this.structure = structure;
    this.hasObjective = hasObjective;
    this.evaluation = evaluation;
    this.jacobian = jacobian;
  }

  /** A stationary point of an objective, whose Hessian is promised this structure. */
  static CountedProblem objective(
      int size,
      Structure structure,
      Function<Matrix, At> evaluation,
      Function<Matrix, Matrix> hessian) {
    return new CountedProblem(size, structure, true, evaluation, hessian);
  }

  /** A root of F. */
  static CountedProblem root(
      int size, Function<Matrix, At> evaluation, Function<Matrix, Matrix> jacobian) {
    return new CountedProblem(size, Structure.GENERAL, false, evaluation, jacobian);
  }

  int evaluations() {
    return evaluations;
  }

  int passes() {
    return passes;
  }

  int open() {
    return open;
  }

  /** The most columns of a product, zero where there was none. */
  int widest() {
    return widest;
  }

  /** |F(x)|, not counted. */
  double residualNorm(Matrix x) {
    return evaluation.apply(x).residual().norm();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Evaluated evaluate(Matrix x) {
    passes++;
    return evaluated(x);
  }

  /** One pass, as on tables. */
  @Override
  public List<Evaluated> evaluateAll(List<Matrix> points) {
    passes++;
    return points.stream().map(this::evaluated).toList();
  }

  private Evaluated evaluated(Matrix x) {
    evaluations++;
    At at = evaluation.apply(x);
    return new Evaluated(
        hasObjective ? OptionalDouble.of(at.value()) : OptionalDouble.empty(), at.residual());
  }

  @Override
  public ClosableOperator jacobian(Matrix x) {
    passes++;
    open++;
    LinearOperator operator = new DenseOperator(jacobian.apply(x), structure);
    return new Counted(operator);
  }

  private final class Counted implements ClosableOperator {
    private final LinearOperator operator;

    Counted(LinearOperator operator) {
      this.operator = operator;
    }

    @Override
    public int rows() {
      return operator.rows();
    }

    @Override
    public int cols() {
      return operator.cols();
    }

    @Override
    public Matrix apply(Matrix v) {
      passes++;
      widest = Math.max(widest, v.cols());
      return operator.apply(v);
    }

    @Override
    public LinearOperator transpose() {
      return operator.transpose();
    }

    @Override
    public Structure structure() {
      return operator.structure();
    }

    @Override
    public void close() {
      open--;
    }
  }
}
