package org.tacit.job;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.tacit.config.ConfigException;
import org.tacit.config.Submission;
import org.tacit.data.Columns;
import org.tacit.data.DataException;
import org.tacit.data.LabelKind;
import org.tacit.data.LabelSet;
import org.tacit.data.Part;
import org.tacit.data.Parts;
import org.tacit.data.Reading;
import org.tacit.data.Source;
import org.tacit.data.Split;
import org.tacit.data.TableReader;
import org.tacit.pass.Table;

/** The tables of one configuration, read and kept until it has run. */
final class JobData implements AutoCloseable {
  private final Parts parts;

  private JobData(Parts parts) {
    this.parts = parts;
  }

  /**
   * Reads all parts; what is wrong with them is told with the place of the key concerned. Without a
   * master, Spark starts where it is needed.
   */
  static JobData read(Supplier<SparkSession> spark, ConfigFile file) {
    Settings settings = file.settings();
    try {
      Columns columns = columns(settings);
      Reading reading = reading(settings);
      TableReader reader =
          Submission.hasMaster()
              ? TableReader.of(spark.get(), columns, reading)
              : TableReader.of(spark, columns, reading);
      return new JobData(read(reader, settings.data(), file));
    } catch (DataException wrong) {
      throw new ConfigException(settings.places().of(wrong.key()) + wrong.getMessage(), wrong);
    }
  }

  private static Parts read(TableReader reader, DataSettings data, ConfigFile file) {
    if (data.sources() instanceof DataSettings.Sources.Separate separate) {
      Map<Part, Source> sources = new EnumMap<>(Part.class);
      sources.put(Part.TRAIN, source(file, "train", separate.train()));
      sources.put(Part.VALIDATION, source(file, "validation", separate.validation()));
      separate.test().ifPresent(path -> sources.put(Part.TEST, source(file, "test", path)));
      return reader.read(sources);
    }
    if (data.sources() instanceof DataSettings.Sources.Modulo modulo) {
      Map<Part, List<Integer>> remainders = new EnumMap<>(Part.class);
      remainders.put(Part.TRAIN, List.copyOf(modulo.train()));
      remainders.put(Part.VALIDATION, List.copyOf(modulo.validation()));
      if (!modulo.test().isEmpty()) {
        remainders.put(Part.TEST, List.copyOf(modulo.test()));
      }
      Split split = Split.modulo(modulo.modulo(), remainders);
      return reader.read(
          source(file, "path", modulo.path()), split, new ArrayList<>(remainders.keySet()));
    }
    var fraction = (DataSettings.Sources.Fraction) data.sources();
    List<Part> wanted = List.of(Part.values()).subList(0, fraction.fractions().size());
    return reader.read(
        source(file, "path", fraction.path()),
        Split.fractions(fraction.seed(), fraction.fractions()),
        wanted);
  }

  private static Source source(ConfigFile file, String key, String path) {
    DataSettings data = file.settings().data();
    String found = DataPath.found(file, "data." + key, path);
    return data.format() == DataSettings.Format.CSV
        ? new Source.Csv(found, data.csv())
        : Source.of(data.format().name(), found);
  }

  private static Columns columns(Settings settings) {
    DataSettings data = settings.data();
    LabelKind kind =
        switch (settings.labels()) {
          case REAL -> LabelKind.REAL;
          case NON_NEGATIVE -> LabelKind.NON_NEGATIVE;
          case POSITIVE -> LabelKind.POSITIVE;
          case BINARY -> LabelKind.BINARY;
          case CLASSES -> LabelKind.CLASSES;
        };
    Columns columns =
        Columns.labelled(data.label().orElse("label"), kind)
            .withFeatures(data.features())
            .withExcluded(data.exclude())
            .withKeys(data.keys())
            .withWidth(data.width().orElse(0))
            .withClasses(data.classes().orElse(0))
            .withStorage(data.storage())
            .withScale(data.scale());
    return data.weight().map(columns::withWeight).orElse(columns);
  }

  private static Reading reading(Settings settings) {
    DataSettings data = settings.data();
    return new Reading(data.partitions().orElse(0), data.badRows(), settings.engine());
  }

  /**
   * The tables by the names programs call them by: train, validation and, where there is one, test.
   */
  Map<String, Table> tables() {
    Map<String, Table> tables = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      table(part).ifPresent(table -> tables.put(part.toString(), table));
    }
    return tables;
  }

  private Optional<Table> table(Part part) {
    return Optional.ofNullable(parts.tables().get(part));
  }

  Optional<LabelSet> labels(Part part) {
    return Optional.ofNullable(parts.labels().get(part));
  }

  Table train() {
    return table(Part.TRAIN).orElseThrow();
  }

  int classes() {
    return parts.classes();
  }

  List<String> featureNames() {
    return parts.featureNames();
  }

  /** Where passes run: the training table's engine. */
  String engine() {
    return train().engine();
  }

  Map<String, Object> describe() {
    Map<String, Object> shown = new LinkedHashMap<>();
    Map<String, Object> rows = new LinkedHashMap<>();
    tables().forEach((name, table) -> rows.put(name, table.rowCount()));
    shown.put("rows", rows);
    shown.put("features", featureNames().size());
    shown.put("partitions", train().partitions());
    shown.put("droppedRows", parts.droppedRows());
    return shown;
  }

  /** What was read and where passes will run, in a line. */
  @Override
  public String toString() {
    List<String> rows = new ArrayList<>();
    tables()
        .forEach(
            (name, table) ->
                rows.add(String.format(Locale.ROOT, "%s %,d", name, table.rowCount())));
    String dropped =
        parts.droppedRows() == 0 ? "" : ", " + parts.droppedRows() + " bad rows dropped";
    return "rows "
        + String.join(", ", rows)
        + "; "
        + featureNames().size()
        + " features"
        + dropped
        + "; passes run "
        + (engine().equals("spark")
            ? "on Spark"
            : "in process (small table; engine = spark forces Spark)");
  }

  @Override
  public void close() {
    parts.close();
  }
}
