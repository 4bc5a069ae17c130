package org.tacit.solver;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.HeldBlock;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * The minimiser of the second-order model of f, plus a g that acts on each unknown by itself, where
 * the driver holds what products with the Hessian need ({@link CompositeProblem#isHeld}): any
 * number of unknowns, of which any number move.
 *
 * <p>The model is minimised on a working set, by products with the Hessian's block of its members,
 * to a part of the residual that the step began with. A product with the whole Hessian then tells
 * the model's gradient everywhere; unknowns that violate optimality join, and the set is solved
 * again. So a step costs the pass that places the Hessian, and the one that judges where it went,
 * whose whole gradient checks every unknown.
 *
 * <p>Source: Yuan, Ho and Lin, An improved GLMNET for L1-regularized logistic regression, 2012
 * (inexact models on shrunk sets); Massias, Gramfort and Salmon, Celer, 2018 (working sets).
 */
final class HeldModels implements SecondOrderSteps.Target {
  private static final int FIRST = 200;
  private static final int ROUNDS = 20;
  private static final int MANY = 5000;

  /** Of the residual at the beginning, at most what is left of a model's. */
  private static final double ENOUGH = 1e-2;

  private final BiConsumer<Metered.Composite, Iterates> method;
  private Optional<AbsolutePenalty> penalty = Optional.empty();
  private boolean isUsable = true;

  /** Minimises models by this method. */
  HeldModels(BiConsumer<Metered.Composite, Iterates> method) {
    this.method = method;
  }

  /** Until g coupled unknowns. */
  @Override
  public boolean isUsable() {
    return isUsable;
  }

  @Override
  public Optional<QuadraticModel.Aim> of(
      CompositeProblem problem, Problem.Point here, Iterates of, double damping) {
    isUsable = CompositeProblem.slopes(problem, here).isPresent();
    if (!isUsable) {
      return Optional.empty();
    }
    penalty = penalty.or(() -> AbsolutePenalty.known(problem));
    try (ClosableOperator hessian = problem.hessian(here.x())) {
      return minimised(new Step(problem, here, of, damping), hessian);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }

  private record Step(CompositeProblem problem, Problem.Point here, Iterates of, double damping) {
    /** What may be left of the model's residual. */
    double enough() {
      return Math.max(0.3 * of.bound(), ENOUGH * here.residual().norm());
    }
  }

  private Optional<QuadraticModel.Aim> minimised(Step step, LinearOperator hessian) {
    Problem.Point here = step.here;
    int n = here.x().rows();
    WorkingSet set = wider(WorkingSet.of(n, i -> here.x().at(i) != 0), here.residual());
    Matrix x = here.x();
    Matrix slope = Matrix.zeros(n, 1);
    for (int round = 0; round < ROUNDS && set.size() > 0 && step.of.isOpen(); round++) {
      QuadraticModel.Aim aim = aim(step, hessian, set, x);
      x = set.with(here.x(), aim.x());
      slope = set.with(Matrix.zeros(n, 1), aim.slope());
      Matrix gradient = here.gradient().plus(hessian.apply(x.minus(here.x())));
      Matrix residual = step.problem.prox(x.plus(-here.step(), gradient), here.step()).minus(x);
      Matrix outside = set.with(residual, Matrix.zeros(set.size(), 1));
      if (!(outside.norm() > step.enough())) {
        break;
      }
      set = wider(set, outside);
    }
    return Optional.of(new QuadraticModel.Aim(x, slope));
  }

  /** With those that are furthest from optimal: up to as many again. */
  private static WorkingSet wider(WorkingSet set, Matrix residual) {
    return set.with(residual.map(Math::abs), Math.max(FIRST, set.size())).inOrder();
  }

  private QuadraticModel.Aim aim(Step step, LinearOperator hessian, WorkingSet set, Matrix from) {
    Optional<HeldBlock> block = hessian.block(set.mask());
    Problem.Point here = WorkingSets.restricted(step.here, set);
    ProductModel model =
        new ProductModel(
            WorkingSets.on(set, step.problem, step.here, penalty),
            here,
            block.<LinearOperator>map(held -> held).orElseGet(() -> new Embedded(hessian, set)),
            step.damping);
    double enough = 0.5 * step.enough();
    Matrix start = set.restrict(from);
    Optional<ColumnSweeps> sweeps =
        penalty.flatMap(
            known ->
                block
                    .flatMap(HeldBlock::columns)
                    .map(
                        columns ->
                            new ColumnSweeps(columns, known.on(set), model, here, step.damping)));
    Matrix near = sweeps.map(by -> by.descended(start, enough)).orElse(start);
    Stopping stopping =
        new Stopping(0, enough, MANY, Stopping.Watch.NONE)
            .withCancellation(() -> !step.of.isOpen());
    Iterates iterates = new Iterates(model, near, stopping);
    method.accept(new Metered.Composite(model, iterates), iterates);
    return model.aim(iterates.x());
  }

  /** The block of some members by products with the whole. */
  private record Embedded(LinearOperator whole, WorkingSet set) implements LinearOperator {
    @Override
    public int rows() {
      return set.size();
    }

    @Override
    public Matrix apply(Matrix x) {
      return set.restrict(whole.apply(set.with(Matrix.zeros(whole.rows(), x.cols()), x)));
    }

    @Override
    public LinearOperator transpose() {
      return this;
    }

    @Override
    public Structure structure() {
      return whole.structure();
    }
  }
}
