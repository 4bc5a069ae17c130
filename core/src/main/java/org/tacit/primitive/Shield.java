package org.tacit.primitive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * A branch of a {@link Where}, with what it is not asked for kept out of its way: a primitive that
 * is not a number everywhere, such as a logarithm, gets {@link Differentiable#safe} in the place of
 * elements that the test gives to the other branch. So neither its value nor any derivative there
 * is infinite or not a number, and the zero that the test makes of it is one.
 *
 * <p>The test reaches what it stretches to: elementwise primitives behind the branch, those on the
 * columns of each row where the test has one column, and everything where it is 1 x 1.
 */
final class Shield {
  private final Var test;
  private final boolean isTaken;

  /** Of the first branch where {@code isTaken}, of the second otherwise. */
  Shield(Var test, boolean isTaken) {
    this.test = test;
    this.isTaken = isTaken;
  }

  Var of(Var branch) {
    Map<Node, Var> shielded = new HashMap<>();
    for (Node node : Program.ancestors(List.of(branch.node()))) {
      shielded.put(node, isReached(node) ? applied(node, shielded) : Var.of(node));
    }
    return shielded.get(branch.node());
  }

  /** Whether the node's elements belong to elements of the test, through all its inputs. */
  private boolean isReached(Node node) {
    boolean isRowLocal =
        node.operation() instanceof Elementwise || node.operation() instanceof Broadcast;
    boolean isAcross =
        node.operation() instanceof SumCols
            || node.operation() instanceof LogSumExp
            || node.operation() instanceof Softmax
            || node.operation() instanceof MaxCols
            || (node.operation() instanceof Concatenate parts && parts.side() == Side.COLS);
    Shape shape = test.shape();
    boolean isOne = shape.isScalar() && node.operation() instanceof Differentiable;
    return isOne || (stretchesTo(node) && (isRowLocal || (isAcross && shape.cols().isOne())));
  }

  private boolean stretchesTo(Node node) {
    Shape from = test.shape();
    Shape to = node.shape();
    return (from.rows().isOne() || from.rows().equals(to.rows()))
        && (from.cols().isOne() || from.cols().equals(to.cols()));
  }

  private Var applied(Node node, Map<Node, Var> shielded) {
    Differentiable primitive = (Differentiable) node.operation();
    List<Var> inputs = new ArrayList<>();
    boolean isSame = true;
    for (int i = 0; i < node.inputs().size(); i++) {
      Node input = node.inputs().get(i);
      OptionalDouble safe = primitive.safe(i);
      boolean isShielded = safe.isPresent() && stretchesTo(input);
      Var value = shielded.get(input);
      inputs.add(isShielded ? chosen(value, safe.getAsDouble()) : value);
      isSame &= inputs.get(i).node() == input;
    }
    return isSame ? Var.of(node) : Var.apply(primitive, inputs);
  }

  private Var chosen(Var value, double safe) {
    boolean isConstant = value.node().inputs().isEmpty() && value.shape().isScalar();
    Var other = Var.constant(safe);
    List<Var> branches = isTaken ? List.of(test, value, other) : List.of(test, other, value);
    return isConstant ? value : Var.apply(new Where(), branches);
  }
}
