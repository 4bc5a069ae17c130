package org.tacit.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * Evaluates programs on bound tables, and counts what that takes.
 *
 * <p>A program costs one pass for each table and each depth of sums in it: value and gradient of an
 * objective are one pass, and so are any number of instances of one program, whose products with
 * the data become one wide product. A value needs a pass only when it depends on rows.
 */
public final class Passes {
  private final Bound bound;
  private final PassLedger ledger;
  private final Memory memory;
  private final Stage stage;
  private final Office office;
  private final Optional<LastSums> lastSums;

  private Passes(Bound bound, PassLedger ledger, Memory memory, Stage stage, Office office) {
    this(bound, ledger, memory, stage, office, Optional.empty());
  }

  private Passes(
      Bound bound,
      PassLedger ledger,
      Memory memory,
      Stage stage,
      Office office,
      Optional<LastSums> lastSums) {
    this.bound = bound;
    this.ledger = ledger;
    this.memory = memory;
    this.stage = stage;
    this.office = office;
    this.lastSums = lastSums;
  }

  /** Who runs passes, and who is told of them. */
  private record Office(Desk desk, List<Journal> journals) {
    static final Office DIRECT = new Office(Desk.DIRECT, List.of());
  }

  /** What names stand for: tables, row values beside them, and primitives whose value is held. */
  private record Bound(
      Map<String, Table> tables,
      Map<String, RowValues> rowValues,
      Map<String, Matrix> values,
      Map<PassPrimitive, Matrix> held) {
    Bound withTable(String name, Table table) {
      return new Bound(with(tables, name, table), rowValues, values, held);
    }

    Bound withRows(String name, RowValues rows) {
      return new Bound(tables, with(rowValues, name, rows), values, held);
    }

    Bound withValue(String name, Matrix value) {
      return new Bound(tables, rowValues, with(values, name, value), held);
    }

    Bound holding(PassPrimitive primitive, Matrix value) {
      return new Bound(tables, rowValues, values, with(held, primitive, value));
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
      Map<K, V> all = new LinkedHashMap<>(map);
      all.put(key, value);
      return all;
    }
  }

  /** Passes over these tables, bound to the names that programs call them by. */
  public static Passes over(Map<String, Table> tables) {
    Bound bound = new Bound(new LinkedHashMap<>(tables), Map.of(), Map.of(), Map.of());
    return new Passes(bound, new PassLedger(), new Memory(), Stage.first(), Office.DIRECT);
  }

  /** Passes over one table. */
  public static Passes over(String name, Table table) {
    return over(Map.of(name, table));
  }

  /** Without tables, for programs that read none: all their work is the driver's. */
  public static Passes none() {
    return over(Map.of());
  }

  /** The same tables, with passes counted under (and described to Spark as) {@code newPhase}. */
  public Passes in(String newPhase) {
    return new Passes(bound, ledger, memory, stage.in(newPhase), office, lastSums);
  }

  /** The same passes, described to Spark as belonging to a part of the work, such as "outer 3". */
  public Passes within(String part) {
    return new Passes(bound, ledger, memory, stage.within(part), office, lastSums);
  }

  /** The same passes with one more table, or another under a name. */
  public Passes with(String name, Table table) {
    return with(bound.withTable(name, table));
  }

  /** The same passes in which the input of this name is these row values, until they are closed. */
  public Passes with(String name, RowValues values) {
    return with(bound.withRows(name, values));
  }

  /** The same passes in which the input of this name is this value, where programs bind none. */
  public Passes with(String name, Matrix value) {
    return with(bound.withValue(name, value));
  }

  /** The same passes in which a primitive has this value, whatever its inputs. */
  public Passes holding(PassPrimitive primitive, Matrix value) {
    return with(bound.holding(primitive, value));
  }

  private Passes with(Bound other) {
    return new Passes(other, ledger, memory, stage, office, lastSums);
  }

  Optional<Matrix> value(String name) {
    return Optional.ofNullable(bound.values.get(name));
  }

  Optional<Matrix> held(PassPrimitive primitive) {
    return Optional.ofNullable(bound.held.get(primitive));
  }

  /** The row values bound to this name. */
  public Optional<RowValues> rowValues(String name) {
    return Optional.ofNullable(bound.rowValues.get(name));
  }

  /**
   * Passes over batches of the rows ({@link Table#batches}), counted together with these. These
   * passes alone where one batch is wanted, where several tables are bound, whose rows may belong
   * together, and where none is.
   */
  public List<Passes> batches(int count, long seed) {
    if (count == 1 || bound.tables.size() != 1) {
      return List.of(this);
    }
    String name = bound.tables.keySet().iterator().next();
    List<Table> batches = office.desk.apart(() -> table(name).batches(count, seed));
    return batches.stream().map(batch -> with(name, batch)).toList();
  }

  public PassLedger ledger() {
    return ledger;
  }

  /** The rows of all tables together. */
  public long rows() {
    return bound.tables.values().stream().mapToLong(Table::rowCount).sum();
  }

