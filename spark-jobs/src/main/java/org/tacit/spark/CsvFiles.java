package org.tacit.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;

/** Opens CSV files with a header: the same in each file of a folder. */
final class CsvFiles {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CsvFiles() {}

  static RawRows<String> open(JavaSparkContext context, String path, Columns columns) {
    List<String> files = DataFiles.of(context.hadoopConfiguration(), path);
    List<String> header = header(context, files.get(0));
    Columns named = columns.withFeatures(ColumnNames.features(columns, header));
    CsvParser parser = CsvParser.of(header, named);
    List<JavaRDD<String>> lines = new ArrayList<>();
    List<RawRows.Origin> origins = new ArrayList<>();
    for (String file : files) {
      lines.add(withoutHeader(TextLines.of(context, file), header, file));
      origins.add(RawRows.Origin.ofText(file, 1));
    }
    return new RawRows<>(lines, origins, parser, named.features(), named.features());
  }

  private static List<String> header(JavaSparkContext context, String file) {
    List<String> first =
        DescribedJob.run(
            context, "read header of " + file, () -> context.textFile(file, 1).take(1));
    if (first.isEmpty()) {
      throw new DataException("data", "Empty file: " + file + " (must have a header)");
    }
    return names(first.get(0));
  }

  private static List<String> names(String line) {
    return CsvLine.cells(line.replace(BYTE_ORDER_MARK, "")).stream().map(String::strip).toList();
  }

  private static JavaRDD<String> withoutHeader(
      JavaRDD<String> lines, List<String> header, String file) {
    ArrayList<String> expected = new ArrayList<>(header);
    Function2<Integer, Iterator<String>, Iterator<String>> skip =
        (partition, part) -> {
          if (partition > 0) {
            return part;
          }
          List<String> found = part.hasNext() ? names(part.next()) : Collections.emptyList();
          if (!found.equals(expected)) {
            throw new DataException(
                "data", "Invalid header of " + file + ": " + found + " (must be " + expected + ")");
          }
          return part;
        };
    return lines.mapPartitionsWithIndex(skip, true);
  }
}
