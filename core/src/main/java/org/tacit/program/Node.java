package org.tacit.program;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a program: an operation on other nodes. Nodes are hash-consed: the same operation on
 * the same nodes is the same object, so common subexpressions are shared from the moment they are
 * written, and equality is identity.
 */
public final class Node {
  private static final Map<Key, Interned> TABLE = new HashMap<>();
  private static final ReferenceQueue<Node> COLLECTED = new ReferenceQueue<>();
  private static long count;

  private final Primitive operation;
  private final List<Node> inputs;
  private final Shape shape;
  private final long number;

  private Node(Primitive operation, List<Node> inputs, Shape shape, long number) {
    this.operation = operation;
    this.inputs = inputs;
    this.shape = shape;
    this.number = number;
  }

  /** The node of a value from outside. */
  public static Node of(Source source) {
    return of(source, List.of());
  }

  /** The node of a primitive on these inputs; throws what the primitive's shape rule throws. */
  public static Node of(Primitive primitive, List<Node> inputs) {
    List<Node> fixed = List.copyOf(inputs);
    Key key = new Key(primitive, fixed);
    // Shape rules, which may be a user's, run outside the lock.
    return known(key).orElseGet(() -> enter(key, primitive, fixed, shapeInGraph(primitive, fixed)));
  }

  private static Optional<Node> known(Key key) {
    synchronized (TABLE) {
      Interned known = TABLE.get(key);
      return Optional.ofNullable(known == null ? null : known.get());
    }
  }

  private static Node enter(Key key, Primitive operation, List<Node> inputs, Shape shape) {
    synchronized (TABLE) {
      for (var gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
        TABLE.remove(((Interned) gone).key, gone);
      }
      return known(key)
          .orElseGet(
              () -> {
                Node node = new Node(operation, inputs, shape, count++);
                TABLE.put(key, new Interned(key, node));
                return node;
              });
    }
  }

  private static Shape shapeInGraph(Primitive primitive, List<Node> inputs) {
    try {
      inputs.forEach(input -> input.shape.requireRowsFirst());
    } catch (IllegalArgumentException wrong) {
      throw named(primitive, wrong);
    }
    return shapeOf(primitive, inputs);
  }

  /** The shape of a primitive on these inputs, or an error that names the primitive. */
  public static Shape shapeOf(Primitive primitive, List<Node> inputs) {
    try {
      return primitive.shape(inputs.stream().map(Node::shape).toList());
    } catch (IllegalArgumentException wrong) {
      throw named(primitive, wrong);
    }
  }

  private static IllegalArgumentException named(
      Primitive operation, IllegalArgumentException wrong) {
    return new IllegalArgumentException(operation.name() + ": " + wrong.getMessage(), wrong);
  }

  public Primitive operation() {
    return operation;
  }

  public List<Node> inputs() {
    return inputs;
  }

  public List<Shape> inputShapes() {
    return inputs.stream().map(Node::shape).toList();
  }

  public Shape shape() {
    return shape;
  }

  /** Whether this node sums over a table's rows. */
  public boolean isRowReduction() {
    return !shape.isSharded()
        && operation instanceof RowReduction sum
        && sum.reduces(inputShapes());
  }

  @Override
  public String toString() {
    return operation.name() + " : " + shape;
  }

  /**
   * Structural key; the inputs' own identity is their structure, since they are interned. It holds
   * their numbers, which are never given twice, so that the table keeps no node from the collector.
   */
  private static final class Key {
    private final Primitive operation;
    private final long[] inputs;
    private final int hash;

    Key(Primitive operation, List<Node> inputs) {
      this.operation = operation;
      this.inputs = inputs.stream().mapToLong(input -> input.number).toArray();
      this.hash = 31 * operation.hashCode() + Arrays.hashCode(this.inputs);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && hash == that.hash
          && Arrays.equals(inputs, that.inputs)
          && operation.equals(that.operation);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final class Interned extends WeakReference<Node> {
    private final Key key;

    Interned(Key key, Node node) {
      super(node, COLLECTED);
      this.key = key;
    }
  }
}
