package org.tacit.pass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.pass.PassPlan.Slot;
import org.tacit.program.Node;

/**
 * What an evaluation wants of one pass over a table: targets, with all that they are computed from.
 * No two are equal.
 */
final class PassWork {
  private final Targets targets;
  private final Map<Node, List<Matrix>> values;
  private final Map<Node, List<RowValues>> rows;
  private Optional<PassPlanner.Planned> planned = Optional.empty();

  /**
   * {@code values} is what the driver has computed for the targets, {@code rows} the row values
   * that they read: for each node one, or one an instance.
   */
  PassWork(Targets targets, Map<Node, List<Matrix>> values, Map<Node, List<RowValues>> rows) {
    this.targets = targets;
    this.values = values;
    this.rows = rows;
  }

  /** Sums of a program, or row values of it to be kept. */
  record Targets(Schedule schedule, List<Node> nodes, boolean isKept) {}

  List<Node> targets() {
    return targets.nodes();
  }

  private static int columns(List<RowValues> all) {
    return all.stream().mapToInt(RowValues::groups).sum();
  }

  /** How many instances run side by side. */
  int instances() {
    IntStream counts = values.values().stream().mapToInt(List::size);
    IntStream columns = rows.values().stream().mapToInt(PassWork::columns);
    return IntStream.concat(counts, columns).max().orElse(1);
  }

  /** On the one table that it is for. */
  private PassPlanner.Planned planned(Schema schema) {
    if (planned.isEmpty()) {
      planned = Optional.of(plan(schema));
    }
    return planned.get();
  }

  private PassPlanner.Planned plan(Schema schema) {
    Set<Node> differing = new HashSet<>();
    addThoseOfSeveral(values, List::size, differing);
    addThoseOfSeveral(rows, PassWork::columns, differing);
    return targets.schedule().plan(schema, targets.nodes(), targets.isKept(), differing);
  }

  private static <T> void addThoseOfSeveral(
      Map<Node, List<T>> all, ToIntFunction<List<T>> count, Set<Node> differing) {
    all.forEach(
        (node, each) -> {
          if (count.applyAsInt(each) > 1) {
            differing.add(node);
          }
        });
  }

  /** The task of it; row values are where {@code beside} puts them. */
  PassTask task(Schema schema, Beside beside) {
    PassPlanner.Planned planned = planned(schema);
    double[][] inputs =
        planned.inputs().stream()
            .map(input -> input.value(values).window().data())
            .toArray(double[][]::new);
    int[][] columns =
        planned.rowInputs().stream()
            .map(node -> beside.columns(rows.get(node)))
            .toArray(int[][]::new);
    return new PassTask(planned.plan(), inputs, columns, instances());
  }

  /** Of the replicated inputs. */
  long inputBytes() {
    return 8 * values.values().stream().flatMap(List::stream).mapToLong(Matrix::size).sum();
  }

  /** Of the replicated inputs and the sums. */
  long bytes(Schema schema) {
    return inputBytes() + 8 * planned(schema).plan().summed(instances());
  }

  /**
   * Equal where works can be joined to one: not where they keep row values, nor where one has
   * several instances of a value that they share and others do not, as a Hessian's columns share
   * their point: what follows from it would be computed for each.
   */
  Object likeness() {
    return targets.isKept() ? this : shared().isEmpty() ? targets : List.of(targets, shared());
  }

  /** What several instances have in common. */
  private Map<Node, Matrix> shared() {
    Map<Node, Matrix> one = new HashMap<>();
    if (instances() > 1) {
      values.forEach(
          (node, all) -> {
            if (all.size() == 1) {
              one.put(node, all.get(0));
            }
          });
    }
    return one;
  }

  /** All instances of works that are alike, side by side; what they share is theirs once. */
  static PassWork joined(List<PassWork> alike) {
    PassWork first = alike.get(0);
    Map<Node, List<Matrix>> values = new HashMap<>();
    first
        .values
        .keySet()
        .forEach(node -> values.put(node, joined(alike, w -> w.values.get(node), List::size)));
    Map<Node, List<RowValues>> rows = new HashMap<>();
    first
        .rows
        .keySet()
        .forEach(node -> rows.put(node, joined(alike, w -> w.rows.get(node), PassWork::columns)));
    return new PassWork(first.targets, values, rows);
  }

