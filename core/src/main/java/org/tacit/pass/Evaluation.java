package org.tacit.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Source;

/**
 * One evaluation of a schedule for several instances at once: driver work instance by instance,
 * passes for all together.
 */
final class Evaluation {
  private final Passes passes;
  private final Schedule schedule;
  private final List<Map<String, Matrix>> instances;
  private final Set<String> groupedNames;
  private final Set<Node> grouped;
  private final Map<Node, List<Matrix>> values = new HashMap<>();

  Evaluation(Passes passes, Schedule schedule, List<Map<String, Matrix>> instances) {
    this.passes = passes;
    this.schedule = schedule;
    this.instances = instances;
    this.groupedNames = differing(instances);
    schedule.rowInputs().stream()
        .filter(input -> rowValues(input).groups() > 1)
        .forEach(input -> groupedNames.add(input.operation().name()));
    this.grouped = schedule.grouped(groupedNames);
  }

  /**
   * Inputs are shared when they are the same object; comparing elements would cost more than it
   * saves.
   */
  @SuppressWarnings("ReferenceEquality")
  private static Set<String> differing(List<Map<String, Matrix>> instances) {
    Set<String> names = new HashSet<>();
    Map<String, Matrix> first = instances.get(0);
    for (Map<String, Matrix> instance : instances) {
      first.forEach(
          (name, value) -> {
            if (instance.get(name) != value) {
              names.add(name);
            }
          });
    }
    return names;
  }

  void run() {
    for (int at = 0; at < schedule.steps().size(); at++) {
      if (schedule.steps().get(at) instanceof Schedule.Pass pass) {
        runPass(pass);
      } else {
        var step = (Schedule.OnDriver) schedule.steps().get(at);
        values.put(step.node(), driverValues(step.node(), step.way()));
      }
      values.keySet().removeAll(schedule.lastUsed(at));
    }
  }

  /** The value of an output for instance {@code k}. */
  Matrix value(Node node, int k) {
    List<Matrix> all = values.get(node);
    return all.get(all.size() == 1 ? 0 : k);
  }

  private int copies(Node node) {
    return grouped.contains(node) ? instances.size() : 1;
  }

  private List<Matrix> driverValues(Node node, Node way) {
    int copies = copies(node);
    if (node.operation() instanceof Source source) {
      return sourceValues(node, source, copies);
    }
    Optional<Matrix> held =
        node.operation() instanceof PassPrimitive solver ? passes.held(solver) : Optional.empty();
    if (held.isPresent()) {
      return Collections.nCopies(copies, held.get());
    }
    List<List<Matrix>> arguments = new ArrayList<>();
    for (int k = 0; k < copies; k++) {
      int instance = k;
      arguments.add(way.inputs().stream().map(input -> value(input, instance)).toList());
    }
    List<Matrix> results =
        node.operation() instanceof PassPrimitive solver
            ? solver.evaluate(passes, arguments)
            : arguments.stream().map(inputs -> computed(way, inputs)).toList();
    if (!isCopyOfNumbers(way) && results.stream().anyMatch(Matrix::hasNaN)) {
      throw new NotANumberException(node.operation().name());
    }
    return results;
  }

  /** Of values that were searched for NaN when they were computed, or given. */
  private static boolean isCopyOfNumbers(Node way) {
    return way.operation() instanceof Kernel kernel
        && kernel.copies()
        && way.inputs().stream()
            .map(Node::operation)
            .allMatch(from -> from instanceof Kernel || from instanceof Source.Input);
  }

  private static Matrix computed(Node node, List<Matrix> inputs) {
    Dense out = Dense.zeros(node.shape().rows().size(), node.shape().cols().size());
    Operand[] windows = inputs.stream().map(Matrix::window).toArray(Operand[]::new);
    ((Kernel) node.operation()).evaluate(windows, out);
    return Matrix.adopting(out.rows(), out.cols(), out.data());
  }

  private List<Matrix> sourceValues(Node node, Source source, int copies) {
    if (source instanceof Source.Constant constant) {
      return List.of(constant.value());
    } else if (source instanceof Source.RowCount count) {
      return List.of(Matrix.scalar((double) passes.table(count.table()).rowCount()));
    } else if (source instanceof Source.ColumnTotal total) {
      return List.of(passes.total(node, total));
    }
    Source.Input input = (Source.Input) source;
    List<Matrix> bound = new ArrayList<>();
    for (int k = 0; k < copies; k++) {
      Matrix own = instances.get(k).get(input.name());
      bound.add(checked(input, own == null ? passes.value(input.name()).orElse(own) : own));
    }
    return bound;
  }

  private static IllegalArgumentException missing(Source.Input input) {
    String due =
        input.shape().isSharded()
            ? input.shape() + " row values"
            : "a " + input.shape() + " matrix";
    return new IllegalArgumentException(
        "Missing input: " + input.name() + " (must be bound to " + due + ")");
  }

  private static IllegalArgumentException invalid(Source.Input input, String is, String due) {
    return new IllegalArgumentException(
        "Invalid input " + input.name() + ": " + is + " (must be " + due + ")");
  }

