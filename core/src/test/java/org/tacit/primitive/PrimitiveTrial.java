package org.tacit.primitive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * A catalogued case with values: each argument at a point x_i, which may move to x_i + step_i t_i,
 * with a second direction s_i, and weights v of the output's shape. Arguments by row are columns of
 * a table, or replicated like the rest; the numbers are the same.
 */
final class PrimitiveTrial {
  private static final String TABLE = "trial";

  private final PrimitiveCase line;
  private final int rows;
  private final boolean isSharded;
  private final Map<String, Matrix> replicated = new HashMap<>();
  private final List<Schema.Field> fields = new ArrayList<>();
  private final List<Matrix> columns = new ArrayList<>();
  private final Map<String, Var> values = new HashMap<>();

  /** The case with {@code rows} rows in every argument by row. */
  PrimitiveTrial(PrimitiveCase line, int rows, boolean isSharded) {
    this.line = line;
    this.rows = rows;
    this.isSharded = isSharded;
    Random random = new Random(31L * line.toString().hashCode() + rows);
    for (int i = 0; i < line.arguments().size(); i++) {
      Argument argument = line.arguments().get(i);
      bind("x" + i, argument.point(random, rows), argument.isByRow(), argument.storage());
      for (String direction : List.of("t", "s")) {
        Matrix value = argument.direction(random, rows);
        bind(direction + i, value, argument.isByRow(), Storage.DENSE);
      }
    }
    var shape = line.build().apply(all("x")).shape();
    int height = shape.isSharded() ? rows : shape.rows().size();
    Matrix weights = Domain.between(-1, 1).draw(random, height, shape.width());
    bind("v", weights, shape.isSharded(), Storage.DENSE);
    Matrix order = Formula.matrix(rows, 1, (i, j) -> i);
    bind("row", order, true, Storage.KEY);
  }

  private void bind(String name, Matrix value, boolean byRow, Storage storage) {
    if (isSharded && byRow) {
      fields.add(new Schema.Field(name, value.cols(), storage));
      columns.add(value);
      values.put(name, Var.column(TABLE, name, value.cols()));
    } else {
      replicated.put(name, value);
      values.put(name, Var.input(name, org.tacit.program.Shape.of(value.rows(), value.cols())));
    }
  }

  PrimitiveCase line() {
    return line;
  }

  /** The value bound as x, t or s with the argument's position, or as v. */
  Var value(String name) {
    return values.get(name);
  }

  /** That value for every argument. */
  List<Var> all(String name) {
    List<Var> result = new ArrayList<>();
    for (int i = 0; i < line.arguments().size(); i++) {
      result.add(values.get(name + i));
    }
    return result;
  }

  /** The arguments, those in {@code moving} a step along their direction. */
  List<Var> moved(List<Integer> moving) {
    List<Var> points = new ArrayList<>();
    for (int i = 0; i < line.arguments().size(); i++) {
      Var step = Var.input("step" + i, org.tacit.program.Shape.SCALAR);
      Var x = values.get("x" + i);
      points.add(moving.contains(i) ? x.plus(step.times(values.get("t" + i))) : x);
    }
    return points;
  }

  /** What {@link #replicated} or a column holds. */
  Matrix data(String name) {
    for (int k = 0; k < fields.size(); k++) {
      if (fields.get(k).name().equals(name)) {
        return columns.get(k);
      }
    }
    return replicated.get(name);
  }

  /** The inputs that bind the replicated values, with every step at {@code step}. */
  Map<String, Matrix> inputs(double step) {
    Map<String, Matrix> inputs = new HashMap<>(replicated);
    line.moving().forEach(i -> inputs.put("step" + i, Matrix.scalar(step)));
    return inputs;
  }

  /** The value on the driver, row by row when it is sharded. */
  Var gathered(Var y) {
    return y.shape().isSharded() ? y.sumByKey(values.get("row"), rows) : y;
  }

  /** A program of these outputs, gathered. */
  Program program(Map<String, Var> outputs) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    outputs.forEach((name, value) -> nodes.put(name, gathered(value).node()));
    return Program.of(nodes);
  }

  /** Passes over the case's table, which is to be closed; over nothing when all is replicated. */
  Passes passes(TableFactory tables, int partitions) {
    return columns.isEmpty()
        ? Passes.over(Map.of())
        : Passes.over(TABLE, tables.of(Schema.of(fields), Matrix.beside(columns), partitions));
  }

  /** Lets go of what {@link #passes} made. */
  void close(Passes passes) {
    if (!columns.isEmpty()) {
      passes.table(TABLE).close();
    }
  }
}
