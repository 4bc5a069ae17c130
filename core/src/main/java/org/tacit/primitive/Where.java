package org.tacit.primitive;

import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;

/**
 * The second input's element where the first's is not zero, the third's elsewhere. Linear in the
 * last two together.
 */
record Where() implements Linear, Kinked, Elementwise {
  @Override
  public boolean linearIn(int i) {
    return i > 0;
  }

  @Override
  public Var transpose(int i, List<Var> inputs, Var cotangent) {
    Var zero = Var.constant(0);
    Var chosen =
        i == 1
            ? Var.where(inputs.get(0), cotangent, zero)
            : Var.where(inputs.get(0), zero, cotangent);
    return chosen.sumTo(inputs.get(i).shape());
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    Dense test = (Dense) inputs[0];
    Dense yes = (Dense) inputs[1];
    Dense no = (Dense) inputs[2];
    for (int i = 0; i < output.rows(); i++) {
      for (int j = 0; j < output.cols(); j++) {
        Dense chosen = test.stretched(i, j) != 0 ? yes : no;
        output.data()[output.at(i) + j] = chosen.stretched(i, j);
      }
    }
  }

  @Override
  public String kink() {
    return "the test of a choice is 0";
  }

  @Override
  public boolean switchesBy(int i) {
    return i == 0;
  }

  @Override
  public boolean isElementwise() {
    return true;
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    for (int i = 0; i < value.rows(); i++) {
      for (int j = 0; j < value.cols(); j++) {
        double test = ((Dense) inputs[0]).stretched(i, j);
        margins.set(i, j, test, Math.abs(test), test == 0 ? 0 : 1);
      }
    }
  }
}
