package org.tacit.autodiff;

import org.tacit.program.Node;

/** Finds a node's derivative rule. */
final class Rules {
  private Rules() {}

  static <R> R of(Node node, Class<R> rule) {
    if (!rule.isInstance(node.operation())) {
      throw new IllegalStateException(
          "No derivative: "
              + node.operation().name()
              + " is not "
              + rule.getSimpleName().toLowerCase(java.util.Locale.ROOT)
              + " (write its rule in the primitive's file)");
    }
    return rule.cast(node.operation());
  }
}
