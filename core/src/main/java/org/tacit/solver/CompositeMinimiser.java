package org.tacit.solver;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.MirrorProblem;
import org.tacit.optimality.Problem;

/**
 * Minimisers of f + g, g known by its proximal map, such as a penalty or the indicator of a set;
 * and mirror descent.
 */
public final class CompositeMinimiser {
  private CompositeMinimiser() {}

  /**
   * Proximal Newton for f(x) + g(x): the next point minimises the second-order model of f, plus g.
   * For squared losses the first model is the problem itself.
   *
   * <p>Where {@link org.tacit.operator.Cost} says that it is cheap, the Hessian is built on the
   * driver and the model is solved there without passes. With more unknowns than rows, where the
   * driver holds these, models are solved on working sets by products without passes, a lasso or an
   * elastic net by coordinate descent: two passes a step, whatever the number of unknowns. With
   * more of both, working sets build the part of the Hessian that counts, where g acts on each
   * unknown by itself. Where that does not help, and for models themselves, {@link #fista} and
   * semismooth Newton steps (which solve for the support only) take turns, steps being accepted by
   * the residual.
   *
   * <p>A step is halved until the residual's norm falls; where it does not, {@link #fista} takes
   * over for a while. Ends as STALLED when neither finds a better point. Source: Lee, Sun and
   * Saunders 2014; Xiao, Li, Wen and Zhang 2018 (semismooth Newton on the fixed point).
   */
  public static Solver proximalNewton() {
    return Method.composite("proximal newton", ProximalNewton::run);
  }

  /**
   * {@link #proximalNewton} with a Hessian of f nearby, n x n, in the place of those of f: models
   * are made and solved without a pass, and a step takes one. H is corrected by the pairs s, y of
   * the steps so far,
   *
   * <pre>
   *   H+ = H - H s s'H / s'H s + y y' / y's
   * </pre>
   *
   * and is that of f where steps leave too much of the residual. Every step is accepted by f and
   * its whole gradient, so that no unknown is left out. Source: Lee, Sun and Saunders 2014, section
   * 2.2; Nocedal and Wright, Numerical Optimization, 2nd ed., section 6.1.
   */
  public static Solver chords(Matrix nearby) {
    return Method.composite(
        "proximal chords", (problem, iterates) -> ProximalNewton.chords(nearby, problem, iterates));
  }

  /**
   * A step of {@link #proximalNewton}: the minimiser of the second-order model of f at a point,
   * plus g, where g is a lasso or an elastic net; empty elsewhere. No pass.
   *
   * @param hessian of f there, n x n
   */
  public static Optional<Matrix> step(
      CompositeProblem problem, Problem.Point here, Matrix hessian) {
    return ProximalChords.minimiser(problem, here, hessian);
  }

  /**
   * Accelerated proximal gradient for f(x) + g(x): x+ = prox_{g / L}(y - grad f(y) / L), y+ = x+ +
   * m (x+ - x), the momentum m restarted when it points uphill.
   *
   * <p>L starts at 1 / eta, eta being the condition's step, and grows to what the gradients at two
   * points in turn show. The residual is that of the points y, where the gradient is known; the
   * best of them is returned. Ends as STALLED when 500 steps found no better one. One pass a step.
   * Source: Beck and Teboulle 2009; O'Donoghue and Candes 2015, section 3.2 (gradient scheme).
   */
  public static Solver fista() {
    return Method.composite(
        "fista", (problem, iterates) -> Fista.run(problem, iterates, 0, Integer.MAX_VALUE));
  }

  /**
   * Proximal gradient for f(x) + g(x), x+ = prox_{g / L}(x - grad f(x) / L), with backtracking:
   * iterative soft thresholding where g is a lasso, projected gradient where it is a set's
   * indicator.
   *
   * <p>L starts at 1 / eta, eta being the condition's step; a step d is taken where f lies below
   * its quadratic bound, (grad f(x + d) - grad f(x), d) &lt;= L |d|^2, and L shrinks by a tenth;
   * else it is doubled. The objective falls with every step; {@link #fista} is faster. Ends as
   * STALLED when 500 steps found no smaller residual. One pass a step. Source: Beck and Teboulle, A
   * fast iterative shrinkage-thresholding algorithm, 2009, section 3.
   */
  public static Solver ista() {
    return Method.composite("ista", Ista::run);
  }

