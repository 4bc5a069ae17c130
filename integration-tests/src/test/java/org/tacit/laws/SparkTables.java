package org.tacit.laws;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.spark.SparkTable;

/** Makes the laws' tables on Spark, in blocks of at most so many rows. */
record SparkTables(JavaSparkContext context, int blockRows) implements TableFactory {
  private static final int BLOCK_ROWS = 300;

  SparkTables(JavaSparkContext context) {
    this(context, BLOCK_ROWS);
  }

  @Override
  public Table of(Schema schema, Matrix rows, int partitions) {
    List<ArrayList<Block>> runs = new ArrayList<>();
    for (List<Block> run : TableFactory.blocks(schema, rows, partitions, blockRows)) {
      runs.add(new ArrayList<>(run));
    }
    JavaRDD<Block> blocks = context.parallelize(runs, partitions).flatMap(ArrayList::iterator);
    return SparkTable.of(schema, blocks);
  }
}
