package org.tacit.experiment;

import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.bilevel.UnrolledHypergradient;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.Gmres;
import org.tacit.linsolve.NoPreconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.solver.Automatic;
import org.tacit.solver.Stopping;

/**
 * The ways to the derivative in lam of {@link SvmDual}'s validation loss at the last of a solver's
 * iterations: implicitly through a fixed point, whatever the solver was, or through the iterations.
 */
enum SvmDerivative {
  PROJECTED("implicit, projected-gradient fixed point"),
  MIRRORED("implicit, mirror-descent fixed point"),
  UNROLLED("unrolled, all iterates kept"),
  CHECKPOINTED("unrolled, with checkpoints");

  private static final double TOLERANCE = 1e-8;

  private final String title;

  SvmDerivative(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The loss and its derivative at one lam, and whether the linear system behind it was solved. */
  record Slope(double loss, double derivative, boolean isSolved) {}

  /** The loss and its derivative as a function of lam. */
  interface Way {
    Slope at(double lam);
  }

  /** The way at these iterations. */
  Way of(SvmDual dual, Unrolled iterations) {
    return switch (this) {
      case PROJECTED -> implicit(dual, dual.projected(), iterations);
      case MIRRORED -> implicit(dual, dual.mirrored(), iterations);
      case UNROLLED -> unrolled(dual, iterations.withCheckpointInterval(1));
      case CHECKPOINTED -> unrolled(dual, iterations);
    };
  }

  private static Way implicit(SvmDual dual, Condition condition, Unrolled iterations) {
    BilevelProblem problem = problem(dual, condition);
    return lam -> {
      Matrix theta = Matrix.scalar(lam);
      Matrix x = iterations.last(dual.passes(), theta, dual.start());
      try (ImplicitSolution solution = problem.inner().at(dual.passes(), theta, x)) {
        Hypergradient found = problem.hypergradient(solution);
        boolean isSolved = found.adjoint().outcome().isConverged();
        return new Slope(found.outerValue(), found.gradient().value(), isSolved);
      }
    };
  }

  private static Way unrolled(SvmDual dual, Unrolled iterations) {
    BilevelProblem problem = problem(dual, dual.projected());
    return lam -> {
      UnrolledHypergradient found =
          problem.hypergradient(dual.passes(), Matrix.scalar(lam), dual.start(), iterations);
      return new Slope(found.outerValue(), found.gradient().value(), true);
    };
  }

  private static BilevelProblem problem(SvmDual dual, Condition condition) {
    return dual.validation(
        ImplicitFunction.of(
            condition,
            new Automatic(),
            new Gmres(TOLERANCE, 300, 120, new NoPreconditioner()),
            Stopping.relative(TOLERANCE, 1)));
  }
}
