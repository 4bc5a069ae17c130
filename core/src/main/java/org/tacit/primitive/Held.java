package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/** A value that derivatives do not look behind: itself, with derivative zero. */
record Held() implements Steady, Kernel {
  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
  }
}
