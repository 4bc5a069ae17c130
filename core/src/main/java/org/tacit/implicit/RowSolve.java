package org.tacit.implicit;

import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;

/** A primitive that solves a {@link RowEquation}; its first input is where it starts. */
interface RowSolve extends Nested, Kernel {
  /** What is solved; known where programs are made, not where they run. */
  RowEquation equation();

  /** Solves from {@code z}, which is the first of the arguments, in place. */
  void solve(Dense z, Operand[] arguments);

  @Override
  default boolean hasKinks() {
    return equation().hasKinks();
  }

  @Override
  default void evaluate(Operand[] inputs, Dense output) {
    inputs[0].copyTo(output);
    Operand[] arguments = inputs.clone();
    arguments[0] = output;
    solve(output, arguments);
  }
}
