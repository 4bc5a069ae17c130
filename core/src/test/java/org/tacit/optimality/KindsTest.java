package org.tacit.optimality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.projection.Prox;

/** What a condition is stays with it in other parameters, and is what its problem is. */
class KindsTest {
  private static final Parameters<Var> TWO = Parameters.vector(2);
  private static final Matrix X = Matrix.column(0.3, 0.7);
  private static final Matrix THETA = Matrix.column(0.4, 1.5);

  private static Var squares(Var x, Var theta) {
    return x.minus(theta.square()).square().sum();
  }

  static Stream<Condition> conditions() {
    return Stream.of(
        Root.of(TWO, TWO, (Var x, Var theta) -> x.exp().minus(theta)),
        Stationarity.ofStronglyConvex(TWO, TWO, KindsTest::squares),
        LeastSquares.of(TWO, TWO, (Var x, Var theta) -> x.exp().times(theta).minus(1)),
        ProximalGradient.of(
            2, 2, KindsTest::squares, (point, theta, eta) -> Prox.lasso(theta).of(point, eta), 0.1),
        MirrorDescent.ofSimplex(2, 2, KindsTest::squares, 0.1),
        Kkt.of(
                Parameters.vector(1),
                TWO,
                (Var z, Var theta) -> squares(z, theta.slice(Side.ROWS, 0, 1)))
            .withInequalities((z, theta) -> z.minus(theta.slice(Side.ROWS, 1, 2))));
  }

  @Test
  void everyKindHasACondition() {
    List<Class<?>> kinds = conditions().<Class<?>>map(c -> c.kind().getClass()).toList();
    assertThat(kinds).containsExactlyInAnyOrder(Condition.Kind.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void otherParametersKeepAllThatIsKnown(Condition condition) {
    Condition other =
        condition.reparametrised(Parameters.vector(3), p -> p.slice(Side.ROWS, 0, 2).times(2));
    Matrix theirs = Matrix.column(THETA.at(0) / 2, THETA.at(1) / 2, 9);
    List<Optional<Var>> parts = parts(condition);
    List<Optional<Var>> others = parts(other);
    assertThat(other.kind()).hasSameClassAs(condition.kind());
    for (int k = 0; k < parts.size(); k++) {
      assertThat(value(others.get(k), theirs)).isEqualTo(value(parts.get(k), THETA));
    }
    assertThat(parts.stream().flatMap(Optional::stream).count()).isPositive();
  }

  /** All that a kind may tell, in the condition's symbols. */
  private static List<Optional<Var>> parts(Condition condition) {
    Var v = Var.constant(Matrix.column(1, -2));
    Var one = Var.constant(1);
    return List.of(
        Optional.of(condition.residual()),
        condition.kind().objective(),
        condition.kind().complementarity(),
        condition.as(Condition.Squares.class).map(f -> f.products().apply(v)),
        condition.as(Composite.class).map(Composite::gradient),
        condition.as(Composite.class).map(c -> c.prox().of(condition.x(), condition.theta(), one)),
        condition.as(Mirror.class).map(Mirror::gradient),
        condition
            .as(Mirror.class)
            .map(m -> m.map().of(condition.x(), condition.x(), one, condition.theta())));
  }

  private static Optional<Matrix> value(Optional<Var> part, Matrix theta) {
    return part.map(
        var ->
            Passes.none()
                .evaluate(Program.of("y", var.node()), Map.of("x", X, "theta", theta))
                .get("y"));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void aProblemIsWhatItsConditionIs(Condition condition) {
    Problem problem = ReadyCondition.of(condition).at(Passes.none(), THETA);
    assertThat(problem.as(Problem.Squares.class).isPresent())
        .isEqualTo(condition.as(Condition.Squares.class).isPresent());
    assertThat(problem.as(CompositeProblem.class).isPresent())
        .isEqualTo(condition.as(Composite.class).isPresent());
    assertThat(problem.as(MirrorProblem.class).isPresent())
        .isEqualTo(condition.as(Mirror.class).isPresent());
    assertThat(problem.as(Problem.Constraints.class))
        .isEqualTo(
            condition.as(Condition.Constrained.class).map(Condition.Constrained::constraints));
    assertThat(problem.evaluate(X).value().isPresent())
        .isEqualTo(condition.kind().objective().isPresent());
  }
}
