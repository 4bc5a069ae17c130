package org.tacit.primitive;

import java.util.List;
import java.util.Optional;
import org.tacit.program.Shape;

/**
 * How a value depends linearly on a vector v, as far as the diagonal of y = A v needs to know it. A
 * value is a sum of terms. What a primitive does to the terms of an input is said in the
 * primitive's file ({@link Transposable#diagonal}), in what can be done to a term here; empty where
 * that is not known.
 */
public sealed interface DiagonalTerm {
  /** First and last (exclusive) element of v that a term depends on. */
  record Range(int from, int to) {
    boolean meets(int otherFrom, int otherTo) {
      return from < otherTo && otherFrom < to;
    }
  }

  /** Whether it is nothing on the diagonal, and known to be. */
  boolean isBesideTheDiagonal();

  /** This times a fixed factor that does not stretch it, in the product's shape. */
  Optional<DiagonalTerm> scaled(Var factor, Shape shape);

  /** This times a fixed factor that may stretch it. */
  default Optional<DiagonalTerm> times(Var factor, Shape shape) {
    return scaled(factor, shape);
  }

  /** This, which is of another shape than this one, stretched to it. */
  default Optional<DiagonalTerm> stretched(Shape shape) {
    return Optional.empty();
  }

  /** The sum over rows, with x' before it or without, in the result's shape. */
  default Optional<DiagonalTerm> summedOverRows(Optional<Var> x, Shape shape) {
    return Optional.empty();
  }

  /** The sum over columns. */
  default Optional<DiagonalTerm> summedOverColumns(Shape shape) {
    return Optional.empty();
  }

  /** The product with a matrix x of rows before it. */
  default Optional<DiagonalTerm> margins(Var x) {
    return Optional.empty();
  }

  default Optional<DiagonalTerm> reshaped(Shape shape) {
    return Optional.empty();
  }

  /** Rows cut out or put between zeros by a primitive, so many elements further up. */
  default Optional<DiagonalTerm> moved(Differentiable primitive, int shift, Shape shape) {
    return Optional.empty();
  }

  /**
   * A replicated value whose element k, row after row, is factor_k v_(offset + k); where {@code
   * isPartial}, plus other elements of the range read.
   */
  record Entry(int offset, Var factor, Range read, boolean isPartial) implements DiagonalTerm {
    @Override
    public boolean isBesideTheDiagonal() {
      return offset != 0 && (!isPartial || !read.meets(read.from() - offset, read.to() - offset));
    }

    private Entry with(Var newFactor) {
      return new Entry(offset, newFactor, read, isPartial);
    }

    @Override
    public Optional<DiagonalTerm> scaled(Var by, Shape shape) {
      return factor.shape().equals(shape) ? Optional.of(with(factor.times(by))) : Optional.empty();
    }

    @Override
    public Optional<DiagonalTerm> stretched(Shape shape) {
      Shape from = factor.shape();
      return shape.isSharded() && from.rows().isOne() && from.width() == shape.width()
          ? Optional.of(rowwise(Optional.empty(), shape))
          : Optional.empty();
    }

    @Override
    public Optional<DiagonalTerm> margins(Var x) {
      Shape shape = new Shape(x.shape().rows(), factor.shape().cols());
      return Optional.of(rowwise(Optional.of(x), shape));
    }

    private Rowwise rowwise(Optional<Var> x, Shape shape) {
      return new Rowwise(x, this, Var.constant(1).broadcastTo(shape), false, false);
    }

    @Override
    public Optional<DiagonalTerm> summedOverRows(Optional<Var> x, Shape shape) {
      return shape.isSharded() ? Optional.empty() : summedOverColumns(shape);
    }

    @Override
    public Optional<DiagonalTerm> summedOverColumns(Shape shape) {
      return Optional.of(new Elsewhere(0, shape.size(), read));
    }

    @Override
    public Optional<DiagonalTerm> reshaped(Shape shape) {
      return Optional.of(with(factor.reshape(shape)));
    }

    @Override
    public Optional<DiagonalTerm> moved(Differentiable primitive, int shift, Shape shape) {
      int start = offset + shift;
      int from = Math.max(read.from(), start);
      int to = Math.max(from, Math.min(read.to(), start + shape.size()));
      Var cut = Var.apply(primitive, List.of(factor));
      return Optional.of(new Entry(start, cut, isPartial ? read : new Range(from, to), isPartial));
    }
  }

  /**
   * A value for each row i, a_ic sum_j x_ij w_jc, or the sum of that over the c where {@code
   * isSummed}; no x stands for a single column of ones. Where {@code isPartial}, other columns of w
   * add to column c too.
   */
  record Rowwise(Optional<Var> x, Entry w, Var a, boolean isSummed, boolean isPartial)
      implements DiagonalTerm {
    private int width() {
      return w.factor().shape().width();
    }

    private Optional<DiagonalTerm> with(Var newA, boolean nowSummed, boolean nowPartial) {
      return Optional.of(new Rowwise(x, w, newA, nowSummed, nowPartial));
    }

    @Override
    public boolean isBesideTheDiagonal() {
      return false;
    }

    @Override
    public Optional<DiagonalTerm> scaled(Var factor, Shape shape) {
      return shape.isSharded() && shape.width() == (isSummed ? 1 : width())
          ? with(a.times(factor), isSummed, isPartial)
          : Optional.empty();
    }

    @Override
    public Optional<DiagonalTerm> times(Var factor, Shape shape) {
      return isSummed && shape.width() == width()
          ? with(a.times(factor), false, true)
          : scaled(factor, shape);
    }

    @Override
    public Optional<DiagonalTerm> stretched(Shape shape) {
      return isSummed && shape.width() == width() ? with(a, false, true) : Optional.empty();
    }

    @Override
    public Optional<DiagonalTerm> summedOverRows(Optional<Var> left, Shape shape) {
      if (x.equals(left) && !isSummed && w.factor().shape().equals(shape)) {
        Var sums = x.map(matrix -> matrix.squaresTimes(a)).orElseGet(a::sumRows);
        return Optional.of(new Entry(w.offset(), w.factor().times(sums), w.read(), true));
      }
      return Optional.of(new Elsewhere(0, shape.size(), w.read()));
    }

    @Override
    public Optional<DiagonalTerm> summedOverColumns(Shape shape) {
      return isSummed || isPartial ? Optional.empty() : with(a, true, false);
    }
  }

  /** A replicated value whose elements from, ..., to - 1 depend in some way on the range read. */
  record Elsewhere(int from, int to, Range read) implements DiagonalTerm {
    @Override
    public boolean isBesideTheDiagonal() {
      return !read.meets(from, to);
    }

    @Override
    public Optional<DiagonalTerm> scaled(Var factor, Shape shape) {
      return shape.size() >= to ? Optional.of(this) : Optional.empty();
    }

    @Override
    public Optional<DiagonalTerm> reshaped(Shape shape) {
      return Optional.of(this);
    }

    @Override
    public Optional<DiagonalTerm> moved(Differentiable primitive, int shift, Shape shape) {
      return Optional.of(new Elsewhere(Math.max(0, from - shift), to - shift, read));
    }
  }
}
