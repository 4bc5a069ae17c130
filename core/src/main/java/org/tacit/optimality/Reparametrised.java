package org.tacit.optimality;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tacit.autodiff.Substitution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/** A condition at theta = g(a user's parameters), made by {@link Condition#reparametrised}. */
record Reparametrised(Matrix start, Parameters<?> layout, Structure structure, Parts parts)
    implements Condition {
  record Parts(
      Var residual,
      Optional<Var> objective,
      Optional<Composite> composite,
      Optional<Var> complementarity,
      Optional<Mirror> mirror,
      Optional<Constraints> constraints,
      Function<Var, Optional<Var>> gaussNewton) {}

  /** {@code condition} at {@code theta}, a program of an input "theta" of this layout. */
  static Condition of(Condition condition, Parameters<?> layout, Var theta) {
    if (!theta.shape().equals(condition.theta().shape())) {
      throw new IllegalArgumentException(
          "Invalid parameter map: it gives "
              + theta.shape()
              + " (must be "
              + condition.theta().shape()
              + ")");
    }
    Map<Var, Var> change = Map.of(condition.theta(), theta);
    Parts parts =
        new Parts(
            Substitution.in(condition.residual(), change),
            condition.objective().map(f -> Substitution.in(f, change)),
            condition.composite().map(c -> moved(c, change, condition.theta(), theta)),
            condition.complementarity().map(q -> Substitution.in(q, change)),
            condition.mirror().map(m -> moved(m, change, condition.theta(), theta)),
            condition.constraints(),
            v -> condition.gaussNewton(v).map(p -> Substitution.in(p, change)));
    return new Reparametrised(condition.start(), layout, condition.structure(), parts);
  }

  private static Composite moved(Composite parts, Map<Var, Var> change, Var oldTheta, Var theta) {
    return new Composite(
        Substitution.in(parts.objective(), change),
        Substitution.in(parts.gradient(), change),
        Substitution.in(parts.step(), change),
        (point, newTheta, eta) ->
            Substitution.in(parts.prox().of(point, oldTheta, eta), Map.of(oldTheta, theta)),
        parts.curvature(),
        parts.blocks());
  }

  private static Mirror moved(Mirror parts, Map<Var, Var> change, Var oldTheta, Var theta) {
    return new Mirror(
        Substitution.in(parts.objective(), change),
        Substitution.in(parts.gradient(), change),
        Substitution.in(parts.eta(), change),
        (x, gradient, eta, newTheta) ->
            Substitution.in(parts.map().of(x, gradient, eta, oldTheta), Map.of(oldTheta, theta)));
  }

  @Override
  public int unknowns() {
    return start.rows();
  }

  @Override
  public int parameters() {
    return layout.size();
  }

  @Override
  public Optional<Var> gaussNewton(Var v) {
    return parts.gaussNewton().apply(v);
  }

  @Override
  public Optional<Mirror> mirror() {
    return parts.mirror();
  }

  @Override
  public Optional<Constraints> constraints() {
    return parts.constraints();
  }

  @Override
  public Optional<Composite> composite() {
    return parts.composite();
  }

  @Override
  public Optional<Var> complementarity() {
    return parts.complementarity();
  }

  @Override
  public Var residual() {
    return parts.residual();
  }

  @Override
  public Optional<Var> objective() {
    return parts.objective();
  }
}
