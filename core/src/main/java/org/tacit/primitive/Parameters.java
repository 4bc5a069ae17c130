package org.tacit.primitive;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.program.Shape;

/**
 * How one flat column vector, which is what solvers see, is a structure of named values, which is
 * what a model is written in.
 *
 * <p>The structure is a Java record whose components are {@link Var}s or such records again; its
 * leaves in order of declaration, each row after row, make up the vector.
 *
 * @param <P> the record, or {@link Var} for a plain vector
 */
public final class Parameters<P> {
  private final List<Shape> shapes;
  private final Function<Iterator<Var>, P> build;

  private Parameters(List<Shape> shapes, Function<Iterator<Var>, P> build) {
    for (Shape shape : shapes) {
      if (shape.isSharded()) {
        throw new IllegalArgumentException("Invalid parameter: " + shape + " (must be replicated)");
      }
    }
    this.shapes = List.copyOf(shapes);
    this.build = build;
  }

  /** A plain vector of n numbers. */
  public static Parameters<Var> vector(int n) {
    return new Parameters<>(List.of(Shape.of(n, 1)), Iterator::next);
  }

  /** The record {@code type}, its leaves of these shapes in order of declaration. */
  public static <R extends Record> Parameters<R> of(Class<R> type, Shape... shapes) {
    int leaves = leaves(type);
    if (leaves != shapes.length) {
      throw new IllegalArgumentException(
          "Invalid shapes: "
              + shapes.length
              + " for "
              + type.getSimpleName()
              + " (must be "
              + leaves
              + ", one for each leaf)");
    }
    return new Parameters<>(Arrays.asList(shapes), values -> type.cast(build(type, values)));
  }

  private static int leaves(Class<?> type) {
    if (type == Var.class) {
      return 1;
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(
          "Invalid parameter type: " + type.getName() + " (must be Var or a record of them)");
    }
    return Arrays.stream(type.getRecordComponents())
        .mapToInt(component -> leaves(component.getType()))
        .sum();
  }

  private static Object build(Class<?> type, Iterator<Var> values) {
    if (type == Var.class) {
      return values.next();
    }
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments = Arrays.stream(types).map(component -> build(component, values)).toArray();
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " refused its components: " + refused.getCause(), refused);
    } catch (ReflectiveOperationException | RuntimeException hidden) {
      throw new IllegalArgumentException(
          "Cannot build " + type.getName() + " (must be accessible to Tacit)", hidden);
    }
  }

  /** The length of the flat vector. */
  public int size() {
    return shapes.stream().mapToInt(Shape::size).sum();
  }

  /** The structure that reads its leaves out of {@code flat}, a size x 1 value. */
  public P unpack(Var flat) {
    if (!flat.shape().equals(Shape.of(size(), 1))) {
      throw new IllegalArgumentException(
          "Invalid vector: " + flat.shape() + " (must be " + size() + " x 1)");
    }
    List<Var> leaves = new ArrayList<>();
    int at = 0;
    for (Shape shape : shapes) {
      leaves.add(flat.slice(Side.ROWS, at, at + shape.size()).reshape(shape));
      at += shape.size();
    }
    return build.apply(leaves.iterator());
  }

  /** The flat vector of these leaf values. */
  public Matrix pack(Matrix... leaves) {
    double[] flat = new double[size()];
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      if (i >= shapes.size()
          || !shapes.get(i).equals(Shape.of(leaves[i].rows(), leaves[i].cols()))) {
        throw new IllegalArgumentException(
            "Invalid leaf "
                + i
                + ": "
                + leaves[i].rows()
                + " x "
                + leaves[i].cols()
                + " (must be one of "
                + shapes
                + " in order)");
      }
      System.arraycopy(leaves[i].toArray(), 0, flat, at, leaves[i].size());
      at += leaves[i].size();
    }
    if (at != flat.length) {
      throw new IllegalArgumentException(
          "Invalid leaves: " + leaves.length + " (must be " + shapes.size() + ")");
    }
    return Matrix.adopting(flat.length, 1, flat);
  }

  /** The leaf values in a flat vector, in order. */
  public List<Matrix> unpack(Matrix flat) {
    List<Matrix> leaves = new ArrayList<>();
    int at = 0;
    for (Shape shape : shapes) {
      double[] part = Arrays.copyOfRange(flat.toArray(), at, at + shape.size());
      leaves.add(Matrix.adopting(shape.rows().size(), shape.cols().size(), part));
      at += shape.size();
    }
    return leaves;
  }
}
