package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/**
 * Steps to, or towards, the minimiser of the second-order model of f, plus g. The model's Hessian
 * is built on the driver ({@link DenseOperator#of}), or such parts of it as {@link WorkingSets} ask
 * for; for squared losses it is the Gram matrix and the model is the problem itself. {@link Fista}
 * takes over for a while where no model's step helps.
 *
 * <p>With d the way to the model's minimiser x + d, and s in the subdifferential of g there, a
 * convex g grows by t s'd at most on the way from x to x + t d. So f + g falls where f(x + t d) + t
 * s'd is below f(x), g's values being unknown. A step is halved until it falls by a part of what f
 * and s promise, (grad f(x) + s)'d t; where that is within the rounding of f, or an f or g that is
 * not convex promises nothing, until the residual's norm falls. Models that do not help are damped,
 * and what several damped steps come to is gone on along ({@link Ravine}). Source: Lee, Sun and
 * Saunders, Proximal Newton-type methods for minimizing composite functions, 2014, section 2.
 *
 * @param target where the steps go
 */
record SecondOrderSteps(Target target) {
  private static final int HALVINGS = 6;
  private static final int REFUSALS = 60;
  private static final double ARMIJO = 1e-4;

  /** A step cut to less is one of a model that holds nearby only. */
  private static final double SHORT = 0.125;

  /** Damping at first, at most before {@link Fista} is asked, and at least, in units of 1 / eta. */
  private static final double FIRST = 1e-3;

  private static final double MOST = 1;
  private static final double LEAST = 1e-9;

  private static final double LEVEL = 1e-13;

  /** To what solves models on whole Hessians, without passes. */
  static SecondOrderSteps of(Minimiser minimiser) {
    return new SecondOrderSteps(
        (problem, here, iterates, damping) ->
            hessian(problem, here.x())
                .map(whole -> new QuadraticModel(problem, here, whole).damped(damping))
                .map(model -> model.aim(minimiser.minimise(model, iterates))));
  }

  /** Where a step goes. */
  interface Target {
    /**
     * What is near the minimiser of the model at a point, with this on its diagonal besides; empty
     * where there is no model.
     */
    Optional<QuadraticModel.Aim> of(
        CompositeProblem problem, Problem.Point here, Iterates iterates, double damping);

    /** Values of f that differ by this part are equal but for the rounding of sums. */
    default double level() {
      return LEVEL;
    }

    /** Whether it may have a point again. */
    default boolean isUsable() {
      return true;
    }
  }

  /** A method for models. */
  interface Minimiser {
    /**
     * A better point of the model than {@code problem.x()}; counts its iterations there, but for
     * the last, which is counted where the point is judged.
     */
    Matrix minimise(QuadraticModel model, Iterates problem);
  }

  /** Steps on a problem whose Hessian and points count ({@link Metered.Composite}). */
  void run(Metered.Composite problem, Iterates iterates) {
    boolean goesOn = true;
    double damping = 0;
    Ravine ravine = new Ravine();
    while (goesOn && iterates.goesOn() && target.isUsable()) {
      double before = iterates.norm();
      double unit = 1 / problem.at(iterates.x()).step();
      double t = step(problem, iterates, damping);
      boolean isDamped = damping >= MOST * unit;
      damping = t < SHORT ? Math.max(10 * damping, FIRST * unit) : t == 1 ? damping / 10 : damping;
      damping = damping < LEAST * unit ? 0 : damping;
      ravine.follow(iterates, damping > 0);
      goesOn =
          t > 0 || !isDamped || Fista.run(problem, iterates, 0.1, 20) || iterates.norm() < before;
    }
  }

  /** How much of the way was gone. */
  private double step(CompositeProblem problem, Iterates iterates, double damping) {
    Problem.Point here = problem.at(iterates.x());
    Optional<QuadraticModel.Aim> aim = found(problem, here, iterates, damping);
    double t = aim.isPresent() ? search(problem, iterates, here, aim.get()) : 0;
    if (t == 0) {
      iterates.stay();
    }
    return t;
  }

  private double search(
      CompositeProblem problem, Iterates iterates, Problem.Point here, QuadraticModel.Aim aim) {
    Matrix x = here.x();
    Matrix way = aim.x().minus(x);
    double growth = aim.slope().dot(way);
    double promise = here.gradient().dot(way) + growth;
    boolean isConvex = problem.curvature() == Structure.POSITIVE_DEFINITE;
    Optional<Trial> closer = Optional.empty();
    int halvings = HALVINGS;
    double t = 1;
    for (int k = 0; k < Math.min(halvings, REFUSALS) && iterates.isOpen(); k++, t /= 2) {
      Matrix at = x.plus(t, way);
      if (at.equals(x)) {
        break;
      }
      Optional<Problem.Evaluated> there = iterates.evaluate(at);
      if (there.isEmpty()) {
        halvings += 3;
        continue;
      }
      double f = problem.at(at).smooth();
      double rounding = target.level() * Math.max(Math.abs(here.smooth()), Math.abs(f));
      boolean isPlain = t * promise < -rounding;
      if (isPlain && f + t * growth <= here.smooth() + ARMIJO * t * promise) {
        iterates.moveTo(at, there.get());
        iterates.keep();
        return t;
      }
      boolean isCloser = there.get().residual().norm() <= (1 - ARMIJO * t) * iterates.norm();
      boolean isHigher = f + t * growth > here.smooth() + rounding;
      if (closer.isEmpty() && isCloser && !(isConvex && (isPlain || isHigher))) {
        closer = Optional.of(new Trial(at, there.get(), t));
      }
      if (closer.isPresent() && !isPlain) {
        break;
      }
      halvings += isPlain && closer.isEmpty() ? 1 : 0;
    }
    closer.ifPresent(trial -> iterates.moveTo(trial.x(), trial.there()));
    return closer.map(Trial::t).orElse(0.0);
  }

  private record Trial(Matrix x, Problem.Evaluated there, double t) {}

  private Optional<QuadraticModel.Aim> found(
      CompositeProblem problem, Problem.Point here, Iterates iterates, double damping) {
    return NotANumberException.orNothing(() -> target.of(problem, here, iterates, damping))
        .filter(aim -> aim.x().isFinite() && aim.slope().isFinite());
  }

  private static Optional<Matrix> hessian(CompositeProblem problem, Matrix x) {
    try (ClosableOperator hessian = problem.hessian(x)) {
      return Optional.of(DenseOperator.of(hessian).matrix()).filter(Matrix::isFinite);
    } catch (NotANumberException overflow) {
      return Optional.empty();
    }
  }
}