  /**
   * OWL-QN for min f(x) + sum_j a_j |x_j| + b_j / 2 x_j^2, lasso and elastic net ({@link
   * org.tacit.optimality.ProximalGradient}): limited-memory BFGS on the smooth objective of one
   * orthant at a time, steps being cut off where they leave it.
   *
   * <p>Its line search compares values and stalls near a relative residual of 1e-8. So {@link
   * RootFinder#newton} steps on the support, accepted by the residual, take over at 1e-4 or after
   * 200 steps; {@link #proximalNewton} goes on where they do not pay, then OWL-QN again. The
   * weights are read off the proximal map; one that is no soft thresholding is refused. One pass a
   * value with its gradient. Source: Andrew and Gao, Scalable training of L1-regularized log-linear
   * models, 2007; Breeze's implementation.
   */
  public static Solver owlqn(int memory) {
    return owlqn(OptionalInt.of(Lbfgs.requireMemory(memory)));
  }

  /** With 10 to 100 pairs of steps by the number of unknowns. */
  public static Solver owlqn() {
    return owlqn(OptionalInt.empty());
  }

  /**
   * L-BFGS-B for min f(x) subject to low &lt;= x &lt;= high, the fixed point of a projected
   * gradient ({@link org.tacit.optimality.ProximalGradient#onSet}) on a box or on x >= 0:
   * limited-memory BFGS from the Cauchy point of the projected path, on the unknowns that no bound
   * holds there. It begins at the point of the box nearest to the start, and f is evaluated inside
   * only.
   *
   * <p>Its line search compares values of f and stalls near a relative residual of 1e-8. So {@link
   * RootFinder#newton} steps on the free unknowns, accepted by the residual, take over at 1e-4;
   * L-BFGS-B goes on where they do not pay, {@link #fista} where neither does. Refuses a proximal
   * map that is not a box's projection. One pass a value with its gradient. Source: Byrd, Lu,
   * Nocedal and Zhu, A limited memory algorithm for bound constrained optimization, 1995; Breeze's
   * implementation.
   */
  public static Solver boundedLbfgs(int memory) {
    return boundedLbfgs(OptionalInt.of(Lbfgs.requireMemory(memory)));
  }

  /** With ten pairs of steps. */
  public static Solver boundedLbfgs() {
    return boundedLbfgs(OptionalInt.empty());
  }

  /**
   * Cyclic coordinate descent for f(x) + sum_j g_j(x_j): lasso, elastic net, non-negative least
   * squares, quadratic programs on a box.
   *
   * <p>The Hessian H of f is built whole on the driver, by one product where it is not large; where
   * f is quadratic that is the Gram matrix, and sweeps
   *
   * <pre>
   *   x_j+ = prox_{g_j / H_jj}(x_j - (H x + c)_j / H_jj)
   * </pre>
   *
   * then reach the solution without passes; for another f the model is built again at the point
   * found ({@link #proximalNewton} does the same with Newton steps on the support). An iteration is
   * a sweep, of n^2 operations and n proximal maps on the driver. Refuses a proximal map that
   * couples unknowns. Cost: three passes for a quadratic f. Source: Friedman, Hastie and
   * Tibshirani, Regularization paths for generalized linear models via coordinate descent, 2010,
   * section 2.2 ("covariance updates").
   */
  public static Solver coordinateDescent() {
    return sweeps("coordinate descent", problem -> Collections.nCopies(problem.size(), 1));
  }

