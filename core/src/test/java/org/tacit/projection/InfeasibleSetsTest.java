package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;

class InfeasibleSetsTest {
  private static final Var MINUS = Var.input("minus", Shape.SCALAR);

  private static void refuses(Projection set, String message) {
    Var x = Var.input("x", Shape.of(2, 2));
    assertThatThrownBy(
            () ->
                Passes.over(Map.of())
                    .evaluate(
                        Program.of("y", set.of(x).node()),
                        Map.of("x", Matrix.of(2, 2, 1, 2, 3, 4), "minus", Matrix.scalar(-1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void negativeSizesAreRefused() {
    refuses(
        Projection.ontoSimplex(Extent.WHOLE, MINUS),
        "Invalid total of a simplex: -1.0 (must be >= 0.0)");
    refuses(
        Projection.ontoKlSimplex(Extent.ROWS, MINUS),
        "Invalid total of a simplex: -1.0 (must be >= 0.0)");
    refuses(
        Projection.ontoL1Ball(Extent.ROWS, MINUS),
        "Invalid radius of an l1 sphere: -1.0 (must be >= 0.0)");
    refuses(
        Projection.ontoL2Ball(Extent.ROWS, MINUS),
        "Invalid radius of an l2 ball: -1.0 (must be >= 0.0)");
    refuses(
        Projection.ontoLInfinityBall(MINUS),
        "Invalid radius of an l-infinity ball: -1.0 (must be >=");
  }

  @Test
  void emptySetsAreRefused() {
    Var one = Var.constant(1);
    refuses(
        Projection.ontoBox(one, MINUS),
        "Invalid upper bound of a box, not below its lower bound: -1.0 (must be >= 1.0)");
    refuses(
        Projection.ontoCappedSimplex(Extent.WHOLE, one, Var.constant(9).times(MINUS).negate()),
        "Invalid total of a box section: 9.0 (must be in [0.0, 4.0], what the bounds allow)");
    refuses(
        Projection.ontoAffineSet(
            Var.constant(Matrix.of(2, 2, 1, 2, 2, 4)), Var.constant(Matrix.column(1, 3))),
        "Inconsistent equalities: row 1");
    Var margin = Var.constant(Matrix.column(1, 1));
    refuses(
        Projection.ontoTransport(margin, margin.times(2)),
        "Invalid margins: rows sum to 2.0, columns to 4.0");
    refuses(
        Projection.ontoHyperplane(Extent.WHOLE, MINUS.times(0), one),
        "Invalid squared length of a normal: 0.0");
  }

  @Test
  void polyhedraWithoutAPointAreRefused() {
    Var x = Var.input("x", Shape.of(2, 1));
    Var one = Var.constant(Matrix.of(1, 2, 1, 1));
    Var both = Var.constant(Matrix.of(2, 2, 1, 0, 0, 1));
    var set =
        Projection.ontoPolyhedron(one, Var.constant(3), both, Var.constant(Matrix.column(1, 1)));
    assertThatThrownBy(() -> OnDriver.value(set.of(x), Map.of("x", Matrix.column(0, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Empty polyhedron: constraint ");
  }

  @Test
  void matricesThatAreNotSymmetricAreRefused() {
    refuses(
        Projection.ontoPsdCone(), "Invalid symmetric matrix: it differs from its transpose by 1.0");
  }
}
