package org.tacit.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tacit.matrix.Dense;
import org.tacit.matrix.MaskedWeights;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Masked;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Shape;

/**
 * {@link Masked} as one loop, which reads x once; as products of two it reads and writes numbers of
 * all rows and instances four times. The bits are the same.
 */
record MaskedProduct(boolean hasInstance, boolean hasRow, boolean isEqual) implements Kernel {
  /** In the place of a node, if it is such a product. */
  static Node fused(Node node, Predicate<Node> isWide) {
    return Masked.of(node, isWide).map(MaskedProduct::of).orElse(node);
  }

  private static Node of(Masked product) {
    List<Node> inputs = new ArrayList<>();
    inputs.add(product.x());
    product.byInstance().ifPresent(inputs::add);
    product.byRow().ifPresent(inputs::add);
    inputs.add(product.instanceKey());
    inputs.add(product.rowKey());
    return Node.of(
        new MaskedProduct(
            product.byInstance().isPresent(), product.byRow().isPresent(), product.isEqual()),
        inputs);
  }

  /** As a user has written it, who is told where NaN was met. */
  @Override
  public String name() {
    return "times";
  }

  @Override
  public boolean widens(List<Shape> inputs, boolean[] grouped) {
    return true;
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    int at = 1;
    Dense x = (Dense) inputs[0];
    Optional<Dense> instance = hasInstance ? Optional.of((Dense) inputs[at++]) : Optional.empty();
    Optional<Dense> row = hasRow ? Optional.of((Dense) inputs[at++]) : Optional.empty();
    new MaskedWeights(instance, row, (Dense) inputs[at], (Dense) inputs[at + 1], isEqual)
        .times(x, output);
  }
}
