package org.tacit.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** A loss that its name and its numbers tell from all others; its labels say what it is made of. */
record NamedLoss(
    String name,
    List<Double> numbers,
    Labels labels,
    BinaryOperator<Var> formula,
    Optional<String> smoothAlternative)
    implements Loss {

  /** Of prediction and label: of reals their difference, of what is not negative logs of means. */
  static NamedLoss of(Labels labels, String name, BinaryOperator<Var> formula, double... numbers) {
    List<Double> listed = Arrays.stream(numbers).boxed().toList();
    return new NamedLoss(name, listed, labels, formula, Optional.empty());
  }

  /** Of the margin y s. */
  static NamedLoss ofMargin(String name, UnaryOperator<Var> formula, double... numbers) {
    return of(Labels.BINARY, name, (s, y) -> formula.apply(s.times(y)), numbers);
  }

  static NamedLoss ofScores(String name, Function<ClassScores, Var> formula) {
    return of(Labels.CLASSES, name, (s, y) -> formula.apply(ClassScores.of(s, y)));
  }

  /** The same, with what to minimise instead. */
  NamedLoss withKinks(String alternative) {
    return new NamedLoss(name, numbers, labels, formula, Optional.of(alternative));
  }

  /** |r|, or its smooth neighbour sqrt(r^2 + b^2) - b. */
  static Var distance(Var residual, double smoothing) {
    return smoothing == 0
        ? residual.abs()
        : residual.hypot(Var.constant(smoothing)).minus(smoothing);
  }

  /**
   * The integral of a ramp: 0 for x <= 0, x^2 / (2 width) for x in [0, width], x - width / 2
   * beyond. Its slope rises from 0 to 1; its second derivative is 1 / width strictly inside and 0
   * elsewhere, the ends included.
   */
  static Var ramp(Var x, double width) {
    Var within = x.clip(0, width);
    Var beyond = x.minus(width).max(Var.constant(0));
    return within.square().times(0.5 / width).plus(beyond);
  }

  @Override
  public Var of(Var prediction, Var label) {
    return formula.apply(prediction, label);
  }

  @Override
  public boolean isOfDifference() {
    return labels == Labels.REAL;
  }

  @Override
  public boolean isOfLogarithms() {
    return labels == Labels.POSITIVE || labels == Labels.NON_NEGATIVE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedLoss that
        && name.equals(that.name)
        && numbers.equals(that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + numbers.hashCode();
  }

  @Override
  public String toString() {
    return name + numbers;
  }

  /**
   * Scores of classes, rows x K, counted from the score of each row's own class, so that large ones
   * cancel before anything is rounded: losses of classes do not move when a row's scores all move
   * alike. What is taken off is held, and derivatives are those in the scores themselves.
   *
   * <p>A score of -infinity masks its class. Where a row's own class is masked nothing is taken
   * off, and its own score stays -infinity.
   *
   * @param all the scores, rows x K
   * @param own the score of the row's class, rows x 1: 0 in value, or -infinity
   * @param isOwn 1 in the column of each row's class, 0 elsewhere: rows x K
   */
  record ClassScores(Var all, Var own, Var isOwn) {
    static ClassScores of(Var scores, Var label) {
      Var own = scores.lookup(label);
      Var masked = Var.constant(Double.NEGATIVE_INFINITY);
      Var origin = Var.where(own.greaterThan(masked), own, Var.constant(0)).held();
      Var isOwn = Var.constant(Matrix.identity(scores.shape().width())).rows(label);
      return new ClassScores(scores.minus(origin), own.minus(origin), isOwn);
    }
  }
}
