package org.tacit.primitive;

import java.util.List;
import java.util.function.Predicate;
import org.tacit.program.Node;

/**
 * Signs of products by rows, moved from wide factors to narrow ones. The numbers are the same to
 * the last bit.
 */
public final class Signs {
  private Signs() {}

  /**
   * The same value: -(a b) and (-a) b, a wide and b by rows and not, are a (-b).
   *
   * @param isWide what has a value of its own for each of several instances
   */
  public static Node moved(Node node, Predicate<Node> isWide) {
    if (node.operation() instanceof Negate) {
      Node product = node.inputs().get(0);
      for (int i = 0; i < 2 && product.operation() instanceof Times; i++) {
        Node wide = product.inputs().get(i);
        Node narrow = product.inputs().get(1 - i);
        if (isWide.test(wide) && isNarrow(narrow, isWide)) {
          return product(wide, negated(narrow));
        }
      }
    }
    for (int i = 0; i < 2 && node.operation() instanceof Times; i++) {
      Node wide = node.inputs().get(i);
      Node narrow = node.inputs().get(1 - i);
      boolean isTurned = wide.operation() instanceof Negate && wide.shape().isSharded();
      if (isTurned && isWide.test(wide) && isNarrow(narrow, isWide)) {
        return product(wide.inputs().get(0), negated(narrow));
      }
    }
    return node;
  }

  private static boolean isNarrow(Node node, Predicate<Node> isWide) {
    return node.shape().isSharded() && !isWide.test(node);
  }

  private static Node product(Node a, Node b) {
    return Node.of(new Times(), List.of(a, b));
  }

  private static Node negated(Node node) {
    return Node.of(new Negate(), List.of(node));
  }
}
