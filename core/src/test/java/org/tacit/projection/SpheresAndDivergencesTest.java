package org.tacit.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** What is not a Euclidean projection on a convex set, and so has fewer laws. */
class SpheresAndDivergencesTest {
  private static MapCase sized(Function<Var, Projection> set, Random random) {
    return new MapCase(
        v -> set.apply(v.get(1)).of(v.get(0)),
        List.of(Draw.normal(6, 1).from(random), Draw.number(0.5, 2).from(random)),
        List.of(Draw.normal(6, 1).from(random), Draw.number(0.5, 2).from(random)));
  }

  @Test
  void spheresHaveTheirRadius() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      MapCase l1 = sized(r -> Projection.ontoL1Sphere(Extent.WHOLE, r), random);
      MapCase l2 = sized(r -> Projection.ontoL2Sphere(Extent.WHOLE, r), random);
      double size = l1.value().map(Math::abs).dot(Matrix.filled(6, 1, 1));
      assertThat(size - l1.arguments().get(1).value()).isBetween(-1e-13, 1e-13);
      assertThat(l2.value().norm() - l2.arguments().get(1).value()).isBetween(-1e-13, 1e-13);
      assertThat(l1.failure(random)).isLessThan(1e-6);
      assertThat(l2.failure(random)).isLessThan(1e-6);
    }
  }

  @Test
  void sparseSimplexKeepsTheLargest() {
    Matrix x = Matrix.column(0.3, 2, -1, 1.7, 1.6, 0);
    MapCase sparse =
        new MapCase(
            v -> Projection.ontoSparseSimplex(Extent.WHOLE, 2, v.get(1)).of(v.get(0)),
            List.of(x, Matrix.scalar(1)),
            List.of(Matrix.column(1, -2, 3, 4, 5, 6), Matrix.scalar(0.4)));
    assertThat(sparse.value().minus(Matrix.column(0, 0.65, 0, 0.35, 0, 0)).norm())
        .isLessThan(1e-14);
    assertThat(sparse.failure(new Random(1))).isLessThan(1e-6);
  }

  @Test
  void entropicPlansMeetTheirMarginsAndMoveWithThem() {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      MapCase plan =
          new MapCase(
              v -> Projection.ontoKlTransport(v.get(1), v.get(2)).of(v.get(0)),
              List.of(
                  Draw.normal(3, 4).from(random),
                  Draw.between(0.5, 1.5, 3, 1).summingTo(4).from(random),
                  Draw.between(0.5, 1.5, 4, 1).summingTo(4).from(random)),
              List.of(
                  Draw.normal(3, 4).from(random),
                  Draw.normal(3, 1).summingTo(0).from(random),
                  Draw.normal(4, 1).summingTo(0).from(random)));
      Matrix p = plan.value();
      assertThat(p.times(Matrix.filled(4, 1, 1)).minus(plan.arguments().get(1)).norm())
          .isLessThan(1e-12);
      assertThat(p.transpose().times(Matrix.filled(3, 1, 1)).minus(plan.arguments().get(2)).norm())
          .isLessThan(1e-12);
      assertThat(plan.failure(random)).isLessThan(1e-6);
    }
  }

  /** Their plans were wrong by 6e-2 in the other rows. */
  @Test
  void entropicPlansWithAnEmptyMarginAreRefused() {
    MapCase plan =
        new MapCase(
            v -> Projection.ontoKlTransport(v.get(1), v.get(2)).of(v.get(0)),
            List.of(
                Draw.normal(3, 2).from(new Random(1)),
                Matrix.column(1, 0, 2),
                Matrix.column(1.5, 1.5)),
            List.of(Matrix.zeros(3, 2), Matrix.zeros(3, 1), Matrix.zeros(2, 1)));
    assertThatThrownBy(plan::value)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid margin of an entropic plan: 0.0 at 1 (must be > 0; leave");
  }
}
