package org.tacit.pass;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.program.Primitive;

/**
 * A primitive on replicated values that runs passes of its own to be evaluated, such as the
 * solution of a condition.
 */
public interface PassPrimitive extends Primitive {
  /** The values for each instance's inputs, in order; instances may share passes. */
  List<Matrix> evaluate(Passes passes, List<List<Matrix>> instances);
}
