package org.tacit.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.tacit.config.Section;
import org.tacit.config.Submission;
import org.tacit.data.BadRows;
import org.tacit.data.Columns;
import org.tacit.data.CsvForm;
import org.tacit.data.DataException;
import org.tacit.data.Engine;
import org.tacit.data.Parts;
import org.tacit.data.Reading;
import org.tacit.data.RowKey;
import org.tacit.data.Source;
import org.tacit.data.TableReader;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Storage;

/**
 * The data of a configuration: where the rows are, what their columns mean, and how they are read.
 *
 * @param folder the folder that relative paths start from; empty for the configuration's own
 * @param csv how CSV files are written
 */
record DataSettings(
    Format format,
    Optional<String> folder,
    Sources sources,
    CsvForm csv,
    Columns columns,
    Reading reading) {
  private static final int MOST_PARTITIONS = 100_000;

  /** The file formats. */
  enum Format {
    CSV,
    LIBSVM,
    PARQUET
  }

  /**
   * For a model's loss, the labels that it and the outer loss have, and folds where there are any.
   */
  static DataSettings of(Section root, Loss loss, Labels labels, Optional<FoldSettings> folds) {
    if (!root.has("data")) {
      throw root.missing("data");
    }
    Section data =
        root.section(
            "data",
            "format folder path split train validation test label weight offset keys features",
            "exclude separator multiline width storage scale classes partitions bad-rows");
    Format format = data.choice("format", Format.class).orElse(Format.CSV);
    if (format != Format.LIBSVM && !data.has("label")) {
      throw data.missing("label");
    }
    return new DataSettings(
        format,
        data.text("folder"),
        folds.isPresent() ? Sources.ofFolds(data) : Sources.of(data),
        csv(data, format),
        columns(data, format, loss, labels, folds),
        new Reading(
            data.has("partitions") ? data.integer("partitions", 1, 1, MOST_PARTITIONS) : 0,
            data.choice("bad-rows", BadRows.class).orElse(BadRows.REFUSE),
            root.choice("engine", Engine.class).orElse(Engine.AUTO)));
  }

  /** With the number of each row in its source. */
  DataSettings withRowNumbers() {
    return new DataSettings(
        format, folder, sources, csv, columns.withRowKey(RowKey.ofRows()), reading);
  }

  private static Columns columns(
      Section data, Format format, Loss loss, Labels labels, Optional<FoldSettings> folds) {
    return new Columns(
        features(data),
        exclude(data),
        data.text("label").orElse("label"),
        labels,
        classes(data, loss),
        data.text("weight"),
        data.text("offset"),
        data.texts("keys"),
        folds.map(FoldSettings::key),
        width(data, format),
        storage(data),
        data.number("scale", 1, s -> Double.isFinite(s) && s != 0, "finite and not 0"));
  }

  private static List<String> features(Section data) {
    List<String> features = data.texts("features");
    if (data.has("features") && features.isEmpty()) {
      throw data.wrong("features", "a list of one column or more, or left out for all columns");
    }
    return features;
  }

  private static List<String> exclude(Section data) {
    if (data.has("exclude") && data.has("features")) {
      throw data.wrong("exclude", "left out beside data.features, which names all there are");
    }
    return data.texts("exclude");
  }

  private static CsvForm csv(Section data, Format format) {
    for (String key : List.of("separator", "multiline")) {
      if (data.has(key) && format != Format.CSV) {
        throw data.wrong(key, "left out: only CSV files have one");
      }
    }
    String separator = data.text("separator").orElse(",");
    char character =
        switch (separator) {
          case "tab" -> '\t';
          case "space" -> ' ';
          default -> separator.length() == 1 ? separator.charAt(0) : '"';
        };
    try {
      return new CsvForm(character, data.isTrue("multiline", false));
    } catch (DataException wrong) {
      throw data.wrong(
          "separator", "tab, space, or one character that numbers do not have, such as \";\"");
    }
  }

  private static int classes(Section data, Loss loss) {
    if (data.has("classes") && loss.labels() != Labels.CLASSES) {
      throw data.wrong("classes", "left out: loss " + loss.name() + " has no classes to count");
    }
    return data.has("classes") ? data.integer("classes", 2, 2) : 0;
  }

  private static int width(Section data, Format format) {
    if (data.has("width") && format != Format.LIBSVM) {
      throw data.wrong("width", "left out: only LibSVM files have one; see data.features");
    }
    return data.has("width") ? data.integer("width", 1, 1) : 0;
  }

  private static Storage storage(Section data) {
    return switch (data.text("storage").orElse("double")) {
      case "double" -> Storage.DENSE;
      case "float" -> Storage.FLOAT;
      default -> throw data.wrong("storage", "double | float");
    };
  }

  /**
   * Reads all parts, as tables that are kept until they are closed. Without a master, Spark starts
   * where it is needed.
   */
  Parts read(Supplier<SparkSession> spark, ConfigFile file) {
    TableReader reader =
        Submission.hasMaster()
            ? TableReader.of(spark.get(), columns, reading)
            : TableReader.of(spark, columns, reading);
    return sources.read(reader, (key, path) -> source(DataPath.found(file, "data." + key, path)));
  }

  private Source source(String found) {
    return format == Format.CSV ? new Source.Csv(found, csv) : Source.of(format.name(), found);
  }
}
