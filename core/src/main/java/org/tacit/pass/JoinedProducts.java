package org.tacit.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Primitive;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * The targets of a pass, rewritten so that products with the same rows X are one:
 *
 * <pre>
 *   X v_1, ..., X v_K      the columns of  X [v_1 ... v_K]
 *   X' r_1, ..., X' r_K    the columns of  X' [r_1 ... r_K]
 * </pre>
 *
 * which read X once, not K times. None depends on another: the v_k are known before the pass, and
 * sums end it. So are all that {@link Kernel#joins} says it of, {@value #FEWEST} or more of one
 * kind and width, at most {@value #WIDEST}; fewer stay what they are, and so do those of which each
 * instance has its own, which are wide already. Being of one pass, this leaves when sums are taken,
 * and what is known of them, as it is.
 *
 * <p>Source: Jia, Padon, Thomas, Warszawski, Zaharia and Aiken, TASO, SOSP 2019, section 2, where
 * products that share a factor are one by the same concatenation and split.
 */
final class JoinedProducts {
  private static final int FEWEST = 3;

  /** Columns of a factor that reads X for many at once already. */
  private static final int WIDEST = 16;

  private final Map<Node, Node> rewritten = new HashMap<>();
  private final Map<Node, List<Node>> groups;
  private final List<Node> targets = new ArrayList<>();
  private final Set<Node> wholes = new LinkedHashSet<>();
  private final Map<Node, List<Node>> given = new HashMap<>();

  /** What products must have in common to be one. */
  private record Likeness(Primitive operation, Node first, int width, boolean isSum) {}

  /**
   * Of these targets; {@code given} are the replicated values that the pass has, {@code grouped}
   * the values of which each instance has its own.
   */
  static JoinedProducts of(List<Node> asked, Set<Node> given, Set<Node> grouped) {
    List<Node> ordered = Program.ancestors(asked, given);
    JoinedProducts joined =
        new JoinedProducts(asked, given, ordered, groups(ordered, given, grouped));
    return joined.isOneToOne() ? joined : new JoinedProducts(asked, given, ordered, Map.of());
  }

  private JoinedProducts(
      List<Node> asked, Set<Node> given, List<Node> ordered, Map<Node, List<Node>> groups) {
    given.forEach(node -> this.given.put(node, List.of(node)));
    this.groups = groups;
    ordered.stream()
        .filter(node -> !node.isRowReduction() || given.contains(node))
        .forEach(node -> rewritten.put(node, given.contains(node) ? node : rewritten(node)));
    ordered.stream()
        .filter(node -> !rewritten.containsKey(node))
        .forEach(sum -> rewritten.put(sum, rewritten(sum)));
    asked.forEach(target -> targets.add(rewritten.get(target)));
  }

  /** Whether each target is still one of its own: a product may be written both ways already. */
  private boolean isOneToOne() {
    Set<Node> all = new HashSet<>(wholes);
    return targets.stream().allMatch(all::add);
  }

  /** The products that are to be one, for each of them. */
  private static Map<Node, List<Node>> groups(
      List<Node> ordered, Set<Node> given, Set<Node> grouped) {
    Map<Likeness, List<Node>> alike = new LinkedHashMap<>();
    for (Node node : ordered) {
      if (!given.contains(node) && !grouped.contains(node)) {
        likeness(node, given)
            .ifPresent(like -> alike.computeIfAbsent(like, l -> new ArrayList<>()).add(node));
      }
    }
    Map<Node, List<Node>> groups = new HashMap<>();
    alike.values().stream()
        .filter(group -> group.size() >= FEWEST && isBounded(group))
        .forEach(group -> group.forEach(node -> groups.put(node, group)));
    return groups;
  }

  /** Whether the joined sum is an array. */
  private static boolean isBounded(List<Node> group) {
    Node node = group.get(0);
    return !node.isRowReduction()
        || (long) node.shape().size() * group.size() <= Integer.MAX_VALUE / 2;
  }

  /** Of a sum, or a product with what is given; a constant is not, as plans hold it. */
  private static Optional<Likeness> likeness(Node node, Set<Node> given) {
    if (!(node.operation() instanceof Kernel kernel && kernel.joins())) {
      return Optional.empty();
    }
    Node second = node.inputs().get(1);
    boolean isSum = node.isRowReduction() && second.shape().isSharded();
    boolean isGiven = given.contains(second) && !(second.operation() instanceof Source.Constant);
    return (isSum || isGiven) && second.shape().width() <= WIDEST
        ? Optional.of(
            new Likeness(node.operation(), node.inputs().get(0), second.shape().width(), isSum))
        : Optional.empty();
  }

  private Node rewritten(Node node) {
    List<Node> group = groups.get(node);
    if (group == null) {
      return node.inputs().isEmpty()
          ? node
          : Node.of(node.operation(), node.inputs().stream().map(this::now).toList());
    }
    Node whole = whole(group);
    if (node.isRowReduction()) {
      wholes.add(whole);
    }
    int at = group.indexOf(node);
    int width = node.shape().width();
    return Var.of(whole).slice(Side.COLS, at * width, (at + 1) * width).node();
  }

  /** f(X, [Y_1 ... Y_K]). */
  private Node whole(List<Node> group) {
    List<Var> seconds = group.stream().map(node -> Var.of(now(node.inputs().get(1)))).toList();
    Node beside = Var.concatenate(Side.COLS, seconds).node();
    if (!beside.shape().isSharded()) {
      given.put(beside, seconds.stream().map(Var::node).toList());
    }
    Node first = group.get(0);
    return Node.of(first.operation(), List.of(now(first.inputs().get(0)), beside));
  }

  /** What has become of a value; what is given stays. */
  private Node now(Node node) {
    return rewritten.getOrDefault(node, node);
  }

  /** What stands for each of the targets, in their order; parts of joined sums are slices. */
  List<Node> targets() {
    return targets;
  }

  /** The replicated values that the pass has now: those given, some of them side by side. */
  Map<Node, List<Node>> given() {
    return given;
  }

  /** The joined sums. */
  Set<Node> wholes() {
    return wholes;
  }
}
