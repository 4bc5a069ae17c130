package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Opens data sets and Parquet files. */
final class Frames {
  private final List<Dataset<Row>> frames;

  private Frames(List<Dataset<Row>> frames) {
    this.frames = frames;
  }

  /**
   * The rows of a data set are read several times, for the survey and for each part, and one that
   * comes out of a shuffle can have another order each time: they are kept from the first on.
   */
  static RawRows<Row> open(Dataset<Row> rows, Columns columns, Capacity capacity) {
    JavaRDD<Row> kept = rows.toJavaRDD();
    boolean isKeptByUser = !rows.storageLevel().equals(StorageLevel.NONE());
    RawRows<Row> opened =
        new Frames(List.of(rows))
            .open(
                List.of(kept),
                List.of(RawRows.Origin.ofRows("data set")),
                columns,
                capacity,
                isKeptByUser ? () -> {} : () -> kept.unpersist(false));
    if (!isKeptByUser) {
      kept.persist(StorageLevel.MEMORY_AND_DISK());
    }
    return opened;
  }

  /** The files one by one in the order of their names: read at once, Spark orders them by size. */
  static RawRows<Row> openParquet(
      SparkSession session, String path, Columns columns, Capacity capacity) {
    Configuration hadoop = session.sparkContext().hadoopConfiguration();
    List<String> files = DataFiles.of(hadoop, path);
    new FileForm(hadoop).requireParquet(files);
    Map<String, String> options = folderOption(path, files.get(0));
    StructType schema =
        session.read().options(options).parquet(files.toArray(new String[0])).schema();
    List<Dataset<Row>> frames = new ArrayList<>();
    List<RawRows.Origin> origins = new ArrayList<>();
    for (String file : files) {
      frames.add(session.read().options(options).schema(schema).parquet(file));
      origins.add(RawRows.Origin.ofRows(new Path(file).getName()));
    }
    List<JavaRDD<Row>> rows = frames.stream().map(Dataset::toJavaRDD).toList();
    return new Frames(frames).open(rows, origins, columns, capacity, () -> {});
  }

  /** Lets Spark see columns that are written in names of folders, as in day=3. */
  private static Map<String, String> folderOption(String path, String firstFile) {
    boolean isFile = new Path(path).getName().equals(new Path(firstFile).getName());
    return isFile ? Map.of() : Map.of("basePath", path);
  }

  private RawRows<Row> open(
      List<JavaRDD<Row>> rows,
      List<RawRows.Origin> origins,
      Columns columns,
      Capacity capacity,
      Runnable release) {
    StructType schema = frames.get(0).schema();
    Columns named =
        columns.withFeatures(ColumnNames.features(columns, List.of(schema.fieldNames())));
    requireNumbers(schema, named.features());
    List<String> names = new ArrayList<>();
    int[] widths = new int[named.features().size()];
    long total = 0;
    for (int i = 0; i < widths.length; i++) {
      String column = named.features().get(i);
      widths[i] = width(schema, column);
      total += widths[i];
      capacity.require("data.features", "features up to column " + column, total, 1);
      names.addAll(names(schema, column, widths[i]));
    }
    FrameParser parser = new FrameParser(schema, named, widths, capacity);
    return new RawRows<>(rows, origins, parser, named.features(), names, release);
  }

  /** Throws for the columns that are neither numbers nor lists of them, all at once. */
  private static void requireNumbers(StructType schema, List<String> columns) {
    List<String> others = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (String column : columns) {
      DataType type = type(schema, column);
      if (!isNumber(type) && !isList(type)) {
        others.add(column);
        types.add(column + " is " + type.simpleString());
      }
    }
    if (!others.isEmpty()) {
      throw new DataException(
          "data.exclude",
          "Invalid column: "
              + ColumnNames.shown(types)
              + " (must be numeric, an array of numbers or a vector; leave it out by data.exclude ="
              + " ["
              + String.join(", ", others)
              + "])");
    }
  }

  private static boolean isNumber(DataType type) {
    return type instanceof NumericType || type instanceof BooleanType;
  }

  private static boolean isList(DataType type) {
    return type.equals(SQLDataTypes.VectorType())
        || (type instanceof ArrayType array && array.elementType() instanceof NumericType);
  }

  private int width(StructType schema, String column) {
    DataType type = type(schema, column);
    return isNumber(type) ? 1 : firstWidth(column, type.equals(SQLDataTypes.VectorType()));
  }

  /** The length of the first row's array or vector, which all others must have. */
  private int firstWidth(String column, boolean isVector) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(frames.get(0).sparkSession().sparkContext());
    for (Dataset<Row> frame : frames) {
      Dataset<Row> present = frame.select(frame.col("`" + column + "`")).na().drop().limit(1);
      List<Row> first =
          DescribedJob.run(context, "find width of " + column, present::collectAsList);
      if (!first.isEmpty()) {
        Row row = first.get(0);
        return isVector ? ((Vector) row.get(0)).size() : row.getList(0).size();
      }
    }
    throw new DataException(
        "data.features", "Empty column: " + column + " (must have a value in some row)");
  }

  private static DataType type(StructType schema, String column) {
    if (!List.of(schema.fieldNames()).contains(column)) {
      throw ColumnNames.missing("data.features", column, List.of(schema.fieldNames()));
    }
    return schema.apply(column).dataType();
  }

  private static List<String> names(StructType schema, String column, int width) {
    DataType type = type(schema, column);
    if (isNumber(type)) {
      return List.of(column);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      names.add(column + "[" + i + "]");
    }
    return names;
  }
}
