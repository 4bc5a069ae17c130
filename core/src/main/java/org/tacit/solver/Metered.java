package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/**
 * A problem as something inside a solve sees it: what it asks counts, and is not a number once the
 * solve's budget is spent.
 */
interface Metered extends ForwardingProblem {
  Iterates iterates();

  /** A part of the problem, all of whose points count. */
  record Part(Problem problem, Iterates iterates) implements Metered {}

  @Override
  default Evaluated evaluate(Matrix x) {
    return iterates().begins() ? problem().evaluate(x) : nothing();
  }

  @Override
  default List<Evaluated> evaluateAll(List<Matrix> points) {
    return iterates().begins()
        ? problem().evaluateAll(points)
        : Collections.nCopies(points.size(), nothing());
  }

  /** A point that was not evaluated. */
  private Evaluated nothing() {
    boolean hasValue = iterates().here().value().isPresent();
    return new Evaluated(
        hasValue ? OptionalDouble.of(Double.NaN) : OptionalDouble.empty(), unknown());
  }

  /** A vector of which nothing is known. */
  default Matrix unknown() {
    return Matrix.filled(size(), 1, Double.NaN);
  }

  @Override
  default ClosableOperator jacobian(Matrix x) {
    return iterates().metered(() -> problem().jacobian(x));
  }

  @Override
  default Optional<DenseOperator> wholeJacobian(Matrix x) {
    return iterates().whole(problem(), x);
  }

  @Override
  default List<Problem> batches(int count, long seed) {
    return problem().batches(count, seed).stream()
        .<Problem>map(part -> new Part(part, iterates()))
        .toList();
  }

  @Override
  default Kind kind() {
    Kind kind = problem().kind();
    if (kind instanceof CompositeProblem parts) {
      return new Composite(parts, iterates());
    }
    if (kind instanceof MirrorProblem parts) {
      return new Mirror(parts, iterates());
    }
    if (kind instanceof Squares squares) {
      return new Squares(x -> iterates().metered(() -> squares.products().apply(x)));
    }
    return kind;
  }

  /** The whole problem that the iterates solve; the point where they stand is known. */
  record Whole(Problem problem, Iterates iterates) implements Metered {
    @Override
    public Evaluated evaluate(Matrix x) {
      return x.equals(iterates.x()) ? iterates.here() : Metered.super.evaluate(x);
    }
  }

  /** A problem of mirror steps inside a solve: the point where that stands is known. */
  record Mirror(MirrorProblem problem, Iterates iterates) implements MirrorProblem, Metered {
    @Override
    public Kind kind() {
      return this;
    }

    @Override
    public Point at(Matrix x) {
      return x.equals(iterates.x()) || iterates.begins()
          ? problem.at(x)
          : new Point(x, Double.NaN, unknown(), unknown(), Double.NaN);
    }

    @Override
    public Matrix step(Matrix x, Matrix gradient, double eta) {
      return problem.step(x, gradient, eta);
    }

    @Override
    public Evaluated evaluate(Matrix x) {
      return MirrorProblem.super.evaluate(x);
    }
  }

  /** A composite problem inside a solve: points that are known already do not count. */
  record Composite(CompositeProblem problem, Iterates iterates)
      implements CompositeProblem, Metered {
    @Override
    public Kind kind() {
      return this;
    }

    @Override
    public int size() {
      return problem.size();
    }

    @Override
    public Point at(Matrix x) {
      return problem.knows(x) || iterates.begins()
          ? problem.at(x)
          : new Point(x, Double.NaN, unknown(), unknown(), Double.NaN);
    }

    @Override
    public boolean knows(Matrix x) {
      return problem.knows(x);
    }

    @Override
    public ClosableOperator hessian(Matrix x) {
      return iterates.metered(() -> problem.hessian(x));
    }

    @Override
    public DenseOperator wholeHessian(Matrix x) {
      return iterates.begins()
          ? problem.wholeHessian(x)
          : new DenseOperator(Matrix.filled(size(), size(), Double.NaN), Structure.SYMMETRIC);
    }

    @Override
    public Evaluated evaluate(Matrix x) {
      return CompositeProblem.super.evaluate(x);
    }

    @Override
    public List<Evaluated> evaluateAll(List<Matrix> points) {
      return points.stream().allMatch(problem::knows)
          ? problem.evaluateAll(points)
          : Metered.super.evaluateAll(points);
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      at(x);
      return Metered.super.jacobian(x);
    }

    @Override
    public Matrix prox(Matrix point, double step) {
      return problem.prox(point, step);
    }

    @Override
    public Matrix proxAlong(Matrix point, double step, Matrix directions) {
      return problem.proxAlong(point, step, directions);
    }

    @Override
    public List<Integer> blocks() {
      return problem.blocks();
    }

    @Override
    public Structure curvature() {
      return problem.curvature();
    }
  }
}