  /**
   * Cyclic block coordinate descent for f(x) + sum_j g_j(x_j) over blocks x_j, such as the rows of
   * a dual of a support vector machine, each on a simplex, or the groups of a group lasso:
   *
   * <pre>
   *   x_j+ = prox_{g_j / L_j}(x_j - [grad f(x)]_j / L_j)
   * </pre>
   *
   * with L_j the largest eigenvalue of the block H_jj of the Hessian, so that each step reduces the
   * objective. H is built on the driver as by {@link #coordinateDescent}; for a quadratic f sweeps
   * then take no passes, for another it is built again at the point found. An iteration is a sweep.
   * Refuses a proximal map that couples blocks. Source: Beck and Tetruashvili, On the convergence
   * of block coordinate descent type methods, 2013, section 3.
   */
  public static Solver blockCoordinateDescent() {
    return sweeps("block coordinate descent", CompositeProblem::blocks);
  }

  /** Over {@code width} unknowns in turn, such as the rows of a matrix. */
  public static Solver blockCoordinateDescent(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("Invalid width of blocks: " + width + " (must be >= 1)");
    }
    return sweeps(
        "block coordinate descent", problem -> Collections.nCopies(problem.size() / width, width));
  }

  /**
   * The alternating direction method of multipliers for f(x) + g(z) subject to x = z, in its global
   * form: f is the sum over all partitions, which enters by its second-order model
   *
   * <pre>
   *   (H + rho I) x = H x_0 - grad f(x_0) + rho (z - u)
   *   z+ = prox_{g / rho}(x + u),    u+ = u + x - z+
   * </pre>
   *
   * so that agreement among the partitions is one reduction, that of H and grad f, and iterations
   * take no passes; for an f that is not quadratic the model is built again at the point found.
   * (Subproblems kept by each partition would need a pass an iteration to agree, and state between
   * passes.) rho is balanced every 20 iterations. Takes any proximal map. Source: Boyd, Parikh,
   * Chu, Peleato and Eckstein, Distributed optimization and statistical learning via the
   * alternating direction method of multipliers, 2011, sections 3.4.1, 6.4 and 7.1.
   */
  public static Solver consensusSplitting() {
    return Method.composite("admm", SecondOrderSteps.of(ConsensusSplitting::minimise)::run);
  }

  /**
   * Mirror descent, x+ = argmin over y in C of D_phi(y, grad phi*(grad phi(x) - eta grad f(x))),
   * with a step that adapts: for {@link org.tacit.optimality.MirrorDescent}'s condition, from a
   * start inside of C.
   *
   * <p>A step is taken where the objective still falls at its end, (grad f(x+), x+ - x) &lt;= 0,
   * which rounding of f does not blur, and eta grows by 1.25; else it is halved. eta times the
   * range of the gradient is kept below 30, so that no unknown of an entropic step dies at once, of
   * which none comes back. Convergence is linear where the minimiser is unique and strictly
   * complementary. Ends as STALLED when 500 steps found no smaller residual. One pass a step.
   * Source: Beck and Teboulle, Mirror descent and nonlinear projected subgradient methods, 2003;
   * Bauschke, Bolte and Teboulle, A descent lemma beyond Lipschitz gradient continuity, 2017,
   * section 4.
   */
  public static Solver mirrorDescent() {
    return new Method.OfKind<>(
        "mirror descent",
        MirrorProblem.class,
        "no mirror map (must be a MirrorDescent)",
        AdaptiveMirrorDescent::run);
  }

  private static Solver owlqn(OptionalInt memory) {
    String name = "owl-qn + newton";
    return polished(name, problem -> AbsolutePenalty.of(name, problem).descent(memory));
  }

  private static Solver boundedLbfgs(OptionalInt memory) {
    String name = "l-bfgs-b + newton";
    return polished(name, problem -> BoxBounds.of(name, problem).descent(memory));
  }

  private static Solver polished(
      String name, Function<CompositeProblem, SemismoothPolish.FirstOrder> method) {
    return Method.composite(
        name,
        (problem, iterates) ->
            new SemismoothPolish(method.apply(problem), 1e-4, 200).run(problem, iterates));
  }

  private static Solver sweeps(String name, Function<CompositeProblem, List<Integer>> blocks) {
    return Method.composite(
        name,
        (problem, iterates) -> {
          List<Integer> of = blocks.apply(problem);
          Separability.require(name, problem, of);
          SecondOrderSteps.of((model, at) -> new BlockSweeps(model, of).minimise(at))
              .run(problem, iterates);
        });
  }
}
