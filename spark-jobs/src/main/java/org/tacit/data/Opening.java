package org.tacit.data;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.config.FileSystems;
import org.tacit.config.Hadoop;

/**
 * Opens sources: in this JVM where that may be and they are small files of text here, or by Spark,
 * which starts when it is needed.
 */
record Opening(Supplier<SparkSession> session, Capacity capacity, boolean maySpareSpark) {
  /** How much longer compressed text is taken to be. */
  private static final long UNPACKED = 10;

  Opening bySpark() {
    return new Opening(session, capacity, false);
  }

  Opened open(Source source, Columns columns) {
    boolean isText = source instanceof Source.Csv || source instanceof Source.LibSvm;
    if (isText && maySpareSpark) {
      Configuration hadoop = Hadoop.settings();
      if (isSmallAndHere(source.name(), hadoop)) {
        return text(source, columns, hadoop)
            .inProcess(hadoop, Runtime.getRuntime().availableProcessors());
      }
    }
    SparkSession spark = session.get();
    if (source instanceof Source.Parquet parquet) {
      return Frames.openParquet(spark, parquet.name(), columns, capacity);
    }
    if (source instanceof Source.Frame frame) {
      return Frames.open(frame.rows(), columns, capacity);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return text(source, columns, context.hadoopConfiguration()).onSpark(context);
  }

  private TextSource text(Source source, Columns columns, Configuration hadoop) {
    return source instanceof Source.Csv csv
        ? CsvFiles.open(hadoop, csv, columns, capacity)
        : LibSvmFiles.open(hadoop, source.name(), columns, capacity);
  }

  /** What is not there, or no file, is told like any other. */
  private static boolean isSmallAndHere(String location, Configuration hadoop) {
    try {
      FileSystem files = FileSystems.of(new Path(location), hadoop);
      return files.getScheme().equals("file")
          && bytes(files, DataFiles.of(hadoop, location), hadoop) <= Engine.IN_PROCESS_BYTES;
    } catch (DataException told) {
      return true;
    } catch (IOException | IllegalArgumentException unclear) {
      return false;
    }
  }

  private static long bytes(FileSystem files, List<String> all, Configuration hadoop)
      throws IOException {
    CompressionCodecFactory codecs = new CompressionCodecFactory(hadoop);
    long bytes = 0;
    for (String file : all) {
      Path path = new Path(file);
      bytes += files.getFileStatus(path).getLen() * (codecs.getCodec(path) == null ? 1 : UNPACKED);
    }
    return bytes;
  }
}
