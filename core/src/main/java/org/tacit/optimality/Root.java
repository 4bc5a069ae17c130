package org.tacit.optimality;

import java.util.function.BiFunction;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;

/**
 * Any equation F(x, theta) = 0 with as many components as unknowns, as the user writes it. Source:
 * arXiv 2105.15183, section 2.1.
 */
public final class Root {
  private Root() {}

  /** The equation F = 0 with no promise on its Jacobian. */
  public static <X, T> Condition of(Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> f) {
    return of(x, theta, Structure.GENERAL, f);
  }

  /** The equation F = 0 whose Jacobian in x keeps {@code structure} near the root. */
  public static <X, T> Condition of(
      Parameters<X> x, Parameters<T> theta, Structure structure, BiFunction<X, T, Var> f) {
    return new Written(
        Matrix.zeros(x.size(), 1),
        theta,
        structure,
        Written.of(x, theta, f),
        new Condition.Equation());
  }
}
