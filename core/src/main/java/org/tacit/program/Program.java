package org.tacit.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An immutable straight-line program: named outputs and all nodes they depend on, each after its
 * inputs. Code that no output needs is not in it. Inputs are bound by name.
 */
public final class Program {
  private final Map<String, Node> outputs;
  private final List<Node> nodes;
  private final Map<Class<?>, Object> derived = new ConcurrentHashMap<>();

  private Program(Map<String, Node> outputs) {
    this.outputs = new LinkedHashMap<>(outputs);
    this.nodes = List.copyOf(ancestors(outputs.values()));
    for (Node node : nodes) {
      if (node.operation() instanceof Source.Input input && nodeOfInput(input.name()) != node) {
        throw new IllegalArgumentException(
            "Invalid inputs: %s with two shapes, %s and %s (must have one)"
                .formatted(input.name(), nodeOfInput(input.name()).shape(), input.shape()));
      }
    }
  }

  public static Program of(Map<String, Node> outputs) {
    return new Program(outputs);
  }

  public static Program of(String name, Node output) {
    return new Program(Map.of(name, output));
  }

  /** Of two outputs, in order. */
  public static Program of(String first, Node one, String second, Node other) {
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put(first, one);
    outputs.put(second, other);
    return new Program(outputs);
  }

  /**
   * Every node that {@code roots} depend on, themselves included, each once and after its inputs.
   */
  public static List<Node> ancestors(Collection<Node> roots) {
    return ancestors(roots, Set.of());
  }

  /**
   * As {@link #ancestors(Collection)}, not looking behind the nodes in {@code leaves}, which are
   * listed when reached.
   */
  public static List<Node> ancestors(Collection<Node> roots, Set<Node> leaves) {
    List<Node> ordered = new ArrayList<>();
    Set<Node> done = new HashSet<>();
    Deque<Node> stack = new ArrayDeque<>();
    for (Node root : roots) {
      stack.push(root);
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        if (done.contains(node)) {
          stack.pop();
          continue;
        }
        boolean ready = true;
        if (!leaves.contains(node)) {
          for (int i = node.inputs().size() - 1; i >= 0; i--) {
            Node input = node.inputs().get(i);
            if (!done.contains(input)) {
              stack.push(input);
              ready = false;
            }
          }
        }
        if (ready) {
          stack.pop();
          done.add(node);
          ordered.add(node);
        }
      }
    }
    return ordered;
  }

  /** The nodes of {@code ordered} that depend on one of {@code roots}, those included. */
  public static Set<Node> dependents(List<Node> ordered, Collection<Node> roots) {
    Set<Node> dependent = new HashSet<>(roots);
    for (Node node : ordered) {
      if (node.inputs().stream().anyMatch(dependent::contains)) {
        dependent.add(node);
      }
    }
    return dependent;
  }

  /** The outputs by name, in order. */
  public Map<String, Node> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** The outputs' names in order. */
  public List<String> outputNames() {
    return List.copyOf(outputs.keySet());
  }

  public Node output(String name) {
    Node node = outputs.get(name);
    if (node == null) {
      throw new IllegalArgumentException(
          "Unknown output: " + name + " (must be one of " + outputs.keySet() + ")");
    }
    return node;
  }

  /** All nodes, each after its inputs. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The shapes of the inputs by name. */
  public Map<String, Shape> inputs() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.operation() instanceof Source.Input input) {
        shapes.put(input.name(), input.shape());
      }
    }
    return shapes;
  }

  /** What is made of this program once, such as its plans; it lives as long as the program does. */
  public <T> T once(Class<T> kind, Function<Program, T> make) {
    Object known = derived.get(kind); // without a lock, as computeIfAbsent is not
    return kind.cast(known != null ? known : derived.computeIfAbsent(kind, k -> make.apply(this)));
  }

  /** The names of the tables whose rows or counts this program reads. */
  public Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    for (Node node : nodes) {
      if (node.operation() instanceof Source && node.shape().isSharded()) {
        tables.add(node.shape().table());
      } else if (node.operation() instanceof Source.RowCount count) {
        tables.add(count.table());
      } else if (node.operation() instanceof Source.ColumnTotal total) {
        tables.add(total.table());
      }
    }
    return tables;
  }

  private Node nodeOfInput(String name) {
    return nodes.stream()
        .filter(node -> node.operation() instanceof Source.Input in && in.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** One line a node: number, operation, inputs, shape. */
  @Override
  public String toString() {
    Map<Node, Integer> numbers = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (Node node : nodes) {
      numbers.put(node, numbers.size());
      text.append('%').append(numbers.get(node)).append(" = ").append(node.operation().name());
      node.inputs().forEach(input -> text.append(" %").append(numbers.get(input)));
      text.append(" : ").append(node.shape()).append('\n');
    }
    outputs.forEach(
        (name, node) -> text.append(name).append(" = %").append(numbers.get(node)).append('\n'));
    return text.toString();
  }
}
