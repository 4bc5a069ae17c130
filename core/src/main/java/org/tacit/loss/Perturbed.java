package org.tacit.loss;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Table;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/**
 * A linear programme max_y &lt;y, s&gt; over the vertices y of a set, smoothed by noise in its
 * scores:
 *
 * <pre>
 *   F(s) = E max_y &lt;y, s + epsilon Z&gt;,     y(s) = grad F(s) = E argmax_y &lt;y, s + epsilon Z&gt;,
 *   dy(s) = 1/epsilon E [argmax_y &lt;y, s + epsilon Z&gt; grad nu(Z)'],
 * </pre>
 *
 * where Z has the density exp(-nu). Means are over given draws, and derivatives are the formulas
 * above on the same draws, to every order. The score s + epsilon Z of a sample is held while its
 * density moves: a sample's value is weighed by w = exp(l - held l), which is 1, for the log
 * density l of its score. With a control variate, argmax - argmax(s) is weighed instead, of the
 * same mean, and of less spread where the noise is small against the gaps between vertices. Epsilon
 * is a constant. Source: Berthet, Blondel, Teboul, Cuturi, Vert and Bach, Learning with
 * differentiable perturbed optimizers, 2020, sections 2 to 4.
 */
public final class Perturbed {
  private final UnaryOperator<Var> argmax;
  private final Noise noise;
  private final double epsilon;
  private final boolean isControlled;

  private Perturbed(UnaryOperator<Var> argmax, Noise noise, double epsilon, boolean isControlled) {
    Bound.positive("epsilon", epsilon);
    this.argmax = argmax;
    this.noise = noise;
    this.epsilon = epsilon;
    this.isControlled = isControlled;
  }

  /**
   * The perturbed form of an argmax of rows, n x d to n x d, whose derivatives are not asked for.
   */
  public static Perturbed of(UnaryOperator<Var> argmax, Noise noise, double epsilon) {
    return new Perturbed(argmax, noise, epsilon, false);
  }

  /** The same with the unperturbed argmax as control variate. */
  public Perturbed withControlVariate() {
    return new Perturbed(argmax, noise, epsilon, true);
  }

  /** The vertex of each row's largest element: 1 there, 0 elsewhere; ties share. */
  public static Var largest(Var rows) {
    Var reached = rows.equalTo(rows.maxCols());
    return reached.divide(reached.sumCols());
  }

  /** y(s), of the shape of the scores: 1 x d for samples over rows, else rows x d. */
  public Var argmax(Var scores, Draws draws) {
    return draws.mean(samples(scores, draws).stream().map(Sample::vertex).toList());
  }

  /** F(s), with the gradient {@link #argmax}: 1 x 1 for samples over rows, else rows x 1. */
  public Var max(Var scores, Draws draws) {
    return loss(scores, Var.zero(scores.shape()), draws);
  }

  /**
   * The Fenchel-Young loss F(s) - &lt;s, target&gt;, up to a constant of the target, with the
   * gradient argmax - target.
   */
  public Var loss(Var scores, Var target, Draws draws) {
    List<Var> values = new ArrayList<>();
    Var finite = unmasked(scores);
    for (Sample sample : samples(scores, draws)) {
      Var kick = sample.noise.times(epsilon);
      values.add(
          Envelope.of(
              sample.vertex, y -> y.minus(target).times(finite).plus(y.times(kick)).sumCols()));
    }
    return draws.mean(values);
  }

  /** A sample's noise, and its vertex weighed by the moving density of its held score. */
  private record Sample(Var noise, Var vertex) {}

  private List<Sample> samples(Var scores, Draws draws) {
    List<Sample> samples = new ArrayList<>();
    Var finite = unmasked(scores);
    for (Var z : draws.noise(noise, scores.shape().width())) {
      Var held = scores.plus(z.times(epsilon)).held();
      Var moving = z.plus(finite.held().minus(finite).divide(epsilon));
      Var logDensity = noise.nu(moving).sumCols().negate();
      Var weight = logDensity.minus(logDensity.held()).exp();
      samples.add(new Sample(z, weighed(weight, scores, held)));
    }
    return samples;
  }

  /** The scores with 0 for those of -infinity, which mask their components. */
  private static Var unmasked(Var scores) {
    Var masked = Var.constant(Double.NEGATIVE_INFINITY);
    return Var.where(scores.greaterThan(masked), scores, Var.constant(0));
  }

  private Var weighed(Var weight, Var scores, Var held) {
    Var vertex = argmax.apply(held);
    if (!isControlled) {
      return weight.times(vertex);
    }
    Var centre = argmax.apply(scores).held();
    return weight.times(vertex.minus(centre)).plus(centre);
  }

  /** Noise of mean zero with a density proportional to exp(-nu(z)), each component by itself. */
  public enum Noise {
    /** nu(z) = z^2 / 2; variance 1. */
    NORMAL,
    /**
     * nu(z) = w + exp(-w) with w = z + 0.5772..., Euler's constant, which moves the mean to zero;
     * variance pi^2 / 6. An argmax over the simplex then has the mean softmax(s / epsilon), and a
     * maximum epsilon log(sum(exp(s / epsilon))).
     */
    GUMBEL;

    private static final double EULER = 0.5772156649015329;

    /** A draw from two uniform numbers in (0, 1). */
    double of(double u, double v) {
      return switch (this) {
        case NORMAL -> Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
        case GUMBEL -> -Math.log(-Math.log(u)) - EULER;
      };
    }

    /** nu of each component. */
    Var nu(Var z) {
      Var w = z.plus(EULER);
      return this == NORMAL ? z.square().times(0.5) : w.plus(w.negate().exp());
    }
  }

  /** The samples of a Monte-Carlo mean. Equal draws give equal noise: common random numbers. */
  public sealed interface Draws {
    /** The column of {@link #table} that numbers the samples. */
    String NUMBER = "number";

    /**
     * A sample for each row of a table that numbers them, for one vector of scores 1 x d: the mean
     * is a sum over rows, so it is one pass however many samples there are.
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
    List<Var> noise(Perturbed.Noise noise, int width);

    /** The mean of a value of each sample. */
    Var mean(List<Var> values);

    /** Samples that are rows. */
    record OverRows(Var numbers, long seed) implements Draws {
      @Override
      public List<Var> noise(Perturbed.Noise noise, int width) {
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
      public List<Var> noise(Perturbed.Noise noise, int width) {
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
}
