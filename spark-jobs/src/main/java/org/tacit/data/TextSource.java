package org.tacit.data;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapred.FileInputFormat;
import org.apache.hadoop.mapred.FileSplit;
import org.apache.hadoop.mapred.InputSplit;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapred.Reporter;
import org.apache.hadoop.mapred.TextInputFormat;
import org.apache.hadoop.util.ReflectionUtils;
import org.apache.spark.api.java.JavaHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * Text files of any Hadoop file system, compressed or not, and how their lines become rows. All
 * files together are cut into partitions by bytes: as many as Hadoop makes of them, in this JVM and
 * on Spark alike.
 *
 * @param isWhole whether files are not cut
 * @param features the columns that are features; empty where a survey tells how many there are
 */
record TextSource(
    List<String> files,
    boolean isWhole,
    Records records,
    RowParser<String> parser,
    List<String> features)
    implements Serializable {
  /** What the lines of a partition of a file are, as records. */
  interface Records extends Serializable {
    Iterator<String> of(String file, Iterator<TextLine> lines);
  }

  private String name() {
    return new Path(files.get(0)).getName() + (files.size() > 1 ? ", ..." : "");
  }

  Opened onSpark(JavaSparkContext context) {
    Function2<InputSplit, Iterator<Tuple2<LongWritable, Text>>, Iterator<Run>> parse =
        (split, lines) ->
            runs(
                (FileSplit) split,
                IteratorUtils.transformedIterator(
                    lines, line -> new TextLine(line._1().get(), line._2().toString())));
    var lines =
        (JavaHadoopRDD<LongWritable, Text>)
            context.hadoopRDD(
                settings(context.hadoopConfiguration()),
                format(),
                LongWritable.class,
                Text.class,
                Math.max(2, context.defaultParallelism()));
    JavaRDD<Run> runs = lines.mapPartitionsWithInputSplit(parse, true);
    return opened(new SparkRows(context, name(), runs));
  }

  /** The same rows in the same partitions, read without Spark. */
  Opened inProcess(Configuration hadoop, int partitions) {
    JobConf settings = settings(hadoop);
    TextInputFormat format = ReflectionUtils.newInstance(format(), settings);
    try {
      List<Supplier<List<Run>>> readings = new ArrayList<>();
      for (InputSplit split : format.getSplits(settings, Math.max(2, partitions))) {
        // Spark leaves out empty files, too.
        if (split.getLength() > 0) {
          readings.add(() -> read(format, (FileSplit) split, settings));
        }
      }
      return opened(new LocalRows(readings));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Opened opened(KeptRows rows) {
    return new Opened(name(), features, features, rows);
  }

  private List<Run> read(TextInputFormat format, FileSplit split, JobConf settings) {
    try (FileLines lines = new FileLines(format.getRecordReader(split, settings, Reporter.NULL))) {
      return IteratorUtils.toList(runs(split, lines));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Iterator<Run> runs(FileSplit split, Iterator<TextLine> lines) {
    String file = split.getPath().toString();
    return new RunIterator<>(
        records.of(file, lines), parser, Origin.ofText(file, split.getStart() == 0));
  }

  private Class<? extends TextInputFormat> format() {
    return isWhole ? WholeFiles.class : TextInputFormat.class;
  }

  private JobConf settings(Configuration hadoop) {
    JobConf settings = new JobConf(hadoop);
    FileInputFormat.setInputPaths(settings, files.stream().map(Path::new).toArray(Path[]::new));
    return settings;
  }

  /** Text that is not cut. */
  public static final class WholeFiles extends TextInputFormat {
    @Override
    protected boolean isSplitable(FileSystem files, Path file) {
      return false;
    }
  }
}
