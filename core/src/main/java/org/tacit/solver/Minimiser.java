package org.tacit.solver;

import java.util.Optional;
import java.util.OptionalInt;
import org.tacit.matrix.Matrix;

/**
 * Minimisers of smooth objectives, whose gradient F is, and of sums of squares; of those that take
 * no constraints.
 */
public final class Minimiser {
  private Minimiser() {}

  /**
   * {@link #lbfgs} until Newton steps pay or its line search is stuck, then {@link
   * RootFinder#newton} steps, which are accepted by the residual and so reach tolerances of 1e-11
   * and less.
   *
   * <p>Newton steps would go to a saddle as gladly as to a minimum. So they are taken only where
   * the Hessian is positive (semi-)definite; elsewhere, and where they make no progress, L-BFGS
   * goes on. Where a Hessian nearby is known, chord steps begin, and Newton steps follow. Without
   * an objective, Newton alone. It ends as STALLED when neither makes a step, or when F is known to
   * rounding only.
   */
  public static Solver newtonPolished() {
    return NewtonPolished.of();
  }

  /**
   * Newton's method for a minimum, convex or not: each step minimises the second-order model within
   * a region in which it is trusted, by conjugate gradients (Steihaug's), to a relative residual of
   * min(1/2, sqrt(|g| / |g_0|)) and no finer than the solve asks, or by a factorisation.
   *
   * <p>A step whose decrease is not what the model says is shortened on the same path, three times
   * in one pass. Where the model's decrease is below the rounding of f, a smaller gradient decides.
   *
   * <p>Cost: where {@link org.tacit.operator.Cost} says so, the Hessian is built whole: a pass for
   * all its columns, one a trial. Else a pass to linearise, and one for each step of conjugate
   * gradients. Source: Nocedal and Wright, Numerical Optimization, 2nd ed., algorithms 4.1 and 7.2.
   */
  public static Solver trustRegionNewton() {
    return Method.minimising("trust-region newton", TrustRegionNewton::run);
  }

  /**
   * Limited-memory BFGS on the objective that F is the gradient of. Each evaluation is one pass.
   * Its line search compares values of the objective, which tell no more near a relative residual
   * of 1e-8: from there on lengths are found by slopes ({@link LineSearch#hagerZhang}). Source:
   * Nocedal and Wright, Numerical Optimization, 2nd ed., section 7.2; Breeze's implementation.
   *
   * <p>With a line search of the user's choice the same directions are taken from {@link
   * org.tacit.linsolve.QuasiNewtonPreconditioner}, the first length tried being 1.
   *
   * @param memory pairs of steps and changes of the gradient kept; by default 10 to 100 by the
   *     number of unknowns
   * @param search the line search; by default Breeze's, of strong Wolfe conditions
   */
  public static Solver lbfgs(int memory, LineSearch search) {
    int pairs = Lbfgs.requireMemory(memory);
    return Method.descending(
        "l-bfgs",
        Iterates.Aim.MINIMUM,
        (problem, iterates) -> Lbfgs.steps(pairs, search).run(iterates, Integer.MAX_VALUE));
  }

  /** The same with Breeze's line search, of strong Wolfe conditions. */
  public static Solver lbfgs(int memory) {
    return Lbfgs.of(OptionalInt.of(Lbfgs.requireMemory(memory)));
  }

  /** The same with 10 to 100 pairs by the number of unknowns. */
  public static Solver lbfgs() {
    return Lbfgs.of(OptionalInt.empty());
  }

  /**
   * Nonlinear conjugate gradients: d+ = -g+ + beta d, with y = g+ - g. Two vectors are all it
   * keeps. One pass a trial of the line search. Source: Hager and Zhang, SIAM J. Optim. 16 (2005);
   * Nocedal and Wright, section 5.2; Hestenes and Stiefel 1952, Fletcher and Reeves 1964.
   *
   * @param beta Fletcher and Reeves's recovers slowly from a poor direction; the others notice by y
   * @param search how far to go, {@link LineSearch#strongWolfe} with c2 below 1/2 for Fletcher and
   *     Reeves's
   */
  public static Solver nonlinearConjugateGradient(Beta beta, LineSearch search) {
    return descent("nonlinear cg", new Descent(new Descent.ConjugateDirection(beta), search, 1));
  }

  /** Beta and line search of Hager and Zhang. */
  public static Solver nonlinearConjugateGradient() {
    return nonlinearConjugateGradient(Beta.HAGER_ZHANG, LineSearch.hagerZhang());
  }