  private static <T> List<T> joined(
      List<PassWork> works, Function<PassWork, List<T>> of, ToIntFunction<List<T>> count) {
    List<T> first = of.apply(works.get(0));
    if (count.applyAsInt(first) == 1
        && works.stream().allMatch(work -> of.apply(work).equals(first))) {
      return first;
    }
    List<T> all = new ArrayList<>();
    for (PassWork work : works) {
      List<T> own = of.apply(work);
      all.addAll(
          count.applyAsInt(own) == 1 ? Collections.nCopies(work.instances(), own.get(0)) : own);
    }
    return all;
  }

  /** What each of the works that are joined to this one gets of its result. */
  List<PassResult> parts(Schema schema, List<PassWork> works, PassResult whole) {
    if (works.size() == 1) {
      return List.of(whole);
    }
    List<Slot> slots = planned(schema).plan().sums().toList();
    List<PassResult> parts = new ArrayList<>();
    int first = 0;
    for (PassWork work : works) {
      List<Slot> own = work.planned(schema).plan().sums().toList();
      double[][] sums = new double[slots.size()][];
      for (int s = 0; s < sums.length; s++) {
        int count = own.get(s).isGrouped() ? work.instances() : 1;
        sums[s] = columns(slots.get(s), whole.sums()[s], first, count);
      }
      parts.add(PassResult.of(sums, List.of()));
      first += work.instances();
    }
    return parts;
  }

  /**
   * Its instances in parts, as many in each as so many bytes hold, and one at least; it alone where
   * they all fit, where it keeps row values, and where it reads some that are of several instances.
   */
  List<PassWork> within(Schema schema, long mostBytes) {
    int count = instances();
    long each = Math.max(8, bytesOfOne(schema));
    long shared = bytes(schema) - count * each;
    long most = Math.max(1, Math.min(count, (mostBytes - shared) / each));
    if (most == count || targets.isKept() || !isApart()) {
      return List.of(this);
    }
    int parts = (int) ((count + most - 1) / most);
    return IntStream.range(0, parts)
        .mapToObj(
            k -> some((int) ((long) count * k / parts), (int) ((long) count * (k + 1) / parts)))
        .toList();
  }

  /** What an instance more takes. */
  private long bytesOfOne(Schema schema) {
    PassPlan plan = planned(schema).plan();
    long inputs =
        values.values().stream()
            .filter(all -> all.size() > 1)
            .mapToLong(all -> all.get(0).size())
            .sum();
    return 8 * (inputs + plan.summed(2) - plan.summed(1));
  }

  /** Whether row values are of one instance, or of all. */
  private boolean isApart() {
    return rows.values().stream().flatMap(List::stream).allMatch(one -> one.groups() == 1);
  }

  private PassWork some(int from, int to) {
    Map<Node, List<Matrix>> own = new HashMap<>();
    values.forEach((node, all) -> own.put(node, all.size() == 1 ? all : all.subList(from, to)));
    Map<Node, List<RowValues>> ownRows = new HashMap<>();
    rows.forEach((node, all) -> ownRows.put(node, all.size() == 1 ? all : all.subList(from, to)));
    return new PassWork(targets, own, ownRows);
  }

  /** Its result, of those of its {@link #within parts}. */
  PassResult whole(Schema schema, List<PassWork> parts, List<PassResult> results) {
    if (parts.size() == 1) {
      return results.get(0);
    }
    List<Slot> slots = planned(schema).plan().sums().toList();
    double[][] sums = new double[slots.size()][];
    for (int s = 0; s < sums.length; s++) {
      int at = s;
      sums[s] =
          slots.get(s).isGrouped()
              ? beside(slots.get(s), results.stream().map(part -> part.sums()[at]).toList())
              : results.get(0).sums()[s];
    }
    return PassResult.of(sums, List.of());
  }

  private static double[] beside(Slot sum, List<double[]> parts) {
    List<Matrix> columns =
        parts.stream()
            .map(part -> Matrix.adopting(sum.rows(), part.length / sum.rows(), part))
            .toList();
    return Matrix.beside(columns).toArray();
  }

  /** Those of some instances of a sum. */
  private double[] columns(Slot sum, double[] all, int first, int count) {
    return sum.isGrouped()
        ? Matrix.adopting(sum.rows(), sum.width(instances()), all)
            .columns(first * sum.width(), (first + count) * sum.width())
            .toArray()
        : all;
  }
}
