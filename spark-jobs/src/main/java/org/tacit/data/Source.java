package org.tacit.data;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where rows come from. Paths are Hadoop's: of any file system, a file or a folder of files. */
public sealed interface Source {
  /** What messages call it: its path. */
  String name();

  /** A CSV file with a header, or a folder of them. */
  record Csv(String name, CsvForm form) implements Source {
    /** With commas, a row a line. */
    public Csv(String name) {
      this(name, CsvForm.DEFAULT);
    }
  }

  /** A LibSVM file, or a folder of them. */
  record LibSvm(String name) implements Source {}

  /** A Parquet file, or a folder of them. */
  record Parquet(String name) implements Source {}

  /** A data set, whose rows keep the order of its partitions. */
  record Frame(Dataset<Row> rows) implements Source {
    @Override
    public String name() {
      return "the data set";
    }
  }

  /** A file in one of the formats csv, libsvm, parquet. */
  static Source of(String format, String path) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "csv" -> new Csv(path);
      case "libsvm" -> new LibSvm(path);
      case "parquet" -> new Parquet(path);
      default ->
          throw new DataException(
              "data.format",
              "Invalid data.format: " + format + " (must be csv, libsvm or parquet)");
    };
  }
}
