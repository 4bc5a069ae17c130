package org.tacit.optimality;

import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Substitution;
import org.tacit.operator.Structure;
import org.tacit.primitive.Var;

/** A condition at theta = g(a user's parameters), made by {@link Condition#reparametrised}. */
record Reparametrised(int unknowns, int parameters, Structure structure, Parts parts)
    implements Condition {
  record Parts(Var residual, Optional<Var> objective) {}

  /** {@code condition} at {@code theta}, a program of an input "theta" of {@code parameters}. */
  static Condition of(Condition condition, int parameters, Var theta) {
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
            condition.objective().map(f -> Substitution.in(f, change)));
    return new Reparametrised(condition.unknowns(), parameters, condition.structure(), parts);
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
