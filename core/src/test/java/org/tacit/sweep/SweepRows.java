package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.pass.InProcessTable;
import org.tacit.primitive.Rows;

/** Seeded rows for a loss, as one table, or as tables that hold a part of them. */
final class SweepRows {
  static final String FOLD = "fold";
  static final String ROW = "row";

  private final Loss loss;
  private final int n;
  private final int p;
  private final Storage storage;
  private final boolean isWeighted;
  private final boolean hasOffset;
  final double[] x;
  final double[] y;
  final int[] fold;
  final double[] weight;
  private final double[] offset;

  /** Folds 0 to 2 are of a half, a third and a sixth of the rows. */
  SweepRows(Loss loss, int n, int p, Storage storage, boolean isWeighted, boolean hasOffset) {
    this.loss = loss;
    this.n = n;
    this.p = p;
    this.storage = storage;
    this.isWeighted = isWeighted;
    this.hasOffset = hasOffset;
    this.x = new double[n * p];
    this.y = new double[n];
    this.fold = new int[n];
    this.weight = new double[n];
    this.offset = new double[n];
    Random random = new Random(41);
    for (int i = 0; i < n; i++) {
      double score = 0.2;
      for (int j = 0; j < p; j++) {
        boolean isZero = storage == Storage.CSR && random.nextInt(3) > 0;
        double value = isZero ? 0 : random.nextGaussian();
        x[i * p + j] = storage == Storage.FLOAT ? (float) value : value;
        score += x[i * p + j] * (j % 3 - 0.8) / Math.sqrt(p);
      }
      weight[i] = 0.5 + random.nextInt(3);
      offset[i] = hasOffset ? 0.3 * random.nextGaussian() : 0;
      y[i] = label(score + offset[i], random.nextGaussian());
      int sixth = random.nextInt(6);
      fold[i] = sixth < 3 ? 0 : sixth < 5 ? 1 : 2;
    }
  }

  private double label(double score, double noise) {
    return switch (loss.labels()) {
      case BINARY -> score + noise > 0 ? 1 : -1;
      case CLASSES -> score + noise > 0.7 ? 2 : score + noise > -0.5 ? 1 : 0;
      case NON_NEGATIVE -> Math.rint(Math.exp(0.5 * (score + noise)));
      case POSITIVE -> Math.exp(0.5 * (score + noise));
      case REAL -> score + 0.3 * noise;
    };
  }

  Schema schema() {
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field(Rows.FEATURES, p, storage));
    boolean isKey = loss.labels() == Labels.CLASSES;
    fields.add(new Schema.Field(Rows.LABEL, 1, isKey ? Storage.KEY : Storage.DENSE));
    if (isWeighted) {
      fields.add(new Schema.Field(Rows.WEIGHT, 1, Storage.DENSE));
    }
    if (hasOffset) {
      fields.add(new Schema.Field(Rows.OFFSET, 1, Storage.DENSE));
    }
    fields.add(new Schema.Field(FOLD, 1, Storage.KEY));
    fields.add(new Schema.Field(ROW, 1, Storage.KEY));
    return Schema.of(fields);
  }

  InProcessTable all() {
    return where(i -> true, 3);
  }

  /** Those of a fold, or those that are not, of one partition. */
  InProcessTable inFold(int k, boolean isHeldOut) {
    return where(i -> (fold[i] == k) == isHeldOut, 1);
  }

  private InProcessTable where(IntPredicate isIn, int partitions) {
    int[] rows = IntStream.range(0, n).filter(isIn).toArray();
    List<List<Block>> blocks = new ArrayList<>();
    for (int part = 0; part < partitions; part++) {
      int from = rows.length * part / partitions;
      int to = rows.length * (part + 1) / partitions;
      blocks.add(List.of(block(Arrays.copyOfRange(rows, from, to))));
    }
    return InProcessTable.of(schema(), blocks);
  }

  private Block block(int[] rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(features(rows));
    columns.add(
        loss.labels() == Labels.CLASSES
            ? Column.keys(Arrays.stream(rows).map(i -> (int) y[i]).toArray())
            : dense(rows, y));
    if (isWeighted) {
      columns.add(dense(rows, weight));
    }
    if (hasOffset) {
      columns.add(dense(rows, offset));
    }
    columns.add(Column.keys(Arrays.stream(rows).map(i -> fold[i]).toArray()));
    columns.add(Column.keys(rows));
    return new Block(rows.length, columns.toArray(new Column[0]));
  }

  private static Column dense(int[] rows, double[] of) {
    return Column.dense(rows.length, 1, Arrays.stream(rows).mapToDouble(i -> of[i]).toArray());
  }

  private Column features(int[] rows) {
    double[] values = new double[rows.length * p];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x, rows[i] * p, values, i * p, p);
    }
    if (storage == Storage.DENSE) {
      return Column.dense(rows.length, p, values);
    }
    if (storage == Storage.FLOAT) {
      float[] floats = new float[values.length];
      for (int e = 0; e < values.length; e++) {
        floats[e] = (float) values[e];
      }
      return Column.floats(rows.length, p, floats);
    }
    int[] starts = new int[rows.length + 1];
    int[] index = IntStream.range(0, values.length).filter(e -> values[e] != 0).toArray();
    for (int e : index) {
      starts[e / p + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    return Column.sparse(
        p,
        starts,
        Arrays.stream(index).map(e -> e % p).toArray(),
        Arrays.stream(index).mapToDouble(e -> values[e]).toArray());
  }

  /** The mean of their loss and one l2 penalty of all coefficients. */
  PenalisedModel ridge(boolean hasIntercept, int classes) {
    var form =
        new PenalisedModel.Form(
            loss, Average.MEAN, hasIntercept, PenaltyKind.L2, PenaltyScope.ALL, List.of(), false);
    return PenalisedModel.of(form, schema(), classes);
  }
}
