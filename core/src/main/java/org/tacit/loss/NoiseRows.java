package org.tacit.loss;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.KeyWindow;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Steady;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A row of noise for each number in a column, rows x width: made of seed, number and component
 * alone, so that it is the same wherever and however often the row is read, and stored nowhere.
 */
record NoiseRows(Perturbed.Noise noise, long seed, int width) implements Steady, Kernel {
  static Var of(Perturbed.Noise noise, long seed, int width, Var numbers) {
    return Var.apply(new NoiseRows(noise, seed, width), List.of(numbers));
  }

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape numbers = inputs.get(0);
    Shape.require(numbers.cols().isOne(), "Invalid numbers: %s (must be one column)", numbers);
    return new Shape(numbers.rows(), Axis.of(width));
  }

  @Override
  public boolean accepts(int i, Storage storage) {
    return storage == Storage.DENSE || storage == Storage.KEY;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    for (int i = 0; i < output.rows(); i++) {
      long row = mix(mix(seed) + number(inputs[0], i));
      for (int j = 0; j < width; j++) {
        long component = mix(row + j);
        output.data()[output.at(i) + j] = noise.of(uniform(component), uniform(mix(component)));
      }
    }
  }

  private static long number(Operand numbers, int i) {
    return numbers instanceof KeyWindow keys
        ? keys.key(i)
        : (long) ((Dense) numbers).data()[((Dense) numbers).at(i)];
  }

  /** In (0, 1), the ends excluded. */
  private static double uniform(long bits) {
    return ((bits >>> 11) + 0.5) * 0x1.0p-53;
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), a bijection whose bits look random. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
