package org.tacit.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.tacit.config.FileSystems;
import org.tacit.loss.Labels;
import org.tacit.matrix.Storage;
import org.tacit.pass.Table;
import org.tacit.spark.Outage;
import org.tacit.spark.SparkTable;

/**
 * Reads tables for training, validation and test out of files or data sets.
 *
 * <p>A source is read once: its rows are parsed and surveyed (bad rows, labels, widths, density),
 * and kept until the tables are made of them. Row order is kept, and rows that Spark has to read
 * again must be the same. Every failure is a {@link DataException}.
 */
public final class TableReader {
  private static final double SPARSE_BELOW = 0.3;

  private final Opening opening;
  private final Columns columns;
  private final Reading reading;
  private final Capacity capacity;

  private TableReader(Opening opening, Columns columns, Reading reading, Capacity capacity) {
    this.opening = opening;
    this.columns = columns;
    this.reading = reading;
    this.capacity = capacity;
  }

  /** With Spark. */
  public static TableReader of(SparkSession session, Columns columns, Reading reading) {
    return of(session, columns, reading, Capacity.ofThisJvm());
  }

  static TableReader of(SparkSession session, Columns columns, Reading reading, Capacity capacity) {
    Opening opening = new Opening(() -> session, capacity, false);
    return new TableReader(opening, columns, reading, capacity);
  }

  /**
   * With Spark where it is needed: small text files of this machine that passes run over in process
   * are read without it. The same rows, partitions and messages either way.
   */
  public static TableReader of(Supplier<SparkSession> session, Columns columns, Reading reading) {
    Capacity capacity = Capacity.ofThisJvm();
    Opening opening = new Opening(session, capacity, reading.engine() != Engine.SPARK);
    return new TableReader(opening, columns, reading, capacity);
  }

  /**
   * The table of a data set on Spark: its column of labels, any finite numbers, and beside it the
   * columns named as features, or all others where none is named. Numbers, arrays of numbers and
   * vectors.
   */
  public static SparkTable table(Dataset<Row> rows, String label, String... features) {
    Columns columns = Columns.labelled(label, Labels.REAL).withFeatures(Arrays.asList(features));
    Reading reading = Reading.DEFAULT.withEngine(Engine.SPARK);
    return (SparkTable)
        of(rows.sparkSession(), columns, reading)
            .read(Map.of(Part.TRAIN, new Source.Frame(rows)))
            .train();
  }

  /**
   * The parts of one source: those that {@code split} gives rows to. A part that {@code parts}
   * names and that gets none is an error.
   */
  public Parts read(Source source, Split split, List<Part> parts) {
    return read(reader -> reader.surveyed(source, parts), split);
  }

  /** One part of each source; one of them for training. */
  public Parts read(Map<Part, Source> sources) {
    return read(reader -> reader.surveyed(sources), Split.none());
  }

  /** By Spark after all where a small file has become rows for which passes run on Spark. */
  private Parts read(Function<TableReader, Map<Part, Surveyed>> survey, Split split) {
    Map<Part, Surveyed> byPart = survey.apply(this);
    List<Surveyed> sources = byPart.values().stream().distinct().toList();
    try {
      SourceCheck check = new SourceCheck(columns, sources, fittedNames(sources, split), capacity);
      long bad = check.badRows(reading.badRows());
      check.requireOneSetOfLabels();
      TableForm form = form(check, sources);
      if (form.isInProcess() || sources.stream().noneMatch(s -> s.source().rows().isLocal())) {
        Map<Part, TableForm.Made> made = tables(form, byPart, split);
        return parts(made, sources, check, bad);
      }
    } finally {
      sources.forEach(source -> source.source().rows().release());
    }
    return new TableReader(opening.bySpark(), columns, reading, capacity).read(survey, split);
  }

  /** Where one source has rows that only test, whose names are no folds. */
  private Optional<FittedNames> fittedNames(List<Surveyed> sources, Split split) {
    if (columns.names().isEmpty() || split.isWhole()) {
      return Optional.empty();
    }
    Surveyed source = sources.get(0);
    return Optional.of(source.source().rows().fittedNames(split, source.firstRows()));
  }

