package org.tacit.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tacit.config.ConfigException;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.RowArrays;
import org.tacit.pass.Table;

/**
 * A small data set in memory: what the paper's experiments are of.
 *
 * @param features n x p
 * @param labels n x 1
 */
public record Samples(Matrix features, Matrix labels) {
  /** A file with a header and numbers; every column but the label's is a feature. */
  public static Samples ofCsv(String file, String label) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file));
    } catch (IOException unreadable) {
      throw new ConfigException(
          "Cannot read data " + file + " (must be a CSV file with a header)", unreadable);
    }
    int at = lines.isEmpty() ? -1 : Arrays.asList(lines.get(0).split(",", -1)).indexOf(label);
    if (at < 0) {
      throw new ConfigException(
          "Missing column %s in the header of %s (must be that of the labels)"
              .formatted(label, file));
    }
    double[][] features = new double[lines.size() - 1][];
    double[] labels = new double[lines.size() - 1];
    for (int i = 0; i < labels.length; i++) {
      double[] row = numbers(file, i + 2, lines.get(i + 1));
      labels[i] = row[at];
      IntStream others = IntStream.range(0, row.length).filter(j -> j != at);
      features[i] = others.mapToDouble(j -> row[j]).toArray();
    }
    return of(features, labels);
  }

  private static double[] numbers(String file, int line, String text) {
    try {
      return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException wrong) {
      throw new ConfigException(
          file + " line " + line + ": " + wrong.getMessage() + " (must be numbers)", wrong);
    }
  }

  /** Rows with their labels. */
  public static Samples of(double[][] rows, double[] labels) {
    int p = rows.length == 0 ? 0 : rows[0].length;
    double[] elements = new double[rows.length * p];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, elements, i * p, p);
    }
    return new Samples(Matrix.adopting(rows.length, p, elements), Matrix.column(labels));
  }

  /** How many there are. */
  public int count() {
    return features.rows();
  }

  /** Those of the given rows, in their order. */
  public Samples rows(List<Integer> rows) {
    Matrix transposed = features.transpose();
    double[][] chosen =
        rows.stream().map(i -> transposed.columnAt(i).toArray()).toArray(double[][]::new);
    double[] theirs = rows.stream().mapToDouble(labels::at).toArray();
    return of(chosen, theirs);
  }

  /** The mean row of each label 0, 1, ..., classes - 1: classes x p. */
  Matrix means(int classes) {
    double[] counts = new double[classes];
    for (int i = 0; i < count(); i++) {
      counts[(int) labels.at(i)]++;
    }
    double[] weights = new double[classes * count()];
    for (int i = 0; i < count(); i++) {
      int label = (int) labels.at(i);
      weights[label * count() + i] = 1 / counts[label];
    }
    return Matrix.adopting(classes, count(), weights).times(features);
  }

  /** The part of them whose largest score is their label's; scores are rows x classes. */
  double accuracy(Matrix scores) {
    Matrix byRow = scores.transpose();
    long right = 0;
    for (int i = 0; i < count(); i++) {
      double[] own = byRow.columnAt(i).toArray();
      double best = Arrays.stream(own).max().orElseThrow();
      right += own[(int) labels.at(i)] == best ? 1 : 0;
    }
    return right / (double) count();
  }

  /** A shuffle by seed cut into parts of these fractions, which add up to at most 1. */
  public List<Samples> split(long seed, double... fractions) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    List<Samples> parts = new ArrayList<>();
    int from = 0;
    double sum = 0;
    for (double fraction : fractions) {
      sum += fraction;
      int to = (int) Math.min(count(), Math.round(sum * count()));
      parts.add(rows(order.subList(from, to)));
      from = to;
    }
    return parts;
  }

  /** The features over the largest of them: pixels between 0 and 1. */
  Samples ofLargestOne() {
    return new Samples(features.times(1 / features.maxAbs()), labels);
  }

  /** The features of mean 0 and deviation 1, by means and deviations of {@code of}. */
  public Samples standardisedLike(Samples of) {
    double[] elements = features.toArray();
    int n = count();
    int p = features.cols();
    for (int j = 0; j < p; j++) {
      double[] theirs = of.features.columnAt(j).toArray();
      double mean = Arrays.stream(theirs).average().orElse(0);
      double variance = Arrays.stream(theirs).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      double deviation = variance > 0 ? Math.sqrt(variance) : 1;
      for (int i = j; i < n * p; i += p) {
        elements[i] = (elements[i] - mean) / deviation;
      }
    }
    return new Samples(Matrix.adopting(n, p, elements), labels);
  }

  /** Tables of so many rows in turn, the last one of what is left. */
  List<Table> batches(int size) {
    List<Table> batches = new ArrayList<>();
    for (int from = 0; from < count(); from += size) {
      int to = Math.min(count(), from + size);
      batches.add(new Samples(features.rows(from, to), labels.rows(from, to)).table());
    }
    return batches;
  }

  /** A table of them, with columns features and label. */
  public InProcessTable table() {
    RowArrays arrays = arrays();
    return InProcessTable.of(arrays.schema(), arrays.blocks().stream().map(List::of).toList());
  }

  /** The same with a key column {@code number} beside them: 0, 1, ... */
  public InProcessTable numberedTable(String number) {
    RowArrays arrays = arrays();
    List<List<Block>> partitions = new ArrayList<>();
    int next = 0;
    for (Block block : arrays.blocks()) {
      int first = next;
      int[] keys = new int[block.rows()];
      Arrays.setAll(keys, i -> first + i);
      partitions.add(List.of(block.with(List.of(Column.keys(keys)))));
      next += keys.length;
    }
    Schema.Field key = new Schema.Field(number, 1, Storage.KEY);
    return InProcessTable.of(arrays.schema().with(List.of(key)), partitions);
  }

  private RowArrays arrays() {
    double[][] rows = new double[count()][];
    Matrix transposed = features.transpose();
    Arrays.setAll(rows, i -> transposed.columnAt(i).toArray());
    return RowArrays.of(rows, labels.toArray());
  }
}
