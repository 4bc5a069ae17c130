package org.tacit.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;

/** The rows of a matrix as blocks of a schema's columns, each in its storage. */
final class RowBlocks {
  private RowBlocks() {}

  /** The blocks by partition; partition p holds rows p n / partitions to (p + 1) n / partitions. */
  public static List<List<Block>> of(Schema schema, Matrix rows, int partitions, int blockRows) {
    if (partitions < 1 || blockRows < 1) {
      throw new IllegalArgumentException(
          "Invalid table: %s partitions in blocks of %s rows (must be 1 and 1, or more)"
              .formatted(partitions, blockRows));
    }
    int width = schema.fields().stream().mapToInt(Schema.Field::width).sum();
    if (rows.cols() != width) {
      throw new IllegalArgumentException(
          "Invalid rows: %s columns (must be %s, those of the schema %s side by side)"
              .formatted(rows.cols(), width, schema));
    }
    List<List<Block>> all = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      int end = start(p + 1, partitions, rows.rows());
      List<Block> blocks = new ArrayList<>();
      for (int from = start(p, partitions, rows.rows()); from < end; from += blockRows) {
        blocks.add(block(schema, rows, from, Math.min(end, from + blockRows)));
      }
      all.add(blocks);
    }
    return all;
  }

  private static int start(int partition, int partitions, int rows) {
    return (int) ((long) partition * rows / partitions);
  }

  private static Block block(Schema schema, Matrix rows, int from, int to) {
    List<Column> columns = new ArrayList<>();
    int left = 0;
    for (Schema.Field field : schema.fields()) {
      double[] elements = new double[(to - from) * field.width()];
      for (int i = from; i < to; i++) {
        for (int j = 0; j < field.width(); j++) {
          elements[(i - from) * field.width() + j] = rows.at(i, left + j);
        }
      }
      columns.add(column(field, to - from, elements));
      left += field.width();
    }
    return new Block(to - from, columns.toArray(new Column[0]));
  }

  private static Column column(Schema.Field field, int rows, double[] elements) {
    return switch (field.storage()) {
      case DENSE -> Column.dense(rows, field.width(), elements);
      case FLOAT -> Column.floats(rows, field.width(), floats(elements));
      case CSR -> sparse(rows, field.width(), elements);
      case KEY -> Column.keys(Arrays.stream(elements).mapToInt(x -> (int) x).toArray());
    };
  }

  private static float[] floats(double[] elements) {
    float[] result = new float[elements.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) elements[i];
    }
    return result;
  }

  private static Column sparse(int rows, int width, double[] elements) {
    int[] rowStart = new int[rows + 1];
    int[] index = new int[elements.length];
    double[] value = new double[elements.length];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < width; j++) {
        if (elements[i * width + j] != 0) {
          index[count] = j;
          value[count++] = elements[i * width + j];
        }
      }
      rowStart[i + 1] = count;
    }
    return Column.sparse(width, rowStart, Arrays.copyOf(index, count), Arrays.copyOf(value, count));
  }
}
