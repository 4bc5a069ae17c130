package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens CSV files with a header: the same in each file of a folder. */
final class CsvFiles {
  private CsvFiles() {}

  static RawRows<String> open(
      JavaSparkContext context, Source.Csv source, Columns columns, Capacity capacity) {
    CsvForm form = source.form();
    List<String> files = DataFiles.of(context.hadoopConfiguration(), source.path());
    new FileForm(context.hadoopConfiguration()).requireCsv(files);
    List<JavaRDD<TextLine>> lines =
        form.isMultiline() ? TextLines.whole(context, files) : TextLines.of(context, files);
    int first = 0;
    List<TextLine> found = List.of();
    while (found.isEmpty() && first < files.size()) {
      found = firstRecord(context, files.get(first), lines.get(first), form);
      first++;
    }
    if (found.isEmpty()) {
      throw new DataException("data", "Empty file: " + files.get(0) + " (must have a header)");
    }
    CsvHeader header = CsvHeader.of(files.get(first - 1), found.get(0).text(), form);
    capacity.require("data", "columns in " + files.get(first - 1), header.names().size(), 1);
    header.require("data.label", columns.label(), form);
    header.requireNamesOnce();
    Columns named = columns.withFeatures(ColumnNames.features(columns, header.names()));
    List<JavaRDD<String>> rows = new ArrayList<>();
    List<RawRows.Origin> origins = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      long headerAt = f == first - 1 ? found.get(0).offset() : -1;
      CsvRecords records = new CsvRecords(header.names(), files.get(f), form, headerAt);
      rows.add(lines.get(f).mapPartitions(records::of, true));
      origins.add(RawRows.Origin.ofText(files.get(f)));
    }
    CsvParser parser = CsvParser.of(header, named, form, capacity);
    return new RawRows<>(rows, origins, parser, named.features(), named.features());
  }

  private static List<TextLine> firstRecord(
      JavaSparkContext context, String file, JavaRDD<TextLine> lines, CsvForm form) {
    char separator = form.separator();
    JavaRDD<TextLine> records =
        form.isMultiline()
            ? lines.mapPartitions(part -> new QuotedRecords(part, separator), true)
            : lines;
    return DescribedJob.run(
        context,
        "read header of " + file,
        () -> records.filter(line -> CsvLine.hasContent(line.text(), separator)).take(1));
  }
}
