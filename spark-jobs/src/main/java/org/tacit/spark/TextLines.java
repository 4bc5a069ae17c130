package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Lines of text files of any Hadoop file system, compressed or not, in file order. */
final class TextLines {
  private TextLines() {}

  /** The lines of each file, which together have the partitions that one file would have. */
  static List<JavaRDD<TextLine>> of(JavaSparkContext context, List<String> files) {
    int partitions = Math.max(2, context.defaultParallelism());
    int each = Math.max(1, partitions / files.size());
    List<JavaRDD<TextLine>> lines = new ArrayList<>();
    for (String file : files) {
      lines.add(of(context, file, TextInputFormat.class, each));
    }
    return lines;
  }

  /** The lines of each file in one partition. */
  static List<JavaRDD<TextLine>> whole(JavaSparkContext context, List<String> files) {
    return files.stream().map(file -> of(context, file, WholeFile.class, 1)).toList();
  }

  /** In at least so many partitions, more when the file has more blocks. */
  private static JavaRDD<TextLine> of(
      JavaSparkContext context, String file, Class<? extends TextInputFormat> format, int least) {
    return context
        .hadoopFile(file, format, LongWritable.class, Text.class, least)
        .map(line -> new TextLine(line._1().get(), line._2().toString()));
  }

  /** Text that is not cut into splits. */
  public static final class WholeFile extends TextInputFormat {
    @Override
    protected boolean isSplitable(FileSystem files, Path file) {
      return false;
    }
  }
}
