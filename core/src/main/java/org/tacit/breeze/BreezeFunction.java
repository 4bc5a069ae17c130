package org.tacit.breeze;

import breeze.linalg.DenseVector;
import breeze.linalg.Tensor;
import breeze.linalg.support.CanCreateZerosLike;
import breeze.optimize.ApproximateGradientFunction;
import breeze.optimize.DiffFunction;
import org.tacit.matrix.Matrix;
import scala.$less$colon$less;
import scala.Function1;

/**
 * The smooth part of an objective as Breeze's function type, in {@link Units} in which it begins
 * with a gradient of norm one.
 *
 * <p>Java cannot implement that type: its apply returns a number both boxed and not. So this hands
 * Breeze a function of its own that is made of parts, the value, the vector in which derivatives
 * are to be collected, and the coordinates to take differences along, and gives it the gradient as
 * that vector and no coordinates.
 */
final class BreezeFunction {
  /** What stands for a value that is not finite: far above all others, and safe to square. */
  private static final double REFUSED = 1e100;

  /** How many units in the last place a value may differ from another and say nothing. */
  private static final double NOISE = 8;

  private static final int MOST_FLAT_TRIALS = 2;

  private final QuasiNewton.Objective objective;
  private final BreezeMethod method;
  private final Units units;
  private Matrix z;
  private QuasiNewton.State last;
  private boolean isLastRefused;
  private QuasiNewton.State searchStart;
  private QuasiNewton.State lowest;
  private boolean hasRefused;
  private int flatTrials;

  BreezeFunction(
      QuasiNewton.Objective objective, BreezeMethod method, Units units, QuasiNewton.State start) {
    this.objective = objective;
    this.method = method;
    this.units = units;
    this.z = units.z(start.x());
    this.last = start;
    beginSearch(start);
  }

  /** Ends a line search among values that differ by rounding only. */
  static final class FlatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What the objective threw, which is not Breeze's to fail with. */
  static final class ObjectiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RuntimeException thrown;

    ObjectiveException(RuntimeException thrown) {
      super(thrown);
      this.thrown = thrown;
    }

    RuntimeException thrown() {
      return thrown;
    }
  }

  DiffFunction<DenseVector<Object>> asBreeze() {
    return of(this::valueAt, this::gradientAt);
  }

  /** A function of Breeze's with its gradient. */
  static DiffFunction<DenseVector<Object>> of(
      Function1<DenseVector<Object>, Object> value,
      CanCreateZerosLike<DenseVector<Object>, DenseVector<Object>> gradient) {
    return new ApproximateGradientFunction<>(value, 1, gradient, new NoCoordinates(), x -> x);
  }

  /** Says that a line search begins at an accepted point. */
  void beginSearch(QuasiNewton.State from) {
    searchStart = from;
    lowest = from;
    hasRefused = false;
    flatTrials = 0;
  }

  /** The point evaluated last. */
  QuasiNewton.State last() {
    return last;
  }

  /** The lowest point since the line search began. */
  QuasiNewton.State lowest() {
    return lowest;
  }

  /** Whether the line search met a value that is not finite. */
  boolean hasRefused() {
    return hasRefused;
  }

  private Object valueAt(DenseVector<Object> x) {
    move(x);
    return isLastRefused ? REFUSED : units.value(last.smooth());
  }

  private DenseVector<Object> gradientAt(DenseVector<Object> x) {
    move(x);
    return vector(isLastRefused ? Matrix.zeros(z.rows(), 1) : units.gradient(last.gradient()));
  }

  /** Value and gradient are asked for one after the other. */
  private void move(DenseVector<Object> vector) {
    Matrix next = matrix(vector);
    if (next.equals(z)) {
      return;
    }
    z = next;
    Matrix x = method.point(units, z);
    QuasiNewton.Point point = asked(x);
    isLastRefused = !point.isFinite();
    if (isLastRefused) {
      hasRefused = true;
      return;
    }
    last = QuasiNewton.State.of(method, x, point);
    lowest = last.value() < lowest.value() ? last : lowest;
    boolean isFlat = Math.abs(last.value() - searchStart.value()) <= noise();
    if (isFlat && ++flatTrials > MOST_FLAT_TRIALS) {
      throw new FlatException();
    }
  }

  /** By how much a value may differ from that of the line search's beginning and say nothing. */
  double noise() {
    return NOISE * Math.ulp(searchStart.value());
  }

  private QuasiNewton.Point asked(Matrix x) {
    try {
      return objective.at(x);
    } catch (RuntimeException ofObjective) {
      throw new ObjectiveException(ofObjective);
    }
  }

  static DenseVector<Object> vector(Matrix column) {
    return new DenseVector<>(column.toArray());
  }

  static Matrix matrix(DenseVector<Object> vector) {
    double[] data = (double[]) vector.data();
    return Matrix.column(vector.length(), i -> data[vector.offset() + i * vector.stride()]);
  }

  private static final class NoCoordinates
      extends $less$colon$less<DenseVector<Object>, Tensor<Object, Object>> {
    private static final long serialVersionUID = 1L;

    @Override
    public <F> F substituteBoth(F value) {
      return value;
    }

    @Override
    public Tensor<Object, Object> apply(DenseVector<Object> x) {
      return new DenseVector<>(new double[0]);
    }
  }
}
