package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/** A whole small table as numbers, by way of a pass: each row lands where its order says. */
public final class TableRows {
  private TableRows() {}

  /** The rows in order of {@code column}, whose values are 0, 1, 2, ... in some order. */
  public static Matrix by(String column, Table table) {
    Rows rows = new Rows("t", table.schema());
    List<Var> all = new ArrayList<>();
    table
        .schema()
        .fields()
        .forEach(
            field ->
                all.add(
                    field.storage() == Storage.KEY
                        ? Var.constant(count((int) table.rowCount() + 10))
                            .rows(rows.column(field.name()))
                        : field.storage() == Storage.CSR
                            ? rows.column(field.name())
                                .matmul(Var.constant(Matrix.identity(field.width())))
                            : rows.column(field.name())));
    Var together = Var.concatenate(Side.COLS, all);
    Var placed = together.sumByKey(rows.column(column), (int) table.rowCount());
    return Passes.over("t", table)
        .evaluate(Program.of("rows", placed.node()), Map.of())
        .get("rows");
  }

  /** The sum of each column, which needs no key. */
  public static Matrix sums(String column, Table table) {
    Var sum = new Rows("t", table.schema()).column(column).sumRows();
    return Passes.over("t", table).evaluate(Program.of("sum", sum.node()), Map.of()).get("sum");
  }

  /** The blocks of each partition of a table on Spark. */
  public static List<List<Block>> blocks(Table table) {
    return ((SparkTable) table).blocks().glom().collect();
  }

  private static Matrix count(int n) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = i;
    }
    return Matrix.column(numbers);
  }
}
