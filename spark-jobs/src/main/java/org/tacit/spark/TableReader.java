package org.tacit.spark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.tacit.matrix.Storage;
import org.tacit.pass.Table;

/**
 * Reads tables for training, validation and test out of files or data sets.
 *
 * <p>A source is read once to survey it (bad rows, labels, widths, density), and once more for each
 * table made of it. Row order is kept; rows that are not the same at each reading are refused, and
 * those of a data set, whose order may be Spark's, are kept meanwhile. Every failure is a {@link
 * DataException}.
 */
public final class TableReader {
  private static final double SPARSE_BELOW = 0.3;

  private final SparkSession session;
  private final JavaSparkContext context;
  private final Columns columns;
  private final Reading reading;
  private final Capacity capacity;

  private TableReader(SparkSession session, Columns columns, Reading reading, Capacity capacity) {
    this.session = session;
    this.context = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.columns = columns;
    this.reading = reading;
    this.capacity = capacity;
  }

  public static TableReader of(SparkSession session, Columns columns, Reading reading) {
    return of(session, columns, reading, Capacity.ofThisJvm());
  }

  static TableReader of(SparkSession session, Columns columns, Reading reading, Capacity capacity) {
    return new TableReader(session, columns, reading, capacity);
  }

  /**
   * The parts of one source: those that {@code split} gives rows to. A part that {@code parts}
   * names and that gets none is an error.
   */
  public Parts read(Source source, Split split, List<Part> parts) {
    Surveyed<?> surveyed = survey(source, columns, "data.path");
    Map<Part, Surveyed<?>> byPart = new EnumMap<>(Part.class);
    parts.forEach(part -> byPart.put(part, surveyed));
    return read(byPart, List.of(surveyed), split);
  }

  /** One part of each source; one of them for training. */
  public Parts read(Map<Part, Source> sources) {
    Map<Part, Surveyed<?>> byPart = new EnumMap<>(Part.class);
    Columns likeTrain = columns;
    for (Part part : Part.values()) {
      if (sources.containsKey(part)) {
        Surveyed<?> surveyed = survey(sources.get(part), likeTrain, "data." + part);
        byPart.put(part, surveyed);
        likeTrain =
            columns.withExcluded(List.of()).withFeatures(surveyed.source().featureColumns());
      }
    }
    return read(byPart, List.copyOf(byPart.values()), Split.none());
  }

  private Surveyed<?> survey(Source source, Columns wanted, String key) {
    try {
      RawRows<?> rows = open(source, wanted);
      try {
        Surveyed<?> surveyed = DescribedJob.run(context, "survey " + rows.name(), rows::survey);
        requireRows(surveyed, source);
        return surveyed;
      } catch (RuntimeException failed) {
        rows.release();
        throw failed;
      }
    } catch (DataException wrong) {
      throw wrong.under(key);
      // Spark throws exceptions that it does not declare.
    } catch (Exception unreadable) {
      if (Outage.isIn(unreadable)) {
        throw new IllegalStateException(
            "Reading " + name(source) + " was ended: " + unreadable.getMessage(), unreadable);
      }
      throw new DataException(
          key, "Cannot read " + name(source) + ": " + innermost(unreadable), unreadable);
    }
  }

  private static void requireRows(Surveyed<?> surveyed, Source source) {
    if (surveyed.rows() == 0) {
      String what = source instanceof Source.Csv ? " but a header" : "";
      throw new DataException(
          "data", "No rows in " + name(source) + ": nothing" + what + " (must have one or more)");
    }
  }

  private static String name(Source source) {
    if (source instanceof Source.Csv csv) {
      return csv.path();
    }
    if (source instanceof Source.LibSvm libSvm) {
      return libSvm.path();
    }
    return source instanceof Source.Parquet parquet ? parquet.path() : "the data set";
  }

  /** What went wrong in the task, in a line: Spark's own message has the trace in it. */
  private static String innermost(Throwable failed) {
    Throwable cause = Outage.innermost(failed);
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(cause.toString())
        + " (must be readable data of its data.format)";
  }

  private RawRows<?> open(Source source, Columns wanted) {
    if (source instanceof Source.Csv csv) {
      return CsvFiles.open(context, csv, wanted, capacity);
    }
    if (source instanceof Source.LibSvm libSvm) {
      return LibSvmFiles.open(context, libSvm.path(), wanted, capacity);
    }
    if (source instanceof Source.Parquet parquet) {
      return Frames.openParquet(session, parquet.path(), wanted, capacity);
    }
    return Frames.open(((Source.Frame) source).rows(), wanted, capacity);
  }

  private Parts read(Map<Part, Surveyed<?>> byPart, List<Surveyed<?>> sources, Split split) {
    try {
      return tables(byPart, sources, split);
    } finally {
      sources.forEach(source -> source.source().release());
    }
  }

  private Parts tables(Map<Part, Surveyed<?>> byPart, List<Surveyed<?>> sources, Split split) {
    SourceCheck check = new SourceCheck(columns, sources, capacity);
    long bad = check.badRows(reading.badRows());
    check.requireOneSetOfLabels();
    int width = check.width();
    int classes = check.classes();
    long rows = sources.stream().mapToLong(Surveyed::rows).sum();
    long nonZeros = sources.stream().mapToLong(Surveyed::nonZeros).sum();
    boolean sparse =
        sources.stream().anyMatch(Surveyed::hasSparseRows)
            && nonZeros < SPARSE_BELOW * rows * width;
    BlockLayout layout = new BlockLayout(columns, width, sparse ? Storage.CSR : columns.storage());
    PartTable tables = new PartTable(context, layout, reading, layout.bytes(rows, nonZeros));
    Map<Part, Table> made = new EnumMap<>(Part.class);
    Map<Part, LabelSet> labels = new EnumMap<>(Part.class);
    try {
      byPart.forEach(
          (part, source) -> {
            PartTable.Made read = tables.of(source, split, part);
            made.put(part, read.table());
            labels.put(part, read.labels());
          });
    } catch (RuntimeException failed) {
      made.values().forEach(Table::close);
      throw failed;
    }
    return new Parts(made, labels, featureNames(sources.get(0), width), classes, rows, bad);
  }

  private static List<String> featureNames(Surveyed<?> source, int width) {
    List<String> names = source.source().featureNames();
    return names.isEmpty()
        ? new ArrayList<>(IntStream.rangeClosed(1, width).mapToObj(Integer::toString).toList())
        : names;
  }
}
