package org.tacit.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens LibSVM files, which have a label and features only. */
final class LibSvmFiles {
  private LibSvmFiles() {}

  static RawRows<String> open(
      JavaSparkContext context, String path, Columns columns, Capacity capacity) {
    requireNone("data.weight", columns.weight().stream().toList());
    requireNone("data.keys", columns.keys());
    requireNone("data.features", columns.features());
    requireNone("data.exclude", columns.excluded());
    List<String> files = DataFiles.of(context.hadoopConfiguration(), path);
    new FileForm(context.hadoopConfiguration()).requireLibSvm(files);
    return new RawRows<>(
        TextLines.of(context, files).stream().map(lines -> lines.map(TextLine::text)).toList(),
        files.stream().map(RawRows.Origin::ofText).toList(),
        new LibSvmParser(columns, capacity),
        List.of(),
        List.of());
  }

  private static void requireNone(String key, List<String> names) {
    if (!names.isEmpty()) {
      throw new DataException(
          key, "Invalid " + key + ": " + names + " (LibSVM files have a label and features only)");
    }
  }
}
