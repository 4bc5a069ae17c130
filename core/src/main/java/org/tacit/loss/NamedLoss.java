package org.tacit.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Source;

/** A loss that its name and its numbers tell from all others; its labels say what it is made of. */
record NamedLoss(
    String name,
    List<Parameter> parameters,
    Labels labels,
    Formula formula,
    Optional<String> smoothAlternative)
    implements Loss {
  NamedLoss {
    parameters = List.copyOf(parameters);
  }

  /** The loss of each row, rows x 1, by the values of parameters, 1 x 1 each. */
  interface Formula {
    Var of(Var prediction, Var label, List<Var> parameters);
  }

  /** Of prediction and label: of reals their difference, of what is not negative logs of means. */
  static NamedLoss of(Labels labels, String name, Formula formula, Parameter... parameters) {
    return new NamedLoss(name, List.of(parameters), labels, formula, Optional.empty());
  }

  /** The same without parameters. */
  static NamedLoss of(Labels labels, String name, BinaryOperator<Var> formula) {
    return of(labels, name, (s, y, none) -> formula.apply(s, y));
  }

  /** Of the margin y s. */
  static NamedLoss ofMargin(String name, UnaryOperator<Var> formula) {
    return of(Labels.BINARY, name, (s, y) -> formula.apply(s.times(y)));
  }

  /** Of the margin y s and a parameter. */
  static NamedLoss ofMargin(String name, BinaryOperator<Var> formula, Parameter parameter) {
    return of(Labels.BINARY, name, (s, y, p) -> formula.apply(s.times(y), p.get(0)), parameter);
  }

  static NamedLoss ofScores(String name, Function<ClassScores, Var> formula) {
    return of(Labels.CLASSES, name, (s, y) -> formula.apply(ClassScores.of(s, y)));
  }

  /** The same, with what to minimise instead. */
  NamedLoss withKinks(String alternative) {
    return new NamedLoss(name, parameters, labels, formula, Optional.of(alternative));
  }

  @Override
  public NamedLoss with(String parameter, Var value) {
    int k = parameters.stream().map(Parameter::name).toList().indexOf(parameter);
    if (k < 0) {
      return (NamedLoss) Loss.super.with(parameter, value);
    }
    List<Parameter> others = new ArrayList<>(parameters);
    others.remove(k);
    Formula bound =
        (s, y, rest) -> {
          List<Var> all = new ArrayList<>(rest);
          all.add(k, value);
          return formula.of(s, y, all);
        };
    return new NamedLoss(name, others, labels, bound, smoothAlternative);
  }

  /** |r|, or its smooth neighbour sqrt(r^2 + b^2) - b. */
  static Var distance(Var residual, Var smoothing) {
    return smoothing.isZero() ? residual.abs() : residual.hypot(smoothing).plus(smoothing.negate());
  }

  /**
   * The integral of a ramp: 0 for x <= 0, x^2 / (2 width) for x in [0, width], x - width / 2
   * beyond. Its slope rises from 0 to 1; its second derivative is 1 / width strictly inside and 0
   * elsewhere, the ends included.
   */
  static Var ramp(Var x, Var width) {
    Var within = clip(x, Var.constant(0), width);
    Var beyond = x.plus(width.negate()).max(Var.constant(0));
    return within.square().times(Var.constant(0.5).divide(width)).plus(beyond);
  }

  /** x moved into [low, high]. Derivative in x 1 strictly inside, 0 elsewhere. */
  static Var clip(Var x, Var low, Var high) {
    return number(low).isPresent() && number(high).isPresent()
        ? x.clip(number(low).getAsDouble(), number(high).getAsDouble())
        : low.max(high.min(x));
  }

  private static OptionalDouble number(Var value) {
    return value.node().operation() instanceof Source.Constant constant
        ? OptionalDouble.of(constant.value().value())
        : OptionalDouble.empty();
  }

  @Override
  public Var of(Var prediction, Var label) {
    return formula.of(
        prediction, label, parameters.stream().map(p -> Var.constant(p.value())).toList());
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
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + parameters.hashCode();
  }

  @Override
  public String toString() {
    return name + parameters.stream().map(Parameter::value).toList();
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
