package org.tacit.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;

/** Holds the blocks of a partition against a schema while counting their rows and numbers. */
record BlockCheck(Schema schema) implements Serializable {
  /** The rows and the numbers of a partition. */
  long[] counts(int partition, Iterator<Block> blocks) {
    List<Schema.Field> fields = schema.fields();
    long[] counts = new long[2];
    while (blocks.hasNext()) {
      Block block = blocks.next();
      counts[0] += block.rows();
      counts[1] += block.numbers();
      for (int i = 0; i < fields.size(); i++) {
        require(fields.get(i), block.column(i), partition);
      }
    }
    return counts;
  }

  private static void require(Schema.Field field, Column column, int partition) {
    if (column.width() != field.width() || column.storage() != field.storage()) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid block in partition %s: column %s is %s %s (must be %s %s as the schema"
                  + " says)",
              partition,
              field.name(),
              column.width(),
              column.storage(),
              field.width(),
              field.storage()));
    }
  }
}
