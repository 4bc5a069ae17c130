package org.tacit.loss;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** The samples of a Monte-Carlo mean. Equal draws give equal noise: common random numbers. */
public sealed interface Draws {
  /** The column of {@link #table} that numbers the samples. */
  String NUMBER = "number";

  /**
   * A sample for each row of a table that numbers them, for one vector of scores 1 x d: the mean is
   * a sum over rows, so it is one pass however many samples there are.
   */
  static Draws overRows(Var numbers, long seed) {
    return new OverRows(numbers, seed);
  }

  /**
   * {@code samples} samples for each row of scores, rows x d, made of the row's own number: the
   * mean is local to the row. The program grows with the samples.
   */
  static Draws forEachRow(Var numbers, int samples, long seed) {
    Bound.atLeastOne("samples", samples);
    return new ForEachRow(numbers, samples, seed);
  }

  /** A table of the numbers 0 to samples - 1, in this JVM; a table on Spark does as well. */
  static Table table(int samples, int partitions) {
    Bound.atLeastOne("samples", samples);
    Bound.atLeastOne("partitions", partitions);
    Schema schema = Schema.of(new Schema.Field(NUMBER, 1, Storage.KEY));
    List<List<Block>> blocks =
        IntStream.range(0, partitions)
            .mapToObj(
                p -> {
                  int from = (int) ((long) p * samples / partitions);
                  int to = (int) ((p + 1L) * samples / partitions);
                  int[] numbers = IntStream.range(from, to).toArray();
                  return List.of(new Block(to - from, Column.keys(numbers)));
                })
            .toList();
    return InProcessTable.of(schema, blocks);
  }

  /** The noise of each sample, of as many columns as the scores have. */
  List<Var> noise(Noise noise, int width);

  /** The mean of a value of each sample. */
  Var mean(List<Var> values);

  /** Samples that are rows. */
  record OverRows(Var numbers, long seed) implements Draws {
    @Override
    public List<Var> noise(Noise noise, int width) {
      return List.of(NoiseRows.of(noise, seed, width, numbers));
    }

    @Override
    public Var mean(List<Var> values) {
      return values.get(0).meanRows();
    }
  }

  /** Samples of each row. */
  record ForEachRow(Var numbers, int samples, long seed) implements Draws {
    @Override
    public List<Var> noise(Noise noise, int width) {
      Var wide = NoiseRows.of(noise, seed, width * samples, numbers);
      return IntStream.range(0, samples)
          .mapToObj(k -> wide.slice(Side.COLS, k * width, (k + 1) * width))
          .toList();
    }

    @Override
    public Var mean(List<Var> values) {
      return values.stream().reduce(Var::plus).orElseThrow().divide(samples);
    }
  }
}
