package org.tacit.primitive;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final List<String> names;
  private final List<Shape> shapes;
  private final Function<Iterator<Var>, P> build;

  private Parameters(List<String> names, List<Shape> shapes, Function<Iterator<Var>, P> build) {
    for (Shape shape : shapes) {
      if (shape.isSharded()) {
        throw new IllegalArgumentException("Invalid parameter: " + shape + " (must be replicated)");
      }
    }
    this.names = List.copyOf(names);
    this.shapes = List.copyOf(shapes);
    this.build = build;
  }

  /** A plain vector of n numbers. */
  public static Parameters<Var> vector(int n) {
    return new Parameters<>(List.of("all"), List.of(Shape.of(n, 1)), Iterator::next);
  }

  /**
   * The record {@code type}, its leaves of these shapes in order of declaration. A leaf's name is
   * its component's; inside a component that is a record again, both with a dot between.
   */
  public static <R extends Record> Parameters<R> of(Class<R> type, Shape... shapes) {
    List<String> names = new ArrayList<>();
    addLeaves("", type, names);
    if (names.size() != shapes.length) {
      throw new IllegalArgumentException(
          "Invalid shapes: %s for %s (must be %s, one for each leaf)"
              .formatted(shapes.length, type.getSimpleName(), names.size()));
    }
    return new Parameters<>(names, Arrays.asList(shapes), values -> type.cast(build(type, values)));
  }

  private static void addLeaves(String name, Class<?> type, List<String> names) {
    if (type == Var.class) {
      names.add(name);
      return;
    }
    if (!type.isRecord()) {
      throw new IllegalArgumentException(
          "Invalid parameter type: " + type.getName() + " (must be Var or a record of them)");
    }
    String prefix = name.isEmpty() ? "" : name + ".";
    for (RecordComponent component : type.getRecordComponents()) {
      addLeaves(prefix + component.getName(), component.getType(), names);
    }
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

  /** The leaves' names in order; of a plain vector "all". */
  public List<String> names() {
    return names;
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

  /** The flat vector of these leaves, as a value of a larger program. */
  public Var pack(Var first, Var... others) {
    List<Var> leaves = new ArrayList<>();
    leaves.add(first);
    leaves.addAll(Arrays.asList(others));
    if (!leaves.stream().map(Var::shape).toList().equals(shapes)) {
      throw new IllegalArgumentException(
          "Invalid leaves: %s (must be %s in order)"
              .formatted(leaves.stream().map(Var::shape).toList(), shapes));
    }
    return Var.concatenate(
        Side.ROWS, leaves.stream().map(leaf -> leaf.reshape(leaf.shape().size(), 1)).toList());
  }

  /** The flat vector of these leaf values. */
  public Matrix pack(Matrix... leaves) {
    double[] flat = new double[size()];
    int at = 0;
    for (int i = 0; i < leaves.length; i++) {
      if (i >= shapes.size()
          || !shapes.get(i).equals(Shape.of(leaves[i].rows(), leaves[i].cols()))) {
        throw new IllegalArgumentException(
            "Invalid leaf %s: %s x %s (must be one of %s in order)"
                .formatted(i, leaves[i].rows(), leaves[i].cols(), shapes));
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

  /** The flat vector of these leaf values by name. */
  public Matrix pack(Map<String, Matrix> leaves) {
    leaves.keySet().forEach(this::position);
    return pack(
        names.stream()
            .map(
                name ->
                    Optional.ofNullable(leaves.get(name))
                        .orElseThrow(
                            () ->
                                new IllegalArgumentException(
                                    "Missing leaf: " + name + " (must be all of " + names + ")")))
            .toArray(Matrix[]::new));
  }

  /** The flat vector of these leaf values by name, zero in all others. */
  public Matrix packWithZeros(Map<String, Matrix> leaves) {
    Map<String, Matrix> all = new HashMap<>(leaves);
    for (int i = 0; i < names.size(); i++) {
      Shape shape = shapes.get(i);
      all.putIfAbsent(names.get(i), Matrix.zeros(shape.rows().size(), shape.cols().size()));
    }
    return pack(all);
  }

  /** The leaf values in a flat vector, by name in order. */
  public Map<String, Matrix> named(Matrix flat) {
    List<Matrix> leaves = unpack(flat);
    Map<String, Matrix> named = new LinkedHashMap<>();
    for (int i = 0; i < leaves.size(); i++) {
      named.put(names.get(i), leaves.get(i));
    }
    return named;
  }

  /** The rows of this leaf in a matrix of {@code size()} rows, its elements row after row. */
  public Matrix part(String name, Matrix rows) {
    if (rows.rows() != size()) {
      throw new IllegalArgumentException(
          "Invalid rows: " + rows.rows() + " (must be " + size() + ", one for each number)");
    }
    int from = start(position(name));
    int to = start(position(name) + 1);
    return rows.transpose().columns(from, to).transpose();
  }

  /** A unit vector for each element of this leaf: size() x size of the leaf. */
  public Matrix directions(String name) {
    int from = start(position(name));
    int width = start(position(name) + 1) - from;
    double[] units = new double[Math.multiplyExact(size(), width)];
    for (int j = 0; j < width; j++) {
      units[(from + j) * width + j] = 1;
    }
    return Matrix.adopting(size(), width, units);
  }

  /** Where leaf {@code i} starts in the flat vector. */
  private int start(int i) {
    return shapes.subList(0, i).stream().mapToInt(Shape::size).sum();
  }

  private int position(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Unknown leaf: " + name + " (must be one of " + names + ")");
    }
    return at;
  }

  /** The leaf values in a flat vector, in order. */
  public List<Matrix> unpack(Matrix flat) {
    if (flat.rows() != size() || flat.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid vector: " + flat.rows() + " x " + flat.cols() + " (must be " + size() + " x 1)");
    }
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
