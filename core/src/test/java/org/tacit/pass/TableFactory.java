package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;

/**
 * Makes tables of test data on one engine. A law that takes its tables from here holds on every
 * engine.
 */
@FunctionalInterface
public interface TableFactory {
  /**
   * The table of these rows, the schema's columns standing side by side in {@code rows}, cut into
   * so many partitions of nearly equal height (see {@link RowBlocks}), which may be empty.
   */
  Table of(Schema schema, Matrix rows, int partitions);

  /** The blocks of such a table by partition, of at most {@code blockRows} rows. */
  static List<List<Block>> blocks(Schema schema, Matrix rows, int partitions, int blockRows) {
    return RowBlocks.of(schema, rows, partitions, blockRows);
  }

  /** Tables in this JVM, in blocks of at most {@code blockRows} rows. */
  static TableFactory inProcess(int blockRows) {
    return (schema, rows, partitions) -> InProcessTable.of(schema, rows, partitions, blockRows);
  }
}
