package org.tacit.optimality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tacit.autodiff.Substitution;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * The Karush-Kuhn-Tucker equations of min over z of f(z, theta) subject to H(z, theta) = 0 and G(z,
 * theta) &lt;= 0, in the unknowns x = [z; nu; lam]:
 *
 * <pre>
 *   F = [grad_z f + (d1H)' nu + (d1G)' lam ; H ; lam o G]
 * </pre>
 *
 * f is 1 x 1, H and G are columns; all are programs and may sum over tables. F = 0 does not say lam
 * >= 0 and G &lt;= 0: a solver must see to them, as {@code InteriorPoint} does. A is regular where
 * the gradients of the active constraints are independent (LICQ), no lam_i and G_i are both zero
 * (strict complementarity) and second-order sufficiency holds; {@link KktRegularity} measures the
 * first two. Without inequalities A is symmetric. One pass.
 *
 * <p>Source: arXiv 2105.15183, Table 1, row "KKT"; Nocedal and Wright, Numerical Optimization, 2nd
 * ed., section 12.3; Amos and Kolter, OptNet, 2017, for the quadratic case.
 *
 * @param <Z> the structure of z
 * @param <T> the structure of theta
 */
public final class Kkt<Z, T> implements Condition {
  private static final Var NONE = Var.zero(Shape.of(0, 1));

  private final Parameters<Z> z;
  private final Parameters<T> theta;
  private final Var objective;
  private final Var equalities;
  private final Var inequalities;
  private final Var residual;
  private final boolean isQuadratic;

  private Kkt(
      Parameters<Z> z, Parameters<T> theta, Var objective, Var equalities, Var inequalities) {
    this.z = z;
    this.theta = theta;
    this.objective = objective;
    this.equalities = equalities;
    this.inequalities = inequalities;
    this.residual = Substitution.in(equations(), Map.of(symbol(z.size()), primal(x())));
    Var symbol = symbol(z.size());
    this.isQuadratic =
        Affinity.holds(Vjp.gradient(objective, symbol), symbol)
            && Affinity.holds(equalities, symbol)
            && Affinity.holds(inequalities, symbol);
  }

  /** Of an objective without constraints yet. */
  public static <Z, T> Kkt<Z, T> of(
      Parameters<Z> z, Parameters<T> theta, BiFunction<Z, T, Var> objective) {
    Var f = Stationarity.scalar(write(z, theta, objective));
    return new Kkt<>(z, theta, f, NONE, NONE);
  }

  /** With these equalities H = 0 after those there are. */
  public Kkt<Z, T> withEqualities(BiFunction<Z, T, Var> h) {
    return new Kkt<>(z, theta, objective, joined("equalities", equalities, h), inequalities);
  }

  /** With these inequalities G &lt;= 0 after those there are. */
  public Kkt<Z, T> withInequalities(BiFunction<Z, T, Var> g) {
    return new Kkt<>(z, theta, objective, equalities, joined("inequalities", inequalities, g));
  }

  /**
   * With l &lt;= A(z, theta) &lt;= u, written once: rows where l and u are the same (equal numbers,
   * or one element of theta) are equalities after those there are, other bounds inequalities, l - A
   * &lt;= 0 before A - u &lt;= 0; an infinite bound is none. Bounds are m x 1 or 1 x 1; whether one
   * is infinite or both are equal is read off the program, not off theta's values. Source:
   * Stellato, Banjac, Goulart, Bemporad and Boyd, OSQP, 2020, equation 1.
   */
  public Kkt<Z, T> withRange(Function<T, Var> low, BiFunction<Z, T, Var> a, Function<T, Var> high) {
    T parts = theta.unpack(Written.theta(theta.size()));
    Range range = Range.of(low.apply(parts), write(z, theta, a), high.apply(parts));
    return new Kkt<>(
        z,
        theta,
        objective,
        below(equalities, range.equalities()),
        below(inequalities, range.inequalities()));
  }

  /** With l &lt;= A(z, theta) &lt;= u for numbers l and u, which may be infinite or equal. */
  public Kkt<Z, T> withRange(Matrix low, BiFunction<Z, T, Var> a, Matrix high) {
    return withRange(t -> Var.constant(low), a, t -> Var.constant(high));
  }

