package org.tacit.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.tacit.spark.DescribedJob;

/** Opens data sets and Parquet files, of which only the columns asked for are read. */
final class Frames {
  private final JavaSparkContext context;
  private final List<Dataset<Row>> frames;
  private final StructType schema;
  private final Capacity capacity;

  private Frames(SparkSession session, List<Dataset<Row>> frames, Capacity capacity) {
    this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.frames = frames;
    this.schema = frames.get(0).schema();
    this.capacity = capacity;
  }

  static Opened open(Dataset<Row> rows, Columns columns, Capacity capacity) {
    return new Frames(rows.sparkSession(), List.of(rows), capacity)
        .open(List.of("data set"), columns);
  }

  /** The files one by one in the order of their names: read at once, Spark orders them by size. */
  static Opened openParquet(SparkSession session, String path, Columns columns, Capacity capacity) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    List<String> files = DataFiles.of(hadoop, path);
    new FileForm(hadoop).requireParquet(files);
    Map<String, String> options = folderOption(path, files.get(0));
    StructType schema =
        session.read().options(options).parquet(files.toArray(new String[0])).schema();
    List<Dataset<Row>> frames = new ArrayList<>();
    for (String file : files) {
      frames.add(session.read().options(options).schema(schema).parquet(file));
    }
    return new Frames(session, frames, capacity)
        .open(files.stream().map(file -> new Path(file).getName()).toList(), columns);
  }

  /** Lets Spark see columns that are written in names of folders, as in day=3. */
  private static Map<String, String> folderOption(String path, String firstFile) {
    boolean isFile = new Path(path).getName().equals(new Path(firstFile).getName());
    return isFile ? Map.of() : Map.of("basePath", path);
  }

  private Opened open(List<String> names, Columns columns) {
    Columns named =
        columns.withFeatures(ColumnNames.features(columns, List.of(schema.fieldNames())));
    List<FrameColumn> features =
        named.features().stream().map(f -> column("data.features", f)).toList();
    requireNumbers(features);
    List<FrameColumn> read = new ArrayList<>();
    read.add(column("data.label", named.label()));
    named.weight().ifPresent(weight -> read.add(column("data.weight", weight)));
    named.offset().ifPresent(offset -> read.add(column("data.offset", offset)));
    named.keys().forEach(key -> read.add(column("data.keys", key)));
    named.names().ifPresent(fold -> read.add(column("folds.column", fold).asNames()));
    List<String> featureNames = new ArrayList<>();
    for (FrameColumn feature : features) {
      FrameColumn wide = feature.isList() ? feature.withWidth(firstWidth(feature)) : feature;
      long total = (long) featureNames.size() + wide.width();
      capacity.require("data.features", "features up to column " + wide.name(), total, 1);
      featureNames.addAll(wide.features());
      read.add(wide);
    }
    String name = names.get(0) + (names.size() > 1 ? ", ..." : "");
    FrameParser parser = new FrameParser(read, named, capacity);
    List<JavaRDD<Run>> runs =
        IntStream.range(0, frames.size())
            .mapToObj(f -> runs(frames.get(f), names.get(f), read, parser))
            .toList();
    return new Opened(
        name, named.features(), featureNames, new SparkRows(context, name, union(runs)));
  }

  private static JavaRDD<Run> runs(
      Dataset<Row> frame, String name, List<FrameColumn> read, FrameParser parser) {
    return rows(frame, read)
        .mapPartitionsWithIndex(
            (partition, rows) ->
                new RunIterator<>(rows, parser, Origin.ofRows(name, partition == 0)),
            true);
  }

  /** The columns that are read; by their places where names are there twice. */
  private static JavaRDD<InternalRow> rows(Dataset<Row> frame, List<FrameColumn> read) {
    String[] all = frame.columns();
    boolean areTold =
        Arrays.stream(all).map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
            == all.length;
    String[] names =
        areTold
            ? all
            : IntStream.range(0, all.length).mapToObj(at -> "c" + at).toArray(String[]::new);
    Column[] columns =
        read.stream()
            .map(column -> column.asDoubles(functions.col(quoted(names[column.position()]))))
            .toArray(Column[]::new);
    Dataset<Row> named = areTold ? frame : frame.toDF(names);
    var chosen = (org.apache.spark.sql.classic.Dataset<Row>) named.select(columns);
    return chosen.queryExecution().toRdd().toJavaRDD();
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** One after the other; by halves, so that a thousand files are nested ten deep. */
  private static JavaRDD<Run> union(List<JavaRDD<Run>> files) {
    int half = files.size() / 2;
    return half == 0
        ? files.get(0)
        : union(files.subList(0, half)).union(union(files.subList(half, files.size())));
  }

  private FrameColumn column(String key, String name) {
    List<String> names = Arrays.asList(schema.fieldNames());
    int position = names.indexOf(name);
    if (position < 0) {
      throw ColumnNames.missing(key, name, names);
    }
    return FrameColumn.of(name, position, schema.apply(position).dataType());
  }

  /** Throws for the columns that are neither numbers nor lists of them, all at once. */
  private static void requireNumbers(List<FrameColumn> features) {
    List<FrameColumn> others =
        features.stream().filter(column -> column.kind() == FrameColumn.Kind.OTHER).toList();
    if (!others.isEmpty()) {
      throw new DataException(
          "data.exclude",
          "Invalid column: "
              + ColumnNames.shown(
                  others.stream()
                      .map(column -> column.name() + " is " + column.type().simpleString())
                      .toList())
              + " (must be numeric, an array of numbers or a vector; leave it out by data.exclude ="
              + " ["
              + String.join(", ", others.stream().map(FrameColumn::name).toList())
              + "])");
    }
  }

  /** The length of the first row's array or vector, which all others must have. */
  private int firstWidth(FrameColumn column) {
    for (Dataset<Row> frame : frames) {
      Dataset<Row> present = frame.select(frame.col(quoted(column.name()))).na().drop().limit(1);
      List<Row> first =
          DescribedJob.run(context, "find width of " + column.name(), present::collectAsList);
      if (!first.isEmpty()) {
        Row row = first.get(0);
        return column.kind() == FrameColumn.Kind.VECTOR
            ? ((Vector) row.get(0)).size()
            : row.getList(0).size();
      }
    }
    throw new DataException(
        "data.features", "Empty column: " + column.name() + " (must have a value in some row)");
  }
}
