package org.tacit.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * A function of matrices that a formula gives, y = f(x_1, ..., x_k), evaluated and differentiated
 * at matrices:
 *
 * <pre>
 *   at(x) = f(x),   jvp(x, v) = df(x) v,   vjp(x, u) = df(x)' u,   jacobian(x) = df(x)
 * </pre>
 *
 * where u has the shape of y and v that of x. A Jacobian is size of y x size of x, both row after
 * row. The formula is written once for each shape of its arguments. It may read tables of the
 * passes it is given; without them nothing is read, and nothing kept.
 *
 * <p>Cost: a value, a jvp and a vjp are one evaluation each; a Jacobian is one of min(size of x,
 * size of y) instances, forward or in reverse, which share passes.
 */
public final class ExplicitFunction {
  private final Function<List<Var>, Var> formula;
  private final Passes passes;
  private final Map<List<Shape>, FormulaPrograms> programs = new ConcurrentHashMap<>();

  private ExplicitFunction(Function<List<Var>, Var> formula, Passes passes) {
    this.formula = formula;
    this.passes = passes;
  }

  /** Of one argument. */
  public static ExplicitFunction of(UnaryOperator<Var> formula) {
    return ofList(x -> formula.apply(x.get(0)));
  }

  /** Of two arguments. */
  public static ExplicitFunction of(BinaryOperator<Var> formula) {
    return ofList(x -> formula.apply(x.get(0), x.get(1)));
  }

  /** Of any number of arguments. */
  public static ExplicitFunction ofList(Function<List<Var>, Var> formula) {
    return new ExplicitFunction(formula, Passes.none());
  }

  /** The same function, reading the tables of these passes. */
  public ExplicitFunction over(Passes tables) {
    return new ExplicitFunction(formula, tables);
  }

  /** f(x). */
  public Matrix at(Matrix... x) {
    return at(List.of(x));
  }

  /** f(x). */
  public Matrix at(List<Matrix> x) {
    FormulaPrograms f = programs(x);
    return f.output(passes.evaluate(f.value(), f.bind(x)));
  }

  /** df(x) v. */
  public Matrix jvp(Matrix x, Matrix v) {
    return jvp(List.of(x), List.of(v));
  }

  /** sum over i of d_i f(x) v_i. */
  public Matrix jvp(List<Matrix> x, List<Matrix> v) {
    FormulaPrograms f = programs(x);
    return f.output(passes.evaluate(f.jvp(), f.bind(x, v)));
  }

  /** df(x)' u, of the shape of x. */
  public Matrix vjp(Matrix x, Matrix u) {
    return vjp(List.of(x), u).get(0);
  }

  /** d_i f(x)' u for each argument, of its shape. */
  public List<Matrix> vjp(List<Matrix> x, Matrix u) {
    FormulaPrograms f = programs(x);
    return f.cotangents(passes.evaluate(f.vjp(), f.bind(x, u)));
  }

  /** The gradient of a 1 x 1 function, of the shape of x. */
  public Matrix gradient(Matrix x) {
    return gradient(List.of(x)).get(0);
  }

  /** The gradient of a 1 x 1 function in each argument, of its shape. */
  public List<Matrix> gradient(List<Matrix> x) {
    Shape y = programs(x).shape();
    if (!y.isScalar()) {
      throw new IllegalArgumentException(
          "Invalid function: " + y + " (must be 1 x 1 to have a gradient; use the Jacobian)");
    }
    return vjp(x, Matrix.scalar(1));
  }

  /** df(x). */
  public Matrix jacobian(Matrix x) {
    return jacobian(List.of(x)).get(0);
  }

  /** d_i f(x) for each argument. */
  public List<Matrix> jacobian(List<Matrix> x) {
    return IntStream.range(0, x.size()).mapToObj(i -> jacobian(x, i)).toList();
  }

  /** d_i f(x) for argument {@code i}, counted from 0. */
  public Matrix jacobian(List<Matrix> x, int i) {
    FormulaPrograms f = programs(x);
    Shape point = Shape.of(x.get(i).rows(), x.get(i).cols());
    if (point.size() > f.shape().size()) {
      var rows = units(f.shape()).map(u -> f.bind(x, u)).toList();
      return beside(passes.evaluate(f.vjp(), rows).stream().map(out -> f.cotangents(out).get(i)))
          .transpose();
    }
    List<Matrix> zeros = x.stream().map(a -> Matrix.zeros(a.rows(), a.cols())).toList();
    var columns = units(point).map(v -> f.bind(x, replaced(zeros, i, v))).toList();
    return beside(passes.evaluate(f.jvp(), columns).stream().map(f::output));
  }

  private static Stream<Matrix> units(Shape shape) {
    Matrix identity = Matrix.identity(shape.size());
    return IntStream.range(0, shape.size())
        .mapToObj(j -> identity.columnAt(j).reshape(shape.rows().size(), shape.cols().size()));
  }

  private static List<Matrix> replaced(List<Matrix> all, int i, Matrix value) {
    List<Matrix> changed = new ArrayList<>(all);
    changed.set(i, value);
    return changed;
  }

  private static Matrix beside(Stream<Matrix> parts) {
    return Matrix.beside(parts.map(part -> part.reshape(part.size(), 1)).toList());
  }

  private FormulaPrograms programs(List<Matrix> x) {
    List<Shape> shapes = x.stream().map(a -> Shape.of(a.rows(), a.cols())).toList();
    return programs.computeIfAbsent(shapes, all -> FormulaPrograms.of(formula, all));
  }
}
