package org.tacit.operator;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.autodiff.Substitution;
import org.tacit.primitive.Form;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * Gathers fixed elementwise factors of a varying value: a (b v) becomes (a b) v, -(b v) becomes
 * (-b) v, and a v + b v becomes (a + b) v, where v varies and a, b do not.
 */
final class Factors {
  /** A value as a fixed factor times a varying rest. */
  private record Product(Optional<Var> factor, Var rest) {
    Var value() {
      return factor.map(f -> f.times(rest)).orElse(rest);
    }
  }

  private Factors() {}

  static List<Var> gathered(List<Var> outputs, Collection<Node> varyingLeaves) {
    List<Node> ordered = Program.ancestors(outputs.stream().map(Var::node).toList());
    Set<Node> varying = Program.dependents(ordered, varyingLeaves);
    Map<Node, Product> products = new HashMap<>();
    for (Node node : ordered) {
      if (varying.contains(node)) {
        products.put(node, product(node, products));
      }
    }
    return outputs.stream().map(y -> value(y.node(), products)).toList();
  }

  private static Product product(Node node, Map<Node, Product> products) {
    if (node.inputs().isEmpty()) {
      return new Product(Optional.empty(), Var.of(node));
    }
    Var value = Var.of(node);
    if (!Form.product(value).isEmpty()) {
      return times(node, products);
    } else if (!Form.negation(value).isEmpty()) {
      return negated(node, products);
    }
    return Form.sum(value).isEmpty()
        ? new Product(Optional.empty(), rebuilt(node, products))
        : plus(node, products);
  }

  private static Product times(Node node, Map<Node, Product> products) {
    Product left = products.get(node.inputs().get(0));
    Product right = products.get(node.inputs().get(1));
    if (left != null && right != null) {
      return new Product(Optional.empty(), rebuilt(node, products));
    }
    Var fixed = Var.of(node.inputs().get(left == null ? 0 : 1));
    Product varying = left == null ? right : left;
    Var factor = varying.factor.map(fixed::times).orElse(fixed);
    return new Product(Optional.of(factor), varying.rest);
  }

  private static Product negated(Node node, Map<Node, Product> products) {
    Product x = products.get(node.inputs().get(0));
    return x.factor.isPresent()
        ? new Product(x.factor.map(Var::negate), x.rest)
        : new Product(Optional.empty(), x.rest.negate());
  }

  private static Product plus(Node node, Map<Node, Product> products) {
    Product left = products.get(node.inputs().get(0));
    Product right = products.get(node.inputs().get(1));
    boolean sameRest = left != null && right != null && left.rest.equals(right.rest);
    if (sameRest && left.factor.isPresent() && right.factor.isPresent()) {
      return new Product(Optional.of(left.factor.get().plus(right.factor.get())), left.rest);
    }
    return new Product(Optional.empty(), rebuilt(node, products));
  }

  private static Var rebuilt(Node node, Map<Node, Product> products) {
    List<Var> inputs = node.inputs().stream().map(input -> value(input, products)).toList();
    return Substitution.rebuilt(node, inputs);
  }

  private static Var value(Node node, Map<Node, Product> products) {
    Product product = products.get(node);
    return product == null ? Var.of(node) : product.value();
  }
}
