package org.tacit.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** A source with what its survey found, added up over partitions. */
final class Surveyed<T> {
  private static final int SHOWN = 5;

  private final RawRows<T> source;
  private final List<Survey> surveys;

  Surveyed(RawRows<T> source, List<Survey> surveys) {
    this.source = source;
    this.surveys = List.copyOf(surveys);
  }

  RawRows<T> source() {
    return source;
  }

  /** All rows, bad ones included. */
  long rows() {
    return surveys.stream().mapToLong(Survey::rows).sum();
  }

  long badRows() {
    return surveys.stream().mapToLong(Survey::badRows).sum();
  }

  long nonZeros() {
    return surveys.stream().mapToLong(Survey::nonZeros).sum();
  }

  /** The number of features: as the source says, else the largest index seen plus one. */
  int width() {
    return source.featureNames().isEmpty()
        ? surveys.stream().mapToInt(Survey::width).max().orElse(0)
        : source.featureNames().size();
  }

  boolean hasSparseRows() {
    return surveys.stream().anyMatch(Survey::hasSparseRows);
  }

  boolean hasMinusOne() {
    return surveys.stream().anyMatch(Survey::hasMinusOne);
  }

  boolean hasZero() {
    return surveys.stream().anyMatch(Survey::hasZero);
  }

  double largestLabel() {
    return surveys.stream().mapToDouble(Survey::largestLabel).max().orElse(0);
  }

  /** The first bad rows, each by file, line and what is wrong. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    long lines = 0;
    for (int p = 0; p < surveys.size(); p++) {
      RawRows.Origin origin = source.origin(p);
      if (source.startsFile(p)) {
        lines = 0;
      }
      for (Survey.Fault fault : surveys.get(p).faults()) {
        if (faults.size() < SHOWN) {
          long line = origin.firstLine() + lines + fault.line();
          faults.add(origin.name() + " " + origin.unit() + " " + line + ": " + fault.objection());
        }
      }
      lines += surveys.get(p).lines();
    }
    return faults;
  }

  JavaRDD<Tuple2<Long, Example>> examples(Split split, Part part) {
    long[] firstRows = new long[surveys.size()];
    for (int p = 1; p < firstRows.length; p++) {
      firstRows[p] = firstRows[p - 1] + surveys.get(p - 1).rows();
    }
    return source.examples(split, part, firstRows);
  }
}
