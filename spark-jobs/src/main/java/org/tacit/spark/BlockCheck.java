package org.tacit.spark;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;

/** Holds the blocks of a partition against a schema while counting their rows. */
final class BlockCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Schema schema;

  private BlockCheck(Schema schema) {
    this.schema = schema;
  }

  static BlockCheck of(Schema schema) {
    return new BlockCheck(schema);
  }

  Iterator<Long> rows(int partition, Iterator<Block> blocks) {
    List<Schema.Field> fields = schema.fields();
    long rows = 0;
    while (blocks.hasNext()) {
      Block block = blocks.next();
      rows += block.rows();
      for (int i = 0; i < fields.size(); i++) {
        require(fields.get(i), block.column(i), partition);
      }
    }
    return Collections.singletonList(rows).iterator();
  }

  private static void require(Schema.Field field, Column column, int partition) {
    if (column.width() != field.width() || column.storage() != field.storage()) {
      throw new IllegalArgumentException(
          "Invalid block in partition "
              + partition
              + ": column "
              + field.name()
              + " is "
              + column.width()
              + " "
              + column.storage()
              + " (must be "
              + field.width()
              + " "
              + field.storage()
              + " as the schema says)");
    }
  }
}
