package org.tacit.solver;

import org.tacit.optimality.ConicResidual;

/** Minimisers under constraints, by their KKT equations or their conic residual. */
public final class ConstrainedMinimiser {
  private ConstrainedMinimiser() {}

  /**
   * A quadratic program with equalities only, min over z of 1/2 z'Qz + c'z subject to E z = d, by
   * one solve of its KKT equations ({@link org.tacit.optimality.Kkt}),
   *
   * <pre>
   *   [ Q  E' ] [z ]   [-c]
   *   [ E  0  ] [nu] = [ d]
   * </pre>
   *
   * for Q positive semidefinite, whatever the start. A singular matrix is solved in the
   * least-squares sense; what remains, r = (r_z, r_nu), then proves that there is no solution:
   * E'r_nu = 0 and d'r_nu > 0, INFEASIBLE with (0, -r_nu) as the value, or Q r_z = 0, E r_z = 0 and
   * c'r_z &lt; 0, UNBOUNDED with (r_z, 0). Cost: four passes, one of them a product in all
   * unknowns, two more for a proof; one dense factorisation. Ends as WRONG_STRUCTURE where the
   * problem is not quadratic. Source: Nocedal and Wright, Numerical Optimization, 2nd ed., section
   * 16.1.
   */
  public static Solver equalityProgram() {
    return new EqualityProgram();
  }

  /**
   * Mehrotra's predictor-corrector for the equations of {@link org.tacit.optimality.Kkt}, F = [grad
   * L; H; lam o G] in x = [z; nu; lam], with slacks s: G + s = 0, lam o s = 0, lam > 0, s > 0.
   *
   * <p>Each iteration builds the Jacobian of F once and factorises
   *
   * <pre>
   *   [ W    J_H'  J_G'    ] [dz  ]     [grad L            ]
   *   [ J_H  0     0       ] [dnu ] = - [H                 ]
   *   [ J_G  0    -S / Lam ] [dlam]     [G + s - rC / lam  ]
   * </pre>
   *
   * for two right-hand sides: rC = lam o s, then lam o s + dlam o ds - sigma mu. The step is taken
   * as far as lam and s stay positive, if the residual of the four equations falls; else one
   * towards lam o s = 0.1 mu, a direction of descent for the residual of that, halved until it
   * falls. For convex problems, smooth where its iterates go, whose multipliers are bounded. It has
   * converged when |F|, and G's part above zero, are within the tolerance, with lam >= 0; a
   * quadratic program without a solution ends as INFEASIBLE or UNBOUNDED, with the proof that
   * {@link #operatorSplitting} finds once no step helps; other problems without one as STALLED or
   * BUDGET_EXHAUSTED. Cost: three passes an iteration or a few more, and a dense factorisation of
   * the unknowns.
   *
   * <p>Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 14.3 and 16.4, and
   * section 19.3.
   */
  public static Solver interiorPoint() {
    return new InteriorPoint();
  }

  /**
   * The alternating direction method of OSQP for convex quadratic programs, min 1/2 z'Qz + c'z
   * subject to E z = d and M z &lt;= h, on their KKT equations ({@link org.tacit.optimality.Kkt}).
   * No pass is needed once the program is on the driver.
   *
   * <p>The program is scaled ; an iteration is one solve with a matrix factorised for each rho ,
   * which is balanced every 25 iterations; from there the constraints that look active are taken as
   * equalities , which gives solutions to rounding. Where there is none, the differences of the
   * iterates converge to a proof of it: INFEASIBLE, with y as [0; y] for which E'y_E + M'y_M = 0,
   * y_M >= 0 and d'y_E + h'y_M &lt; 0, or UNBOUNDED, with z as [z; 0] for which Q z = 0, E z = 0, M
   * z &lt;= 0 and c'z &lt; 0, to a relative 1e-8.
   *
   * <p>Ends as WRONG_STRUCTURE where the problem is not quadratic. Cost: five passes, one of them a
   * product in all unknowns, whatever the iterations, of n (n + m) operations each. Source:
   * Stellato, Banjac, Goulart, Bemporad and Boyd, OSQP: an operator splitting solver for quadratic
   * programs, 2020, algorithms 1 and 2 and sections 3.4, 4 and 5.2.
   */
  public static Solver operatorSplitting() {
    return new OperatorSplitting();
  }

  /**
   * Douglas and Rachford's splitting for small conic programs min c'z subject to E z + s = d, s in
   * K, in the unknowns of {@link org.tacit.optimality.ConicResidual}:
   *
   * <pre>
   *   x+ = x - (I + M)^-1 F(x),    M = [[0, E'], [-E, 0]]
   * </pre>
   *
   * E is read off the Jacobian of F, by one product; I + E'E is factorised once. {@link
   * RootFinder#newton} steps are tried whenever the residual has fallen to a tenth, and end the
   * solve where they pay.
   *
   * <p>Where there is no solution the differences of the iterates converge to a proof: INFEASIBLE,
   * with v = y as (0, y) for which E'y = 0, y in K* and d'y &lt; 0, or UNBOUNDED, with (z, 0) for
   * which -E z in K and c'z &lt; 0, to a relative 1e-7. The cone may be any product of those known.
   * Cost: one evaluation an iteration, no pass where the data are replicated. Source: O'Donoghue,
   * Chu, Parikh and Boyd, Conic optimization via operator splitting and homogeneous self-dual
   * embedding, 2016; Banjac, Goulart, Stellato and Boyd, Infeasibility detection in the alternating
   * direction method of multipliers for convex optimization, 2019.
   *
   * @param variables the length of z
   */
  public static Solver conicSplitting(int variables) {
    return new ConicSplitting(variables);
  }

  /** For a condition's program. */
  public static Solver conicSplitting(ConicResidual condition) {
    return conicSplitting(condition.primal(condition.x()).shape().size());
  }
}
