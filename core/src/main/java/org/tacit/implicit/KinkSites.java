package org.tacit.implicit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.LocallyConstant;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The places of programs where a first derivative may jump: nodes of {@link Kinked} primitives that
 * switch with what moves. What a locally constant value is made of has no other influence than
 * through its pieces, and is no place.
 */
final class KinkSites {
  private static final int POWER = 16;
  private static final double LEAST = 1e-18;

  private KinkSites() {}

  /** Those of {@code values} where {@code moving} moves, in the order of their being reached. */
  static List<Node> in(Collection<Var> values, Collection<Var> moving) {
    List<Node> roots = values.stream().map(Var::node).toList();
    Set<Node> moved = moved(roots, moving);
    Set<Node> reached = new LinkedHashSet<>(roots);
    Deque<Node> left = new ArrayDeque<>(roots);
    Set<Node> sites = new LinkedHashSet<>();
    while (!left.isEmpty()) {
      Node node = left.pop();
      if (node.operation() instanceof Kinked kinked && kinked.switches(node, moved)) {
        sites.add(node);
      }
      boolean isConstant = !moved.contains(node);
      for (Node input : node.inputs()) {
        if (!(isConstant && moved.contains(input)) && reached.add(input)) {
          left.push(input);
        }
      }
    }
    return List.copyOf(sites);
  }

  /** Whether a solution inside {@code values} may stand on a kink, which cannot be seen. */
  static boolean areHidden(Collection<Var> values, Collection<Var> moving) {
    List<Node> roots = values.stream().map(Var::node).toList();
    Set<Node> moved = moved(roots, moving);
    return moved.stream()
        .anyMatch(node -> node.operation() instanceof Nested nested && nested.hasKinks());
  }

  /** Whether a condition's solution may stand on a kink. */
  static boolean areIn(Condition condition) {
    List<Var> values = List.of(condition.residual());
    List<Var> moving = List.of(condition.x(), condition.theta());
    return condition.kind().complementarity().isPresent()
        || !in(values, moving).isEmpty()
        || areHidden(values, moving);
  }

  /** Whether all kinks of a value are of one element of a point each. */
  static boolean isElementwise(Var value, Var point) {
    return in(List.of(value), List.of(point)).stream()
        .allMatch(site -> ((Kinked) site.operation()).isElementwise());
  }

  /** What moves by other than jumps. */
  private static Set<Node> moved(List<Node> roots, Collection<Var> moving) {
    Set<Node> moved = new HashSet<>();
    moving.forEach(value -> moved.add(value.node()));
    for (Node node : Program.ancestors(roots)) {
      if (!(node.operation() instanceof LocallyConstant)
          && node.inputs().stream().anyMatch(moved::contains)) {
        moved.add(node);
      }
    }
    return moved;
  }

  /**
   * How many elements of a site are within {@code part} of the size of what they compare, 1 x 1.
   */
  static Var standing(Node site, double part) {
    Var margins = Margin.of(site);
    return Margin.distances(margins).lessOrEqual(Margin.sizes(margins).times(part)).sum();
  }

  /**
   * The p-norm of a site's inverse distances, p = {@value #POWER}, to the power p, 1 x 1: a sum,
   * which passes can take, of which {@link #distance} is the smallest distance or a little less.
   */
  static Var nearness(Node site) {
    Var distances = Margin.distances(Margin.of(site));
    return distances.max(Var.constant(LEAST)).pow(-POWER).sum();
  }

  /** The smallest distance behind a nearness. */
  static double distance(double nearness) {
    return Math.pow(nearness, -1.0 / POWER);
  }
}
