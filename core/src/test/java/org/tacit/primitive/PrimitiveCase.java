package org.tacit.primitive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tacit.matrix.Matrix;

/**
 * One line of the catalogue that the laws of primitives run over.
 *
 * @param build the primitive on its arguments, as users write it
 * @param formula the same in plain Java
 * @param isFlat whether the derivative is zero everywhere
 */
record PrimitiveCase(
    String name,
    List<Argument> arguments,
    Function<List<Var>, Var> build,
    Function<List<Matrix>, Matrix> formula,
    boolean isFlat) {

  /** A case of several arguments. */
  static PrimitiveCase several(
      String name,
      List<Argument> arguments,
      Function<List<Var>, Var> build,
      Function<List<Matrix>, Matrix> formula) {
    return new PrimitiveCase(name, arguments, build, formula, false);
  }

  /** A case of one argument. */
  static PrimitiveCase one(
      String name, Argument x, Function<Var, Var> build, Function<Matrix, Matrix> formula) {
    return several(name, List.of(x), v -> build.apply(v.get(0)), m -> formula.apply(m.get(0)));
  }

  /** A case of two arguments. */
  static PrimitiveCase two(
      String name,
      List<Argument> arguments,
      BiFunction<Var, Var, Var> build,
      BiFunction<Matrix, Matrix, Matrix> formula) {
    return several(
        name,
        arguments,
        v -> build.apply(v.get(0), v.get(1)),
        m -> formula.apply(m.get(0), m.get(1)));
  }

  /** The same case with a derivative that is zero everywhere. */
  PrimitiveCase flat() {
    return new PrimitiveCase(name, arguments, build, formula, true);
  }

  /** Whether some argument may be a table's column. */
  boolean hasRows() {
    return arguments.stream().anyMatch(Argument::isByRow);
  }

  /** The positions of the arguments that move. */
  List<Integer> moving() {
    List<Integer> moving = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).moves()) {
        moving.add(i);
      }
    }
    return moving;
  }

  @Override
  public String toString() {
    return arguments.stream()
        .map(a -> (a.isByRow() ? "n" : Integer.toString(a.rows())) + " x " + a.cols())
        .collect(Collectors.joining(", ", name + " of ", ""));
  }
}