  /** The table bound to this name. */
  public Table table(String name) {
    Table table = bound.tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException(
          "Unknown table: " + name + " (must be one of " + bound.tables.keySet() + ")");
    }
    return table;
  }

  /**
   * The rows of a table on the driver, where it can bring them: one pass, the first time; none of a
   * table that is there already.
   */
  public Optional<InProcessTable> onDriver(String tableName) {
    Table table = table(tableName);
    Optional<InProcessTable> known = memory.onDriver(table);
    if (known.isPresent()) {
      return known;
    }
    long start = System.nanoTime();
    Optional<InProcessTable> rows = office.desk.apart(() -> memory.bring(table));
    rows.filter(found -> found != table).ifPresent(found -> brought(tableName, start));
    return rows;
  }

  /**
   * The same passes over a table's {@code rows} on the driver, with the row values beside it that
   * programs call by {@code names}, of width 1: one pass for each of these, the first time.
   */
  public Passes onDriver(String tableName, InProcessTable rows, Set<String> names) {
    Passes here = with(tableName, rows);
    for (String name : names) {
      RowValues values = bound.rowValues.get(name);
      Optional<RowValues> there =
          rows.holds(values) ? Optional.of(values) : memory.onDriver(values);
      here = here.with(name, there.orElseGet(() -> bring(tableName, rows, values)));
    }
    return here;
  }

  private RowValues bring(String tableName, InProcessTable rows, RowValues values) {
    long start = System.nanoTime();
    RowValues there = rows.hold(office.desk.apart(() -> table(tableName).values(values)));
    memory.keep(values, there);
    brought(tableName, start);
    return there;
  }

  private void brought(String tableName, long start) {
    PassRequest bring = request(tableName, List.of());
    tell(journal -> journal.passBegan(bring.told()));
    ended(bring, start);
  }

  /** The same for work that is the driver's alone, which counts no passes and waits for nobody. */
  public Passes uncounted() {
    return new Passes(bound, new PassLedger(), memory, stage, Office.DIRECT);
  }

  /** The same with a ledger of its own: what it counts is counted here, too. */
  public Passes counted() {
    return new Passes(bound, new PassLedger(ledger), memory, stage, office, lastSums);
  }

  /**
   * The same tables for a solve that asks another desk for its passes: it counts and remembers for
   * itself; journals are told of its steps, and of passes by the desk.
   */
  Passes at(Desk desk) {
    List<Journal> ofSteps = office.journals.stream().<Journal>map(Steps::new).toList();
    Office other = new Office(desk, ofSteps);
    return new Passes(bound, new PassLedger(), memory.child(), stage.within(stage.part()), other);
  }

  /** Stands for the work that they belong to: of solves that share passes each is one. */
  public Object work() {
    return memory;
  }

  /** What such a solve remembers is remembered here from now on. */
  void learn(Passes solve) {
    memory.learn(solve.memory);
  }

  Desk desk() {
    return office.desk;
  }

  /** Not of passes. */
  private record Steps(Journal all) implements Journal {
    @Override
    public void stageBegan(String stage, int solves) {
      all.stageBegan(stage, solves);
    }

    @Override
    public void solveStepped(Step step) {
      all.solveStepped(step);
    }

    @Override
    public void outerStepped(Step step, double tolerance) {
      all.outerStepped(step, tolerance);
    }
  }

  /** The same, of which this journal is told, after those that are told already. */
  public Passes telling(Journal journal) {
    List<Journal> all = Stream.concat(office.journals.stream(), Stream.of(journal)).toList();
    return new Passes(bound, ledger, memory, stage, new Office(office.desk, all), lastSums);
  }

  /**
   * The same for work about one point: a sum over rows that it asks for again, from the same inputs
   * as the last time, is not taken again. So derivatives at a solution begin with what the solve
   * saw there. It holds for each sum no more numbers than the sum and its inputs have.
   */
  public Passes recalling() {
    return new Passes(bound, ledger, memory, stage, office, Optional.of(new LastSums()));
  }

  Optional<LastSums> lastSums() {
    return lastSums;
  }

  /** Tells the journals. */
  public void tell(Consumer<Journal> event) {
    office.journals.forEach(event);
  }

  /** The outputs of a program, by name. */
  public Map<String, Matrix> evaluate(Program program, Map<String, Matrix> inputs) {
    return evaluate(program, List.of(inputs)).get(0);
  }

  /** The outputs of a program for several instances of its inputs, in the passes of one. */
  public List<Map<String, Matrix>> evaluate(Program program, List<Map<String, Matrix>> instances) {
    if (instances.isEmpty()) {
      return List.of();
    }
    program.outputs().forEach((name, node) -> requireReplicated(name, node));
    Evaluation evaluation = new Evaluation(this, Schedule.of(program), instances);
    evaluation.run();
    List<Map<String, Matrix>> results = new ArrayList<>();
    for (int k = 0; k < instances.size(); k++) {
      Map<String, Matrix> outputs = new LinkedHashMap<>();
      for (String name : program.outputNames()) {
        outputs.put(name, evaluation.value(program.output(name), k));
      }
      results.add(outputs);
    }
    return results;
  }

  /**
   * The outputs of a program for one column of each of {@code columns} after another, bound to the
   * names there beside what is {@code shared}: each output's values side by side. In the passes of
   * one evaluation.
   */
  public Map<String, Matrix> columns(
      Program program, Map<String, Matrix> shared, Map<String, Matrix> columns) {
    int count = columns.values().iterator().next().cols();
    List<Map<String, Matrix>> instances = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Map<String, Matrix> inputs = new HashMap<>(shared);
      for (var column : columns.entrySet()) {
        inputs.put(column.getKey(), count == 1 ? column.getValue() : column.getValue().columnAt(k));
      }
      instances.add(inputs);
    }
    List<Map<String, Matrix>> values = evaluate(program, instances);
    Map<String, Matrix> outputs = new LinkedHashMap<>();
    for (String name : program.outputNames()) {
      outputs.put(name, Matrix.beside(values.stream().map(each -> each.get(name)).toList()));
    }
    return outputs;
  }

  private static void requireReplicated(String name, Node node) {
    if (node.shape().isSharded()) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid output %s: %s (must be replicated; sum over its rows, or keep it as row"
                  + " values)",
              name, node.shape()));
    }
  }

  /**
   * The outputs of a program, all sharded by the rows of one table, as row values held beside it
   * until they are closed. One pass after those for the sums that they depend on.
   */
  public Map<String, RowValues> keep(Program program, Map<String, Matrix> inputs) {
    return keep(program, List.of(inputs));
  }

  /** The same for several instances: outputs that differ have a group of columns for each. */
  public Map<String, RowValues> keep(Program program, List<Map<String, Matrix>> instances) {
    String table = tableOf(program);
    Evaluation evaluation = new Evaluation(this, Schedule.of(program), instances);
    evaluation.run();
    List<RowValues> kept = evaluation.keep(table, List.copyOf(program.outputs().values()));
    Map<String, RowValues> byName = new LinkedHashMap<>();
    program.outputNames().forEach(name -> byName.put(name, kept.get(byName.size())));
    return byName;
  }

  /** The table whose rows shard all outputs. */
  private static String tableOf(Program program) {
    String table =
        program.outputs().values().stream()
            .map(Node::shape)
            .filter(Shape::isSharded)
            .findFirst()
            .map(Shape::table)
            .orElse("a table");
    program
        .outputs()
        .forEach(
            (name, node) -> {
              if (!node.shape().isSharded() || !node.shape().table().equals(table)) {
                throw new IllegalArgumentException(
                    "Invalid output %s: %s (must be sharded by the rows of %s)"
                        .formatted(name, node.shape(), table));
              }
            });
    return table;
  }

  /** The sum of a column over all rows, taken once a table. */
  Matrix total(Node node, Source.ColumnTotal total) {
    Map<Node, Matrix> known = known(table(total.table()));
    Matrix value = known.get(node);
    if (value == null) {
      int width = table(total.table()).schema().field(total.column()).width();
      Var sum = Var.column(total.table(), total.column(), width).sum();
      value = in("totals").evaluate(Program.of("total", sum.node()), Map.of()).get("total");
      known.put(node, value);
    }
    return value;
  }

  /** The sums that are known of a table, for as long as somebody has their nodes. */
  Map<Node, Matrix> known(Table table) {
    return memory.known(table);
  }

  /** What one pass over a table gives, which is numbers; counted unless it fails. */
  List<PassResult> run(String name, List<PassWork> works) {
    return run(request(name, works), this::requireNumbers);
  }

  /** The same for others, who look for NaN themselves. */
  List<PassResult> runAsIs(PassRequest request) {
    return run(request, (same, results) -> {});
  }

  private List<PassResult> run(
      PassRequest request, BiConsumer<PassRequest, List<PassResult>> check) {
    tell(journal -> journal.passBegan(request.told()));
    long start = System.nanoTime();
    List<PassResult> results = office.desk.run(request);
    check.accept(request, results);
    ended(request, start);
    return results;
  }

  private PassRequest request(String name, List<PassWork> works) {
    return new PassRequest(name, table(name), works, stage.phase(), stage.next());
  }

  private void ended(PassRequest request, long start) {
    double seconds = (System.nanoTime() - start) * 1e-9;
    ledger.record(request.phase(), seconds, request.table().rowCount());
    tell(journal -> journal.passEnded(request.told(), seconds));
  }

  private void requireNumbers(PassRequest request, List<PassResult> results) {
    for (int at = 0; at < results.size(); at++) {
      if (results.get(at).hasNaN()) {
        PassResult.close(results);
        NotANumberException met = results.get(at).met(request.works().get(at).targets());
        throw office
            .desk
            .apart(() -> request.over(request.table()::firstNaN))
            .orElse(met)
            .in(request.name());
      }
    }
  }
}
