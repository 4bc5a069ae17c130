package org.tacit.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

class NodeTest {
  private final Var x = Var.input("x", Shape.of(3, 1));

  @Test
  void sameExpressionIsTheSameNode() {
    assertThat(x.exp().times(x).sum()).isEqualTo(x.exp().times(x).sum());
    assertThat(Var.input("x", Shape.of(3, 1)).node()).isSameAs(x.node());
    assertThat(Var.constant(Matrix.column(1, 2)).node())
        .isSameAs(Var.constant(Matrix.column(1, 2)).node());
    assertThat(x.pow(3).node()).isSameAs(x.pow(3).node());
  }

  @Test
  void differentExpressionsAreDifferentNodes() {
    Var y = Var.input("y", Shape.of(3, 1));
    assertThat(x).isNotEqualTo(y).isNotEqualTo(Var.input("x", Shape.of(4, 1)));
    assertThat(x.divide(y)).isNotEqualTo(y.divide(x));
    assertThat(x.pow(3)).isNotEqualTo(x.pow(2));
    assertThat(Var.constant(0.0).node()).isNotSameAs(Var.constant(-0.0).node());
  }

  @Test
  void commonPartsAreOneNodeOfAProgram() {
    Var shared = x.exp();
    Program program = Program.of("y", shared.plus(shared.sin()).node());
    assertThat(program.nodes()).hasSize(4).doesNotHaveDuplicates();
  }

  /** A whole expression goes in one collection, however deep it is. */
  @Test
  void expressionsThatNobodyHoldsAreCollected() {
    List<WeakReference<Node>> chain = new ArrayList<>();
    Var y = Var.input("only here", Shape.of(3, 1));
    for (int depth = 0; depth < 100; depth++) {
      chain.add(new WeakReference<>(y.node()));
      y = y.sin();
    }
    assertThat(chain).noneMatch(node -> node.get() == null);
    assertThat(y.shape()).isEqualTo(Shape.of(3, 1));
    y = null;
    System.gc();
    assertThat(chain).allMatch(node -> node.get() == null);
  }
}
