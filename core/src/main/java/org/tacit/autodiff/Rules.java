package org.tacit.autodiff;

import org.tacit.program.Node;

/** Finds a node's derivative rule. */
final class Rules {
  private Rules() {}

  static <R> R of(Node node, Class<R> rule) {
    if (!rule.isInstance(node.operation())) {
      throw new IllegalStateException(
          "No derivative: %s is not %s (write its rule in the primitive's file)"
              .formatted(
                  node.operation().name(),
                  rule.getSimpleName().toLowerCase(java.util.Locale.ROOT)));
    }
    return rule.cast(node.operation());
  }
}
