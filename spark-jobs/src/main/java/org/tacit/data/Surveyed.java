package org.tacit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A source with what its survey found, added up over partitions. */
record Surveyed(Opened source, List<Survey> surveys) {
  private static final int SHOWN = 5;

  Surveyed {
    surveys = List.copyOf(surveys);
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
    for (int p = 0; p < surveys.size(); p++) {
      for (Survey.Fault fault : surveys.get(p).faults()) {
        if (faults.size() < SHOWN) {
          faults.add(place(p, fault.line()) + ": " + fault.objection());
        }
      }
    }
    return faults;
  }

  /** How the first bad row begins. */
  String firstBadRow() {
    return surveys.stream()
        .flatMap(survey -> survey.faults().stream())
        .findFirst()
        .orElseThrow()
        .start();
  }

  /** The feature columns that have text in every row. */
  List<String> textColumns() {
    Map<String, Long> rows = new TreeMap<>();
    for (Survey survey : surveys) {
      survey.textRows().forEach((column, count) -> rows.merge(column, count, Long::sum));
    }
    return rows.keySet().stream().filter(column -> rows.get(column) == rows()).toList();
  }

  /** Where the largest label is. */
  String placeOfLargestLabel() {
    double largest = largestLabel();
    for (int p = 0; p < surveys.size(); p++) {
      if (surveys.get(p).largestLabel() == largest) {
        return place(p, surveys.get(p).largestLabelLine());
      }
    }
    throw new IllegalStateException("No partition has the largest label " + largest);
  }

  /** File and line of a line counted from 0 in its partition. */
  private String place(int partition, long line) {
    long before = 0;
    for (int p = partition; p > 0 && !surveys.get(p).origin().isStart(); p--) {
      before += surveys.get(p - 1).lines();
    }
    return surveys.get(partition).origin().place(before + line);
  }
}
