package org.tacit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tacit.data.Columns;
import org.tacit.data.Engine;
import org.tacit.data.Part;
import org.tacit.data.Reading;
import org.tacit.data.Source;
import org.tacit.data.Split;
import org.tacit.data.TableReader;
import org.tacit.loss.Labels;

/**
 * Files to cached rows: Tacit's blocks beside Spark's own readers, VectorAssembler and cache. Rows
 * are {@code -Dtacit.bench.rows} (2,000,000) x 50 doubles in Parquet, a tenth of them in CSV, and
 * as many sparse ones in LibSVM.
 */
final class ReadingBenchmark implements Bench.Benchmark {
  private static final int ROWS = Integer.getInteger("tacit.bench.rows", 2_000_000);
  private static final int FEATURES = 50;
  private static final int WIDTH = 1_000;
  private static final int FILES = 4;
  private static final String[] NAMES =
      IntStream.range(0, FEATURES).mapToObj(j -> "x" + j).toArray(String[]::new);

  @Override
  public void run(SparkSession spark, Report report) {
    Path folder = temporary();
    try {
      Dataset<Row> rows = rows(spark, ROWS);
      String parquet = folder.resolve("parquet").toString();
      rows.write().parquet(parquet);
      compare(
          "parquet",
          spark,
          new Source.Parquet(parquet),
          () -> assembled(spark.read().parquet(parquet)),
          report,
          0.7);
      String csv = folder.resolve("csv").toString();
      rows(spark, ROWS / 10).write().option("header", true).csv(csv);
      compare(
          "csv",
          spark,
          new Source.Csv(csv),
          () -> assembled(spark.read().schema(schema()).option("header", true).csv(csv)),
          report,
          1);
      String libSvm = folder.resolve("libsvm").toString();
      sparse(spark, libSvm);
      compare(
          "libsvm",
          spark,
          new Source.LibSvm(libSvm),
          () -> spark.read().format("libsvm").option("numFeatures", WIDTH).load(libSvm),
          report,
          1);
    } finally {
      delete(folder);
    }
  }

  /** How the frame of a comparison is made anew. */
  private interface Frame {
    Dataset<Row> read();
  }

  private static void compare(
      String name, SparkSession spark, Source source, Frame frame, Report report, double bar) {
    Records records = new Records();
    Map<String, Double> seconds =
        new Sides()
            .with(name + ", Tacit", () -> records.during(spark, () -> blocks(spark, source)))
            .with(name + ", Spark", () -> cached(frame.read()))
            .medians(1, 3);
    seconds.forEach((side, time) -> report.figure(side, time, "s"));
    report.ratioAtMost(
        name + "-reading-to-spark",
        seconds.get(name + ", Tacit") / seconds.get(name + ", Spark"),
        bar);
    double rows = source instanceof Source.Parquet ? ROWS : ROWS / 10;
    report.ratioAtMost(name + "-readings-of-the-files", records.read() / rows, 1.01);
  }

  private static void blocks(SparkSession spark, Source source) {
    Columns columns =
        source instanceof Source.LibSvm
            ? Columns.labelled("label", Labels.REAL).withWidth(WIDTH)
            : Columns.labelled("y", Labels.REAL);
    TableReader.of(spark, columns, Reading.DEFAULT.withEngine(Engine.SPARK))
        .read(source, Split.none(), List.of(Part.TRAIN))
        .close();
  }

  private static void cached(Dataset<Row> frame) {
    frame.cache().count();
    frame.unpersist(true);
  }

  private static Dataset<Row> assembled(Dataset<Row> frame) {
    return new VectorAssembler()
        .setInputCols(NAMES)
        .setOutputCol("features")
        .transform(frame)
        .select("features", "y");
  }

  private static Dataset<Row> rows(SparkSession spark, long count) {
    Column[] columns = new Column[FEATURES + 1];
    for (int j = 0; j < FEATURES; j++) {
      columns[j] = functions.rand(j).as(NAMES[j]);
    }
    columns[FEATURES] = functions.randn(FEATURES).as("y");
    return spark.range(0, count, 1, FILES).select(columns);
  }

  private static StructType schema() {
    StructType schema = new StructType();
    for (String name : NAMES) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return schema.add("y", DataTypes.DoubleType);
  }

  /** Rows of 50 values in a thousand. */
  private static void sparse(SparkSession spark, String path) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    context
        .parallelize(IntStream.range(0, FILES).boxed().toList(), FILES)
        .flatMap(
            file -> {
              Random random = new Random(file);
              return IntStream.range(0, ROWS / 10 / FILES).mapToObj(r -> line(random)).iterator();
            })
        .saveAsTextFile(path);
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder(random.nextBoolean() ? "1" : "0");
    for (int j = random.nextInt(WIDTH / FEATURES); j < WIDTH; j += WIDTH / FEATURES) {
      line.append(' ').append(j + 1).append(':').append(random.nextDouble());
    }
    return line.toString();
  }

  /** The records of files that tasks read; a cached run counts as one. */
  private static final class Records extends SparkListener {
    private final AtomicLong read = new AtomicLong();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      read.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
    }

    /** Of the last stretch of work. */
    double read() {
      return read.get();
    }

    void during(SparkSession spark, Runnable work) {
      read.set(0);
      spark.sparkContext().addSparkListener(this);
      try {
        work.run();
        spark.sparkContext().listenerBus().waitUntilEmpty();
      } catch (TimeoutException slow) {
        throw new IllegalStateException("Listener bus still busy", slow);
      } finally {
        spark.sparkContext().removeSparkListener(this);
      }
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("tacit-reading-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static void delete(Path folder) {
    try (var all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException kept) {
      throw new UncheckedIOException(kept);
    }
  }
}