  /**
   * Nesterov's method: x+ = y - grad f(y) / L, y+ = x+ + m (x+ - x), the momentum m restarted when
   * it points uphill. No line search, for convex problems.
   *
   * <p>L is what the gradients at a point close to the start show, and grows to what they show at
   * two points in turn; a step without momentum that climbs, or meets a point where f is not
   * finite, is taken back and L made four times as large. The residual is that of the points y; the
   * best of them is returned. Ends as STALLED when 500 steps found no better one. One pass a step.
   * Source: Nesterov 1983; O'Donoghue and Candes 2015, section 3.2 (gradient scheme).
   */
  public static Solver acceleratedGradient() {
    return Method.descending(
        "accelerated gradient", Iterates.Aim.MINIMUM, AcceleratedGradient::run);
  }

  /**
   * Gradient descent x - t grad f(x) with a line search whose first length is that of Barzilai and
   * Borwein, s's / s'y of the last step s and change of gradient y. Values may climb to the highest
   * of the last 10, as those lengths need. One pass a trial, mostly one a step. Source: Raydan,
   * SIAM J. Optim. 7 (1997).
   */
  public static Solver steepestDescent(LineSearch search) {
    return descent(
        "gradient descent",
        new Descent(new Descent.BarzilaiBorwein(), search, Descent.BarzilaiBorwein.KEPT));
  }

  /** With {@link LineSearch#backtracking}. */
  public static Solver steepestDescent() {
    return steepestDescent(LineSearch.backtracking());
  }

  /**
   * The fast inertial relaxation engine: a ball of unit mass rolls down f, is turned towards the
   * force -g = -grad f(x), and stops wherever it would roll uphill.
   *
   * <pre>
   *   power   p = -g'v
   *   p &gt; 0   more than 20 steps long: dt = min(1.1 dt, longest), a = 0.99 a
   *   else    x = x - dt v / 2, v = 0, dt = dt / 2, a = 1/4
   *   step    v = v - dt g,  v = (1 - a) v - a |v| g / |g|,  x = x + dt v
   * </pre>
   *
   * <p>It is stable while dt is below 2 / sqrt(L). The longest dt is 1 / sqrt(L), with L what the
   * gradients at two points in turn have shown so far, and the first is half of it; or both are
   * given. A step to where f is not finite goes back to the best point, at rest, and quarters dt.
   * Ends as STALLED when 1000 steps found no better point. One pass a step. Few assumptions: for
   * objectives of many minima and of curvature that jumps, as of particles that come into contact.
   * Source: Bitzek, Koskinen, Gaehler, Moseler and Gumbsch, Phys. Rev. Lett. 97, 170201 (2006); the
   * half step back and the order of step and turn are those of FIRE 2.0, Guenole et al., Comput.
   * Mater. Sci. 175, 109584 (2020), section 3, as are the constants.
   */
  public static Solver fire(double first, double longest) {
    return fire(new Fire(Optional.of(new Fire.Pace(first, longest))));
  }

  /** With steps of time by the curvature that is met. */
  public static Solver fire() {
    return fire(new Fire(Optional.empty()));
  }

  private static Solver fire(Fire fire) {
    return Method.descending("fire", Iterates.Aim.ROLLING_MINIMUM, fire::run);
  }

  /**
   * Stochastic gradients: an iteration is an epoch, one step on each batch of the rows in an order
   * drawn anew, and then F on all rows, by which alone it is judged. Returns the epoch's end of the
   * smallest objective; ends as STALLED when 200 epochs found none smaller. An epoch that meets a
   * point where f is not finite is taken back, and all steps from then on are halved.
   *
   * <p>The objective is a mean over the rows of one table, plus terms without rows. Batches are
   * whole blocks ({@link org.tacit.pass.Table#batches}); a table that cannot be divided is one
   * batch. Each step is one pass over its batch, and counts as one. The same seed gives the same
   * steps. For few digits: rules other than {@link StochasticStep#svrg} end at the noise of their
   * batches.
   *
   * @param rule how to step on a batch
   * @param batches how many there are at most
   * @param seed of batches and orders
   */
  public static Solver stochasticGradient(StochasticStep rule, int batches, long seed) {
    var steps = new StochasticGradient(rule, batches, seed);
    return new Method(rule.name(), Iterates.Aim.MINIMUM, steps::run);
  }