  private static Matrix checked(Source.Input input, Matrix value) {
    if (value == null) {
      throw missing(input);
    }
    if (value.rows() != input.shape().rows().size()
        || value.cols() != input.shape().cols().size()) {
      throw invalid(input, value.rows() + " x " + value.cols(), input.shape().toString());
    }
    if (value.hasNaN()) {
      throw invalid(input, "it holds NaN", "numbers");
    }
    return value;
  }

  /** Sums that are known of the table, or recalled, are not taken again. */
  private void runPass(Schedule.Pass pass) {
    Table table = passes.table(pass.table());
    Map<Node, Matrix> known = passes.known(table);
    List<Node> missing = new ArrayList<>();
    for (Node sum : pass.ofData()) {
      Optional.ofNullable(known.get(sum))
          .ifPresentOrElse(value -> values.put(sum, List.of(value)), () -> missing.add(sum));
    }
    Map<Node, LastSums.Inputs> recallable = recallable(table, pass.others());
    List<Node> others = pass.others().stream().filter(sum -> !recall(sum, recallable)).toList();
    List<PassWork> works =
        Stream.of(missing, others)
            .filter(sums -> !sums.isEmpty())
            .map(sums -> work(sums, false))
            .toList();
    if (!works.isEmpty()) {
      Iterator<PassResult> results = passes.run(pass.table(), works).iterator();
      works.forEach(work -> take(work.targets(), results.next().sums()));
      missing.forEach(sum -> known.put(sum, value(sum, 0)));
    }
    passes
        .lastSums()
        .ifPresent(last -> recallable.forEach((sum, from) -> last.put(sum, from, value(sum, 0))));
  }

  /** What the sums are computed from that are the same for all instances, where it may matter. */
  private Map<Node, LastSums.Inputs> recallable(Table table, List<Node> sums) {
    Map<Node, LastSums.Inputs> inputs = new HashMap<>();
    if (passes.lastSums().isPresent()) {
      sums.stream()
          .filter(sum -> !grouped.contains(sum))
          .forEach(sum -> inputs.put(sum, inputs(table, sum)));
    }
    return inputs;
  }

  private LastSums.Inputs inputs(Table table, Node sum) {
    Map<Node, Matrix> replicated = new HashMap<>();
    Map<Node, RowValues> rows = new HashMap<>();
    for (Node node : schedule.reads(List.of(sum))) {
      if (node.shape().isSharded()) {
        rows.put(node, rowValues(node));
      } else {
        replicated.put(node, value(node, 0));
      }
    }
    return new LastSums.Inputs(table, replicated, rows);
  }

  private boolean recall(Node sum, Map<Node, LastSums.Inputs> recallable) {
    Optional<Matrix> recalled =
        Optional.ofNullable(recallable.get(sum))
            .flatMap(from -> passes.lastSums().orElseThrow().of(sum, from));
    recalled.ifPresent(value -> values.put(sum, List.of(value)));
    return recalled.isPresent();
  }

  /** The program's outputs, all sharded by the rows of this table, as row values. One pass. */
  List<RowValues> keep(String tableName, List<Node> outputs) {
    return passes.run(tableName, List.of(work(outputs, true))).get(0).made();
  }

  private PassWork work(List<Node> targets, boolean isKept) {
    Map<Node, List<Matrix>> replicated = new HashMap<>();
    Map<Node, List<RowValues>> rows = new HashMap<>();
    for (Node node : schedule.reads(targets)) {
      if (node.shape().isSharded()) {
        rows.put(node, List.of(rowValues(node)));
      } else {
        replicated.put(node, values.get(node));
      }
    }
    return new PassWork(new PassWork.Targets(schedule, targets, isKept), replicated, rows);
  }

  private RowValues rowValues(Node input) {
    Source.Input source = (Source.Input) input.operation();
    RowValues bound = passes.rowValues(source.name()).orElseThrow(() -> missing(source));
    String table = source.shape().table();
    if (!passes.table(table).holds(bound)) {
      throw invalid(
          source, "row values of another table or partitioning, or closed", "of " + table);
    }
    if (bound.width() != source.shape().width()) {
      throw invalid(source, "row values " + bound.width() + " wide", source.shape().toString());
    }
    if (bound.groups() > 1 && bound.groups() != instances.size()) {
      throw invalid(
          source,
          "row values of " + bound.groups() + " instances",
          "of one, or of the " + instances.size() + " evaluated");
    }
    return bound;
  }

  private void take(List<Node> sums, double[][] results) {
    for (int s = 0; s < results.length; s++) {
      values.put(sums.get(s), unpacked(sums.get(s), results[s]));
    }
  }

  private List<Matrix> unpacked(Node sum, double[] result) {
    int rows = sum.shape().rows().size();
    int width = sum.shape().width();
    int copies = copies(sum);
    Matrix all = Matrix.adopting(rows, width * copies, result);
    if (copies == 1) {
      return List.of(all);
    }
    List<Matrix> parts = new ArrayList<>();
    for (int k = 0; k < copies; k++) {
      parts.add(all.columns(k * width, (k + 1) * width));
    }
    return parts;
  }
}
