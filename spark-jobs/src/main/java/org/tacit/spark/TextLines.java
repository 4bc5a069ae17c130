package org.tacit.spark;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Lines of a text file of any Hadoop file system, compressed or not, in file order. */
final class TextLines {
  private TextLines() {}

  /** In as many partitions as the cluster has cores, or more when the file has more blocks. */
  static JavaRDD<String> of(JavaSparkContext context, String file) {
    return context.textFile(file, Math.max(2, context.defaultParallelism()));
  }
}
