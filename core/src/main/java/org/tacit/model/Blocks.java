package org.tacit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.loss.Loss;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * What theta is made of, one block after another: the log penalties, then what else is {@link
 * Tuned}, in the order in which it is named.
 */
record Blocks(Penalty penalty, List<Tuned> tuned) {
  Blocks {
    tuned = List.copyOf(tuned);
  }

  /** The same of columns in units of these deviations. */
  Blocks in(Matrix deviations) {
    return new Blocks(penalty.in(deviations), tuned);
  }

  private Model.Layout layout() {
    return penalty.layout();
  }

  /** The length of theta. */
  int count() {
    return from(tuned.size());
  }

  /** Where a block begins. */
  private int from(int block) {
    return penalty.count() + tuned.stream().limit(block).mapToInt(t -> t.count(layout())).sum();
  }

  /** How many thetas there are of each kind; what a block holds is of one kind. */
  List<Integer> kinds() {
    return Stream.concat(
            penalty.kinds().stream(), tuned.stream().map(block -> block.count(layout())))
        .toList();
  }

  List<String> names() {
    Stream<String> others =
        tuned.stream()
            .flatMap(t -> IntStream.range(0, t.count(layout())).mapToObj(k -> t.name(k, layout())));
    return Stream.concat(penalty.names().stream(), others).toList();
  }

  /** The log penalties as given, the others where they begin; or all of theta. */
  Matrix theta(List<Double> given) {
    if (tuned.isEmpty()) {
      return penalty.theta(given);
    }
    boolean isAll = given.size() == count();
    Matrix first = penalty.theta(isAll ? given.subList(0, penalty.count()) : given);
    List<Double> theta = new ArrayList<>();
    IntStream.range(0, first.rows()).forEach(k -> theta.add(first.at(k)));
    for (Tuned block : tuned) {
      for (int k = 0; k < block.count(layout()); k++) {
        theta.add(isAll ? required(block, k, given.get(theta.size())) : block.start(k));
      }
    }
    return Matrix.column(theta.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double required(Tuned block, int k, double omega) {
    if (Math.abs(omega) > block.most()) {
      throw new ModelException(
          "theta",
          "Invalid theta: %s for %s (must be within -%.0f and %3$.0f)"
              .formatted(omega, block.name(k, layout()), block.most()));
    }
    return omega;
  }

  private Var part(Var theta, int block) {
    int from = from(block);
    return theta.slice(Side.ROWS, from, from + tuned.get(block).count(layout()));
  }

  private Matrix part(Matrix theta, int block) {
    int from = from(block);
    return theta.rows(from, from + tuned.get(block).count(layout()));
  }

  private <V> V through(V value, BiFunction<V, Integer, V> block) {
    V now = value;
    for (int b = 0; b < tuned.size(); b++) {
      now = block.apply(now, b);
    }
    return now;
  }

  private Var penalties(Var theta) {
    return tuned.isEmpty() ? theta : theta.slice(Side.ROWS, 0, penalty.count());
  }

  /** The loss that is minimised. */
  Loss loss(Loss stated, Var theta) {
    return through(stated, (loss, b) -> tuned.get(b).loss(loss, part(theta, b)));
  }

  /** The losses of rows, rows x 1. */
  Var losses(Var stated, Rows rows, Var theta) {
    return through(stated, (losses, b) -> tuned.get(b).losses(losses, rows, part(theta, b)));
  }

  /** The penalties of the coefficients' absolute values, which stretch to features x outputs. */
  Optional<Var> absolute(Var theta) {
    return penalty.absolute(penalties(theta)).map(l -> units(theta).map(l::times).orElse(l));
  }

  /** The penalties of half their squares, which stretch to features x outputs. */
  Optional<Var> squared(Var theta) {
    return penalty
        .squared(penalties(theta))
        .map(l -> units(theta).map(u -> l.times(u.square())).orElse(l));
  }

  /** Those of all blocks, features x 1. */
  private Optional<Var> units(Var theta) {
    return through(
        Optional.empty(),
        (units, b) -> {
          Optional<Var> own = tuned.get(b).units(part(theta, b));
          return own.map(u -> units.map(u::times).orElse(u)).or(() -> units);
        });
  }

  private double unit(int j, Matrix theta) {
    return through(1.0, (unit, b) -> unit * tuned.get(b).unit(j, part(theta, b)));
  }

  /** The sum of the log penalties, each at the mean of the units u of what it weighs. */
  double strength(Matrix theta) {
    double[] logUnits = new double[layout().features().size()];
    for (int b = 0; b < tuned.size(); b++) {
      Matrix omega = part(theta, b);
      for (int j = 0; j < logUnits.length; j++) {
        logUnits[j] += Math.log(tuned.get(b).unit(j, omega));
      }
    }
    return penalty.strength(theta, logUnits);
  }

  /** The smallest penalty, or sum of both kinds, on the coefficients of feature {@code j}. */
  double ofFeature(int j, Matrix theta) {
    return penalty.ofFeature(j, theta) * unit(j, theta);
  }

  /** The smallest penalty of half the squares of the coefficients of feature {@code j}, or none. */
  double ofSquares(int j, Matrix theta) {
    double unit = unit(j, theta);
    return penalty.ofSquares(j, theta) * unit * unit;
  }
}
