package org.tacit.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.PassPlan.Kind;
import org.tacit.pass.PassPlan.Slot;
import org.tacit.pass.PassPlan.Step;
import org.tacit.primitive.Signs;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Source;

/**
 * Writes the plan of one pass: from the sums (or the row outputs) back to columns and replicated
 * values, which are its inputs. Scratch buffers are shared between values that are never needed at
 * the same time.
 */
final class PassPlanner {
  private final Schema schema;
  private final Set<Node> grouped = new HashSet<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Step> last = new ArrayList<>();
  private final Map<Node, Integer> slotOf = new HashMap<>();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Node, List<Node>> given = new HashMap<>();
  private final List<Node> rowInputs = new ArrayList<>();
  private final Map<Node, Integer> lastUse = new HashMap<>();
  private final Map<Size, Deque<Integer>> freeBuffers = new HashMap<>();
  private int buffers;
  private int widest;
  private int widestGrouped;

  private PassPlanner(Schema schema) {
    this.schema = schema;
  }

  /** A plan with the replicated values and the row inputs that it is run with. */
  record Planned(PassPlan plan, List<Input> inputs, List<Node> rowInputs) {}

  /** One replicated value of a plan: that of a node, or those of several side by side. */
  record Input(List<Node> nodes) {
    /** With the instances of a node side by side; of several there is one instance each. */
    Matrix value(Map<Node, List<Matrix>> values) {
      return Matrix.beside(nodes.stream().flatMap(node -> values.get(node).stream()).toList());
    }
  }

  /**
   * The pass that computes these sums; {@code differing} are the inputs of which each instance has
   * its own.
   */
  static Planned ofSums(Schema schema, List<Node> sums, Set<Node> differing) {
    return new PassPlanner(schema).plan(cheaper(sums, differing), Kind.SUM, differing);
  }

  /** The pass that keeps these row-sharded nodes as row values. */
  static Planned ofRows(Schema schema, List<Node> outputs, Set<Node> differing) {
    List<Node> targets = new ArrayList<>();
    for (Node output : outputs) {
      Node target = output;
      while (!(target.operation() instanceof Kernel) || targets.contains(target)) {
        target = Node.of(new Copy(), List.of(target));
      }
      targets.add(target);
    }
    return new PassPlanner(schema).plan(targets, Kind.ROW_OUTPUT, differing);
  }

  /**
   * The same sums with the signs of products where they cost one instance's work, and products with
   * masks as one loop.
   */
  private static List<Node> cheaper(List<Node> sums, Set<Node> differing) {
    if (differing.isEmpty()) {
      return sums;
    }
    List<Node> ordered = rowLocal(sums, replicated(sums));
    Set<Node> wide = new HashSet<>(Program.dependents(ordered, differing));
    Map<Node, Node> moved = new HashMap<>();
    for (Node node : ordered) {
      List<Node> inputs =
          node.inputs().stream().map(input -> moved.getOrDefault(input, input)).toList();
      Node same = inputs.equals(node.inputs()) ? node : Node.of(node.operation(), inputs);
      if (wide.contains(node)) {
        wide.add(same);
        same = Signs.moved(same, wide::contains);
        wide.add(same);
        same = MaskedProduct.fused(same, wide::contains);
        wide.add(same);
      }
      moved.put(node, same);
    }
    List<Node> all = sums.stream().map(moved::get).toList();
    return new HashSet<>(all).size() == all.size() ? all : sums;
  }

  private Planned plan(List<Node> asked, Kind kind, Set<Node> differing) {
    Set<Node> replicated = replicated(asked);
    Set<Node> differ = Program.dependents(rowLocal(asked, replicated), differing);
    JoinedProducts joined = JoinedProducts.of(asked, replicated, differ);
    given.putAll(joined.given());
    List<Node> tiled = new ArrayList<>(joined.wholes());
    joined.targets().stream().filter(target -> !isPart(target, joined)).forEach(tiled::add);
    List<Node> ordered = rowLocal(tiled, given.keySet());
    grouped.addAll(Program.dependents(ordered, differing));
    for (Node target : joined.targets()) {
      add(target, kind, slots.size(), kind == Kind.SUM ? target.shape().rows().size() : 0);
    }
    for (Node whole : joined.wholes()) {
      add(whole, Kind.JOINED_SUM, slots.size(), whole.shape().rows().size());
    }
    for (int at = 0; at < ordered.size(); at++) {
      for (Node input : ordered.get(at).inputs()) {
        lastUse.put(input, at);
      }
    }
    for (int at = 0; at < ordered.size(); at++) {
      addStep(ordered.get(at), at);
    }
    for (Node part : joined.targets()) {
      if (isPart(part, joined)) {
        int[] whole = {slotOf.get(part.inputs().get(0))};
        last.add(new Step((Kernel) part.operation(), whole, slotOf.get(part), false, false));
      }
    }
    return new Planned(new PassPlan(slots, steps, last, widest, widestGrouped), inputs, rowInputs);
  }

  private static boolean isPart(Node target, JoinedProducts joined) {
    return !target.inputs().isEmpty() && joined.wholes().contains(target.inputs().get(0));
  }

  /** The primitives that run on tiles: the targets, and what is sharded behind them. */
  private static List<Node> rowLocal(List<Node> targets, Set<Node> replicated) {
    return Program.ancestors(targets, replicated).stream()
        .filter(node -> !replicated.contains(node) && node.operation() instanceof Kernel)
        .toList();
  }