  private Map<Part, Surveyed> surveyed(Source source, List<Part> parts) {
    Columns wanted = parts.contains(Part.TEST) ? columns.withNamesWhereFitted() : columns;
    Surveyed surveyed = survey(source, wanted, "data.path");
    Map<Part, Surveyed> byPart = new EnumMap<>(Part.class);
    parts.forEach(part -> byPart.put(part, surveyed));
    return byPart;
  }

  private Map<Part, Surveyed> surveyed(Map<Part, Source> sources) {
    Map<Part, Surveyed> byPart = new EnumMap<>(Part.class);
    Columns likeTrain = columns;
    try {
      for (Part part : Part.values()) {
        if (sources.containsKey(part)) {
          Columns wanted = part == Part.TEST ? likeTrain.withNamesWhereFitted() : likeTrain;
          Surveyed surveyed = survey(sources.get(part), wanted, "data." + part);
          byPart.put(part, surveyed);
          likeTrain =
              columns.withExcluded(List.of()).withFeatures(surveyed.source().featureColumns());
        }
      }
      return byPart;
    } catch (RuntimeException failed) {
      byPart.values().forEach(surveyed -> surveyed.source().rows().release());
      throw failed;
    }
  }

  private Surveyed survey(Source source, Columns wanted, String key) {
    try {
      Opened opened = opening.open(source, wanted);
      try {
        Surveyed surveyed = opened.survey();
        requireRows(surveyed, source);
        return surveyed;
      } catch (RuntimeException failed) {
        opened.rows().release();
        throw failed;
      }
    } catch (DataException wrong) {
      throw wrong.under(key);
      // Spark throws exceptions that it does not declare.
    } catch (Exception unreadable) {
      if (Outage.isIn(unreadable)) {
        throw new IllegalStateException(
            "Reading " + source.name() + " was ended: " + unreadable.getMessage(), unreadable);
      }
      throw new DataException(
          key,
          "Cannot read %s: %s (must be readable data of its data.format)"
              .formatted(source.name(), FileSystems.reason(Outage.innermost(unreadable))),
          unreadable);
    }
  }

  private static void requireRows(Surveyed surveyed, Source source) {
    if (surveyed.survey().rows() == 0) {
      String what = source instanceof Source.Csv ? " but a header" : "";
      throw new DataException(
          "data", "No rows in " + source.name() + ": nothing" + what + " (must have one or more)");
    }
  }

  private TableForm form(SourceCheck check, List<Surveyed> sources) {
    int width = check.width();
    check.classes();
    long nonZeros = sources.stream().mapToLong(source -> source.survey().nonZeros()).sum();
    boolean sparse =
        sources.stream().anyMatch(source -> source.survey().hasSparseRows())
            && nonZeros < SPARSE_BELOW * check.rows() * width;
    BlockLayout layout =
        new BlockLayout(columns, width, sparse ? Storage.CSR : columns.storage())
            .withNames(check.names());
    return new TableForm(layout, reading, layout.bytes(check.rows(), nonZeros));
  }

  private static Map<Part, TableForm.Made> tables(
      TableForm form, Map<Part, Surveyed> byPart, Split split) {
    Map<Part, TableForm.Made> made = new EnumMap<>(Part.class);
    try {
      byPart.forEach((part, source) -> made.put(part, form.table(source, split, part)));
      return made;
    } catch (RuntimeException failed) {
      made.values().forEach(read -> read.table().close());
      throw failed;
    }
  }

  private static Parts parts(
      Map<Part, TableForm.Made> made, List<Surveyed> sources, SourceCheck check, long bad) {
    Map<Part, Table> tables = new EnumMap<>(Part.class);
    Map<Part, LabelSet> labels = new EnumMap<>(Part.class);
    made.forEach(
        (part, read) -> {
          tables.put(part, read.table());
          labels.put(part, read.labels());
        });
    return new Parts(
        tables,
        labels,
        featureNames(sources.get(0), check.width()),
        check.classes(),
        check.names(),
        check.rows(),
        bad);
  }

  private static List<String> featureNames(Surveyed source, int width) {
    List<String> names = source.source().featureNames();
    return names.isEmpty()
        ? IntStream.rangeClosed(1, width).mapToObj(Integer::toString).toList()
        : names;
  }
}
