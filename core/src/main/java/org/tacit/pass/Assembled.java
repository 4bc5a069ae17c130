package org.tacit.pass;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.tacit.primitive.Form;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;

/**
 * How the driver computes the values of a program: as they are written, but that a sum of values
 * between zeros which fill all its rows, {@value #FEWEST} or more, is these one after another:
 *
 * <pre>
 *   [a; 0; 0] + [0; b; 0] + [0; 0; c]  =  [a; b; c]
 * </pre>
 *
 * Gradients in a vector that is read in parts are written so; of K parts of p rows each the sums
 * write 2 K^2 p numbers, this K p.
 */
final class Assembled {
  private static final int FEWEST = 3;

  private final Map<Node, Node> ways = new HashMap<>();
  private final Set<Node> needed = new HashSet<>();

  /** Of {@code ordered}, of which those are asked for. */
  Assembled(List<Node> ordered, Collection<Node> asked) {
    for (Node node : ordered) {
      if (!node.shape().isSharded() && !Form.sum(Var.of(node)).isEmpty()) {
        List<Var> parts = parts(Var.of(node));
        if (parts.size() >= FEWEST) {
          ways.put(node, Var.concatenate(Side.ROWS, parts).node());
        }
      }
    }
    Deque<Node> open = new ArrayDeque<>(asked);
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (needed.add(node)) {
        open.addAll(way(node).inputs());
      }
    }
  }

  /** The parts between zeros, in order, where they follow each other and fill a value. */
  private static List<Var> parts(Var sum) {
    TreeMap<Integer, Var> parts = new TreeMap<>();
    Deque<Var> sums = new ArrayDeque<>(List.of(sum));
    Set<Var> seen = new HashSet<>();
    while (!sums.isEmpty()) {
      Var value = sums.pop();
      if (!seen.add(value) || !value.shape().equals(sum.shape())) {
        return List.of();
      }
      List<Var> terms = Form.sum(value);
      terms.forEach(sums::push);
      OptionalInt before = Form.zerosBefore(value);
      if (before.isPresent()) {
        Var part = Var.inputs(value.node()).get(0);
        if (parts.put(before.getAsInt(), part) != null) {
          return List.of();
        }
      } else if (terms.isEmpty()) {
        return List.of();
      }
    }
    int at = 0;
    for (Map.Entry<Integer, Var> part : parts.entrySet()) {
      if (part.getKey() != at) {
        return List.of();
      }
      at += part.getValue().shape().rows().size();
    }
    return at == sum.shape().rows().size() ? List.copyOf(parts.values()) : List.of();
  }

  /** What computes a value: itself, or its parts one after another. */
  Node way(Node node) {
    return ways.getOrDefault(node, node);
  }

  /** Whether a value is asked for, or another that is needed is computed of it. */
  boolean isNeeded(Node node) {
    return needed.contains(node);
  }
}