  /** The replicated values that a pass for these targets reads. */
  static Set<Node> replicated(List<Node> targets) {
    Set<Node> all =
        Program.ancestors(targets).stream()
            .filter(node -> !node.shape().isSharded() && !targets.contains(node))
            .collect(Collectors.toSet());
    Set<Node> read = new HashSet<>(Program.ancestors(targets, all));
    read.retainAll(all);
    return read;
  }

  /** All values that a pass for these targets is given: row values, and what the driver has. */
  static Set<Node> reads(List<Node> targets) {
    Set<Node> replicated = replicated(targets);
    return Program.ancestors(targets, replicated).stream()
        .filter(node -> replicated.contains(node) || node.operation() instanceof Source.Input)
        .filter(node -> !(node.operation() instanceof Source.Constant))
        .collect(Collectors.toSet());
  }

  private void addStep(Node node, int at) {
    Kernel kernel = (Kernel) node.operation();
    int arity = node.inputs().size();
    int[] in = new int[arity];
    boolean[] isGrouped = new boolean[arity];
    List<Integer> scratch = new ArrayList<>();
    for (int i = 0; i < arity; i++) {
      Node input = node.inputs().get(i);
      isGrouped[i] = grouped.contains(input);
      in[i] = slot(input);
      if (slots.get(in[i]).kind() == Kind.COLUMN && !kernel.accepts(i, storageOf(input))) {
        in[i] = denseCopy(in[i], scratch);
      }
    }
    Integer out = slotOf.get(node);
    if (out == null) {
      out = addBuffer(node);
    }
    boolean isByInstance = grouped.contains(node) && !kernel.widens(node.inputShapes(), isGrouped);
    steps.add(new Step(kernel, in, out, isByInstance, isSum(slots.get(out).kind())));
    if (!isByInstance && kernel.joins() && isSparse(node.inputs().get(0))) {
      pad(in[1]);
      pad(out);
    }
    scratch.forEach(this::free);
    node.inputs().stream()
        .distinct()
        .filter(input -> lastUse.get(input) == at)
        .forEach(this::freeIfBuffer);
  }

  private boolean isSparse(Node node) {
    return node.operation() instanceof Source.Column && storageOf(node) == Storage.CSR;
  }

  private void pad(int at) {
    Slot slot = slots.get(at);
    if (slot.kind() == Kind.INPUT || isSum(slot.kind())) {
      slots.set(at, slot.padded());
    }
  }

  private static boolean isSum(Kind kind) {
    return kind == Kind.SUM || kind == Kind.JOINED_SUM;
  }

  private int slot(Node node) {
    Integer known = slotOf.get(node);
    if (known != null) {
      return known;
    }
    if (node.operation() instanceof Source.Column column) {
      return add(node, Kind.COLUMN, position(column), 0);
    }
    if (node.shape().isSharded()) {
      rowInputs.add(node);
      return add(node, Kind.ROWS, rowInputs.size() - 1, 0);
    }
    int rows = node.shape().rows().size();
    if (node.operation() instanceof Source.Constant constant) {
      slotOf.put(node, slots.size());
      int width = node.shape().width();
      slots.add(new Slot(Kind.CONSTANT, 0, rows, width, false, false, constant.value()));
      return slots.size() - 1;
    }
    inputs.add(new Input(given.get(node)));
    return add(node, Kind.INPUT, inputs.size() - 1, rows);
  }

  private int position(Source.Column column) {
    int position = schema.indexOf(column.column());
    int width = schema.fields().get(position).width();
    if (width != column.width()) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid column %s: %s wide in the table (must be %s wide, as the program reads"
                  + " it)",
              column.column(), width, column.width()));
    }
    return position;
  }

  private int add(Node node, Kind kind, int position, int rows) {
    boolean isSparse = kind == Kind.COLUMN && isSparse(node);
    boolean isGrouped = grouped.contains(node);
    Slot slot = new Slot(kind, position, rows, node.shape().width(), isGrouped, false, null);
    slotOf.put(node, slots.size());
    slots.add(slot);
    if (node.shape().isSharded() && !isSparse) {
      widen(slot);
    }
    return slots.size() - 1;
  }

  private void widen(Slot slot) {
    if (slot.isGrouped()) {
      widestGrouped = Math.max(widestGrouped, slot.width());
    } else {
      widest = Math.max(widest, slot.width());
    }
  }

  private int addBuffer(Node node) {
    int position = takeBuffer(new Size(node.shape().width(), grouped.contains(node)));
    return add(node, Kind.BUFFER, position, 0);
  }

  private int denseCopy(int column, List<Integer> scratch) {
    Slot from = slots.get(column);
    int position = takeBuffer(new Size(from.width(), false));
    Slot copy = new Slot(Kind.BUFFER, position, 0, from.width(), false, false, null);
    slots.add(copy);
    widen(copy);
    int at = slots.size() - 1;
    steps.add(new Step(new Copy(), new int[] {column}, at, false, false));
    scratch.add(at);
    return at;
  }

  /** What buffers must have in common to be one. */
  private record Size(int width, boolean isGrouped) {}

  private int takeBuffer(Size size) {
    Deque<Integer> free = freeBuffers.computeIfAbsent(size, w -> new ArrayDeque<>());
    return free.isEmpty() ? buffers++ : free.pop();
  }

  private void freeIfBuffer(Node node) {
    int slot = slotOf.get(node);
    if (slots.get(slot).kind() == Kind.BUFFER) {
      free(slot);
    }
  }

  private void free(int slot) {
    Slot buffer = slots.get(slot);
    freeBuffers.get(new Size(buffer.width(), buffer.isGrouped())).push(buffer.position());
  }

  private Storage storageOf(Node column) {
    return schema.field(((Source.Column) column.operation()).column()).storage();
  }
}
