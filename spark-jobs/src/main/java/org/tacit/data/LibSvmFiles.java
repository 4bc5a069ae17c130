package org.tacit.data;

import java.util.List;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.conf.Configuration;

/** Opens LibSVM files, which have a label and features only. */
final class LibSvmFiles {
  private LibSvmFiles() {}

  static TextSource open(Configuration hadoop, String path, Columns columns, Capacity capacity) {
    requireNone("data.weight", columns.weight().stream().toList());
    requireNone("data.offset", columns.offset().stream().toList());
    requireNone("data.keys", columns.keys());
    requireNone("folds.column", columns.names().stream().toList());
    requireNone("data.features", columns.features());
    requireNone("data.exclude", columns.excluded());
    List<String> files = DataFiles.of(hadoop, path);
    new FileForm(hadoop).requireLibSvm(files);
    return new TextSource(
        files,
        false,
        (file, lines) -> IteratorUtils.transformedIterator(lines, TextLine::text),
        new LibSvmParser(columns, capacity),
        List.of());
  }

  private static void requireNone(String key, List<String> names) {
    if (!names.isEmpty()) {
      throw new DataException(
          key, "Invalid " + key + ": " + names + " (LibSVM files have a label and features only)");
    }
  }
}
