package org.tacit.solver;

import java.util.function.DoubleFunction;
import org.tacit.linsolve.LinearSolver;

/** Methods for equations F(x) = 0 and fixed points, with or without an objective. */
public final class RootFinder {
  private RootFinder() {}

  /**
   * Truncated Newton for any F, with or without an objective: x - t s, where dF s = F is solved
   * only as exactly as the last step deserves, and t is halved until the norm of the residual
   * falls.
   *
   * <p>The relative tolerance of a step's system is 0.9 (|F| / |F_before|)^2, at most 0.1, and
   * never finer than the solve's own tolerance asks (Eisenstat and Walker 1996, choice 2). A step
   * is taken when |F(x - t s)| &lt;= (1 - 1e-4 t) |F|. Halving a step halves what F departs from
   * its linear model, at least; where short steps do not, F is nothing but rounding, and the solve
   * ends.
   *
   * <p>Cost: each step is one pass to linearise, the linear solver's passes, and one a trial; two
   * passes in all where {@link org.tacit.operator.Cost} says that the Jacobian is built whole. A
   * whole Jacobian serves the steps after it as their preconditioner. Source: Nocedal and Wright,
   * Numerical Optimization, 2nd ed., sections 7.1 and 11.2.
   *
   * @param linearSolver the method for the steps, for a relative tolerance
   */
  public static Solver newton(DoubleFunction<LinearSolver> linearSolver) {
    return new Newton(linearSolver);
  }

  /**
   * With linear systems solved by {@link LinearSolver#auto(double)}, which trusts the promised
   * structure: a step that is none is noticed anyway.
   */
  public static Solver newton() {
    return Newton.of();
  }

  /** Every step by {@link LinearSolver#gmres(double, int)}, whatever the size and structure. */
  public static Solver newtonKrylov() {
    return new Newton(tolerance -> LinearSolver.gmres(tolerance, 1000));
  }

  /**
   * Broyden's good method for any F: x - t H F(x), H following dF^-1 by changes of rank one that
   * map what F changed by to the last step.
   *
   * <p>Where {@link org.tacit.operator.Cost} says that it is cheap, H begins as the inverse
   * Jacobian at the start, two passes; elsewhere as -I, which is that of a fixed point T(x) - x
   * near a constant T. A step is halved until the residual's norm falls, the first length in one
   * pass, then 4 at a time. Where none does, H begins anew; and where that has just been done, the
   * solve ends as STALLED. One pass a step, two vectors a step kept, 50 steps at most. Source:
   * Broyden 1965; Nocedal and Wright, section 11.1; Kelley, Iterative Methods for Linear and
   * Nonlinear Equations, chapter 7.
   */
  public static Solver broyden() {
    return new Method("broyden", Iterates.Aim.ROOT, Broyden::run);
  }

  /**
   * The fixed-point iteration x + F(x), that is T(x) for F = T(x) - x. Converges where T is a
   * contraction. Returns the point of the smallest residual, and ends as STALLED when 100 steps
   * found none smaller. A step to where F is not finite is halved. One pass a step. Source:
   * Banach's fixed-point theorem.
   */
  public static Solver picard() {
    return new Method("picard", Iterates.Aim.ROOT, Picard::run);
  }

  /**
   * The fixed-point iteration x + F(x) accelerated by Anderson's mixing, which for linear maps is
   * GMRES in disguise. Where a step makes the residual 10 times the smallest so far, or not finite,
   * it begins anew from there with a plain step. Returns the point of the smallest residual; ends
   * as STALLED when 50 steps found none smaller. One pass a step, m pairs of vectors.
   *
   * @param memory m, the most steps combined
   * @param damping the part of the residual that is added, in (0, 1]
   * @param ridge the weight of the combination's own size, >= 0
   */
  public static Solver anderson(int memory, double damping, double ridge) {
    Anderson method = new Anderson(memory, damping, ridge);
    return new Method(method.name(), Iterates.Aim.ROOT, method::run);
  }

  /** With the last five steps, undamped and without ridge. */
  public static Solver anderson() {
    return anderson(5, 1, 0);
  }

  /**
   * Any solver, accelerated: where {@code steps} of its iterations lead from x is a fixed-point map
   * G(x), whose steps Anderson's mixing combines. Where a combination does not reduce the residual
   * of F, the plain G(x) is taken and the combination begins anew. Ends as STALLED when 20
   * iterations in a row found no smaller residual. Cost: the passes of the steps, and one.
   *
   * @param steps the iterations that make the map
   */
  public static Solver accelerated(Solver solver, int steps, int memory) {
    return accelerated(solver, steps, new Anderson(memory, 1, 0));
  }

  static Solver accelerated(Solver solver, int steps, Anderson anderson) {
    String name = anderson.name() + " of " + solver.name();
    return new Method(
        name, Iterates.Aim.ROOT, new AndersonAccelerated(solver, steps, anderson)::run);
  }

  /**
   * The root of one equation in one unknown between {@code low} and {@code high}, where F has
   * opposite signs. 15 points divide the interval at a time, in one pass, so that each pass gains
   * four bits. Ends as STALLED when the interval is two neighbouring numbers; as NOT_FINITE when F
   * is not at an end or inside; as SINGULAR when F has one sign at both ends. A start outside is
   * replaced by the middle. Source: the intermediate value theorem.
   */
  public static Solver bisection(double low, double high) {
    return new Bisection(low, high);
  }
}