  private static Var below(Var before, List<Var> added) {
    List<Var> all = new ArrayList<>();
    if (before.shape().size() > 0) {
      all.add(before);
    }
    all.addAll(added);
    return all.isEmpty() ? NONE : Var.concatenate(Side.ROWS, all);
  }

  private Var joined(String what, Var before, BiFunction<Z, T, Var> constraint) {
    Var added = write(z, theta, constraint);
    if (added.shape().isSharded() || !added.shape().cols().isOne()) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be a replicated column, one row a constraint)"
              .formatted(what, added.shape()));
    }
    return before.shape().size() == 0 ? added : Var.concatenate(Side.ROWS, before, added);
  }

  private static <Z, T> Var write(
      Parameters<Z> z, Parameters<T> theta, BiFunction<Z, T, Var> program) {
    return program.apply(z.unpack(symbol(z.size())), theta.unpack(Written.theta(theta.size())));
  }

  /** What z is called while the programs are written, before it becomes a part of x. */
  private static Var symbol(int size) {
    return Var.input("primal part of x", Shape.of(size, 1));
  }

  private Var equations() {
    Var lagrangian = objective;
    List<Var> rows = new ArrayList<>();
    if (equalityCount() > 0) {
      lagrangian = lagrangian.plus(equalities.dot(equalityMultipliers(x())));
      rows.add(equalities);
    }
    if (inequalityCount() > 0) {
      Var lam = inequalityMultipliers(x());
      lagrangian = lagrangian.plus(inequalities.dot(lam));
      rows.add(lam.times(inequalities));
    }
    rows.add(0, Vjp.gradient(lagrangian, symbol(z.size())));
    return Var.concatenate(Side.ROWS, rows);
  }

  @Override
  public Kind kind() {
    return new Constrained(
        new Problem.Constraints(equalityCount(), inequalityCount(), isQuadratic),
        inequalityCount() == 0
            ? Optional.empty()
            : Optional.of(inequalityMultipliers(x()).max(inequalities().negate())));
  }

  /** The length of z. */
  public int primalCount() {
    return z.size();
  }

  /** The length of nu. */
  public int equalityCount() {
    return equalities.shape().size();
  }

  /** The length of lam. */
  public int inequalityCount() {
    return inequalities.shape().size();
  }

  /** z in x = [z; nu; lam]. */
  public Var primal(Var x) {
    return x.slice(Side.ROWS, 0, z.size());
  }

  /** nu in x = [z; nu; lam]. */
  public Var equalityMultipliers(Var x) {
    return x.slice(Side.ROWS, z.size(), z.size() + equalityCount());
  }

  /** lam in x = [z; nu; lam]. */
  public Var inequalityMultipliers(Var x) {
    return x.slice(Side.ROWS, z.size() + equalityCount(), unknowns());
  }

  /** H at [z; nu; lam], equalityCount x 1. */
  public Var equalities() {
    return Substitution.in(equalities, Map.of(symbol(z.size()), primal(x())));
  }

  /** G at [z; nu; lam], inequalityCount x 1. */
  public Var inequalities() {
    return Substitution.in(inequalities, Map.of(symbol(z.size()), primal(x())));
  }

  /** The leaves of z in a solution x. */
  public List<Matrix> primal(Matrix x) {
    return z.unpack(part(x, 0, z.size()));
  }

  /** nu in a solution x. */
  public Matrix equalityMultipliers(Matrix x) {
    return part(x, z.size(), equalityCount());
  }

  /** lam in a solution x. */
  public Matrix inequalityMultipliers(Matrix x) {
    return part(x, z.size() + equalityCount(), inequalityCount());
  }

  private Matrix part(Matrix x, int from, int count) {
    if (x.rows() != unknowns() || x.cols() != 1) {
      throw new IllegalArgumentException(
          "Invalid x: " + x.rows() + " x " + x.cols() + " (must be " + unknowns() + " x 1)");
    }
    return x.rows(from, from + count);
  }

  @Override
  public int unknowns() {
    return z.size() + equalityCount() + inequalityCount();
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
    return inequalityCount() == 0 ? Structure.SYMMETRIC : Structure.GENERAL;
  }
}
