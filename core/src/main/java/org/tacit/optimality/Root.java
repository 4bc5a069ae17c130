package org.tacit.optimality;

import java.util.function.BiFunction;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * Any equation F(x, theta) = 0 with as many components as unknowns, as the user writes it. Source:
 * arXiv 2105.15183, section 2.1.
 */
public final class Root implements Condition {
  private final int unknowns;
  private final Parameters<?> theta;
  private final Structure structure;
  private final Var residual;

  private Root(int unknowns, Parameters<?> theta, Structure structure, Var residual) {
    this.unknowns = unknowns;
    this.theta = theta;
    this.structure = structure;
    this.residual = residual;
    if (!residual.shape().equals(Shape.of(unknowns, 1))) {
      throw new IllegalArgumentException(
          "Invalid condition: F is "
              + residual.shape()
              + " (must be "
              + unknowns
              + " x 1, one equation for each unknown)");
    }
  }

  /** The equation F = 0 with no promise on its Jacobian. */
  public static <X, T> Root of(Parameters<X> x, Parameters<T> theta, BiFunction<X, T, Var> f) {
    return of(x, theta, Structure.GENERAL, f);
  }

  /** The equation F = 0 whose Jacobian in x keeps {@code structure} near the root. */
  public static <X, T> Root of(
      Parameters<X> x, Parameters<T> theta, Structure structure, BiFunction<X, T, Var> f) {
    Var residual = f.apply(x.unpack(symbol("x", x)), theta.unpack(symbol("theta", theta)));
    return new Root(x.size(), theta, structure, residual);
  }

  static Var symbol(String name, Parameters<?> parameters) {
    return Var.input(name, Shape.of(parameters.size(), 1));
  }

  @Override
  public int unknowns() {
    return unknowns;
  }

  @Override
  public int parameters() {
    return theta.size();
  }

  @Override
  public Parameters<?> layout() {
    return theta;
  }

  @Override
  public Var residual() {
    return residual;
  }

  @Override
  public Structure structure() {
    return structure;
  }
}
