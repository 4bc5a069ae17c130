package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.matrix.Storage;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * A dense copy of a value in any storage, put before a primitive that reads only dense ones, and
 * where a column is kept as another. Internal to plans.
 */
record Copy() implements Kernel {
  @Override
  public boolean accepts(int i, Storage storage) {
    return true;
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
  }
}