  /**
   * Gauss-Newton for least squares: x + t s with J'J s = -J'r, t found by a line search from 1.
   * Converges fast where the errors at the solution are small or nearly linear; from afar, and
   * where J loses rank, {@link #levenbergMarquardt} is safer. Ends as STALLED when no length
   * decreases the objective.
   *
   * <p>Cost of a step: a pass to linearise, one for J'J where {@link org.tacit.operator.Cost} says
   * that it is cheap (else one for each step of conjugate gradients), one a trial. Source: Nocedal
   * and Wright, section 10.3.
   */
  public static Solver gaussNewton(LineSearch search) {
    return Method.minimising("gauss-newton", new GaussNewton(search)::run);
  }

  /** With {@link LineSearch#backtracking}. */
  public static Solver gaussNewton() {
    return gaussNewton(LineSearch.backtracking());
  }

  /**
   * Levenberg-Marquardt for least squares: (J'J + lambda D) s = -J'r, D the diagonal of J'J (I
   * where that is not cheap, as {@link org.tacit.operator.Cost} says). Lambda falls by up to a
   * third as far as the step won what the model foretold, and rises ever faster while it did not;
   * the first lambda is one pass, rising ones are tried three at a time in one. Ends as STALLED
   * when no lambda up to 1e20 wins.
   *
   * <p>Cost of a step: as {@link #gaussNewton}. Source: Marquardt 1963; the rule of Nielsen 1999;
   * Nocedal and Wright, section 10.3.
   *
   * @param damping the first lambda
   */
  public static Solver levenbergMarquardt(double damping) {
    return Method.minimising("levenberg-marquardt", new LevenbergMarquardt(damping)::run);
  }

  /** With a first lambda of 1e-3. */
  public static Solver levenbergMarquardt() {
    return levenbergMarquardt(1e-3);
  }

  private static Solver descent(String name, Descent steps) {
    return Method.descending(
        name, Iterates.Aim.MINIMUM, (problem, iterates) -> steps.run(iterates, Integer.MAX_VALUE));
  }

  /** The formula of beta, with y = g+ - g ({@link #nonlinearConjugateGradient}). */
  public enum Beta {
    /** (y - 2 d |y|^2 / d'y)'g+ / d'y, bounded below: a direction of descent always. */
    HAGER_ZHANG,
    /** max(0, y'g+ / |g|^2). */
    POLAK_RIBIERE,
    /** |g+|^2 / |g|^2. */
    FLETCHER_REEVES,
    /** max(0, y'g+ / d'y). */
    HESTENES_STIEFEL;

    double of(Matrix gradient, Descent.Step last) {
      Matrix from = last.from();
      Matrix y = last.change();
      return switch (this) {
        case HAGER_ZHANG -> hagerZhang(gradient, last);
        case POLAK_RIBIERE -> Math.max(0, y.dot(gradient) / from.dot(from));
        case FLETCHER_REEVES -> gradient.dot(gradient) / from.dot(from);
        case HESTENES_STIEFEL -> Math.max(0, y.dot(gradient) / last.direction().dot(y));
      };
    }

    private static double hagerZhang(Matrix gradient, Descent.Step last) {
      Matrix d = last.direction();
      Matrix y = last.change();
      double dy = d.dot(y);
      double raw = y.plus(-2 * y.dot(y) / dy, d).dot(gradient) / dy;
      double least = -1 / (d.norm() * Math.min(1e-2, last.from().norm()));
      return Math.max(raw, least);
    }
  }

  /** How far to go along a direction of descent. */
  @FunctionalInterface
  public interface LineSearch {
    /**
     * No search: the same length for every direction, whatever the value there. For gradient
     * descent below 2 / L, L being the largest curvature.
     */
    static LineSearch fixed(double length) {
      if (!(length > 0) || Double.isInfinite(length)) {
        throw new IllegalArgumentException("Invalid length: " + length + " (must be > 0)");
      }
      return (ray, first) -> ray.at(length);
    }

    /** The first of t, t / 2, t / 4, ... that wins 1e-4 of the slope. */
    static LineSearch backtracking() {
      return new Backtracking(1e-4);
    }

    /** c1 = 1e-4 and c2 = 0.9: a small slope, too, for directions that know their length. */
    static LineSearch strongWolfe() {
      return new StrongWolfe(1e-4, 0.9);
    }

    /** That of CG_DESCENT, to full precision; delta = 0.1, sigma = 0.9, as published. */
    static LineSearch hagerZhang() {
      return new HagerZhang(0.1, 0.9);
    }

    /**
     * A good point of the ray; empty where none was found. {@code first} is the first length tried.
     */
    Optional<Ray.Trial> along(Ray ray, double first);
  }
}
