package org.tacit.linsolve;

import java.util.Optional;
import java.util.function.IntFunction;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.LinearOperator;

/**
 * An iterative method until its products have cost as much as the whole matrix with its factors
 * does, and from then on these: so never more than twice what the better of the two takes, which
 * nobody knows beforehand (Karlin, Manasse, Rudolph and Sleator 1988, competitive snoopy caching;
 * "ski rental"). The systems of one operator and of its neighbours ({@link Nearby}) share the
 * account; where one has many right-hand sides, the whole matrix may be the cheaper at once.
 *
 * <p>Solutions that began with the iterative method count its products too.
 */
final class UntilWholePays implements PreparedSolver {
  /** Products that a system takes with the best of preconditioners, which no other one saves. */
  private static final int FREE = 3;

  private final LinearOperator operator;
  private final IntFunction<LinearSolver> iterative;
  private final int maxIterations;
  private final double relativeTolerance;
  private final Cost cost;
  private Nearby nearby;
  private Optional<PreparedSolver> whole = Optional.empty();

  /**
   * @param iterative the method with a budget of iterations
   * @param nearby what the iterative method knows
   */
  UntilWholePays(
      LinearOperator operator, IntFunction<LinearSolver> iterative, Auto settings, Nearby nearby) {
    this.operator = operator;
    this.iterative = iterative;
    this.maxIterations = settings.maxIterations();
    this.relativeTolerance = settings.relativeTolerance();
    this.cost = operator.cost();
    this.nearby = nearby;
  }

  @Override
  public Solution solve(Of of, Matrix b, Matrix start) {
    double product = cost.product(Math.max(1, b.cols()));
    double left = (cost.factorised() - nearby.spent()) / product;
    boolean isPlenty = left >= (nearby.knows(b.rows()) ? Cost.FEW_IN_A_STEP : Cost.FEW);
    if (whole.isPresent() || !isPlenty) {
      return whole().solve(of, b, start);
    }
    int budget = (int) Math.min(maxIterations, left);
    Solution found = iterative.apply(budget).prepare(operator).solve(of, b, start);
    int free = nearby.knows(b.rows()) ? FREE : 0;
    nearby = nearby.afterSpending(Math.max(0, found.iterations() - free) * product);
    boolean wouldHelp =
        switch (found.outcome()) {
          case BUDGET_EXHAUSTED -> budget < maxIterations;
          case STALLED -> cost.isHeld();
          default -> false;
        };
    return wouldHelp ? InTurn.joined(found, whole().solve(of, b, found.value())) : found;
  }

  private PreparedSolver whole() {
    PreparedSolver factorised =
        whole.orElseGet(() -> new Whole(relativeTolerance, maxIterations).prepare(operator));
    whole = Optional.of(factorised);
    return factorised;
  }

  @Override
  public Nearby nearby() {
    return whole.map(PreparedSolver::nearby).orElse(nearby);
  }
}
