package org.tacit.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * An opened source: its rows as they are stored, how to parse them, and where each partition is.
 *
 * @param <T> what a row is stored as
 */
final class RawRows<T> {
  private final JavaRDD<T> rows;
  private final RowParser<T> parser;
  private final String name;
  private final List<Origin> origins = new ArrayList<>();
  private final Set<Integer> fileStarts = new HashSet<>();
  private final List<String> featureColumns;
  private final List<String> featureNames;
  private final Runnable release;

  /**
   * The rows of files, one RDD each.
   *
   * @param featureColumns the columns to take features from
   * @param featureNames the features' names; empty when only a survey tells how many there are
   */
  RawRows(
      List<JavaRDD<T>> files,
      List<Origin> origins,
      RowParser<T> parser,
      List<String> featureColumns,
      List<String> featureNames) {
    this(files, origins, parser, featureColumns, featureNames, () -> {});
  }

  /** With what lets go of the rows, once all parts are made of them. */
  RawRows(
      List<JavaRDD<T>> files,
      List<Origin> origins,
      RowParser<T> parser,
      List<String> featureColumns,
      List<String> featureNames,
      Runnable release) {
    this.release = release;
    this.name = origins.get(0).name() + (files.size() > 1 ? ", ..." : "");
    this.rows = union(files);
    this.parser = parser;
    this.featureColumns = List.copyOf(featureColumns);
    this.featureNames = List.copyOf(featureNames);
    for (int f = 0; f < files.size(); f++) {
      fileStarts.add(this.origins.size());
      for (int p = 0; p < files.get(f).getNumPartitions(); p++) {
        this.origins.add(origins.get(f));
      }
    }
  }

  /** One after the other; by halves, so that a thousand files are nested ten deep. */
  private static <T> JavaRDD<T> union(List<JavaRDD<T>> files) {
    int half = files.size() / 2;
    return half == 0
        ? files.get(0)
        : union(files.subList(0, half)).union(union(files.subList(half, files.size())));
  }

  List<String> featureColumns() {
    return featureColumns;
  }

  List<String> featureNames() {
    return featureNames;
  }

  /** One job: reads everything, keeps nothing. */
  Surveyed<T> survey() {
    RowParser<T> rowParser = parser;
    Function2<Integer, Iterator<T>, Iterator<Survey>> survey =
        (partition, part) -> Survey.of(part, rowParser);
    return new Surveyed<>(this, rows.mapPartitionsWithIndex(survey, true).collect());
  }

  /**
   * The good rows of a part under their numbers. Every partition must have the rows that the survey
   * saw in it.
   *
   * @param firstRows the number of each partition's first row, and after the last of all rows
   * @param fingerprints of the partitions
   */
  JavaRDD<Tuple2<Long, Example>> examples(
      Split split, Part part, long[] firstRows, long[] fingerprints) {
    RowParser<T> rowParser = parser;
    Function2<Integer, Iterator<T>, Iterator<Tuple2<Long, Example>>> parse =
        (partition, raw) ->
            new ExampleIterator<>(
                raw,
                rowParser,
                row -> split.isIn(part, row),
                firstRows[partition],
                seen ->
                    seen.require(
                        partition,
                        firstRows[partition + 1] - firstRows[partition],
                        fingerprints[partition]));
    return rows.mapPartitionsWithIndex(parse, true);
  }

  /** Lets go of rows that were kept for being read more than once. */
  void release() {
    release.run();
  }

  /** What the source is called in messages and job descriptions. */
  String name() {
    return name;
  }

  boolean startsFile(int partition) {
    return fileStarts.contains(partition);
  }

  Origin origin(int partition) {
    return origins.get(partition);
  }

  /**
   * What the rows of a partition are called in messages: the file, and its line 17 or row 17.
   *
   * @param firstLine the number of the first line or row
   */
  record Origin(String name, String unit, int firstLine) {
    /** Lines of a text file, which people count from 1. */
    static Origin ofText(String path) {
      return new Origin(new Path(path).getName(), "line", 1);
    }

    static Origin ofRows(String name) {
      return new Origin(name, "row", 0);
    }
  }
}
