package org.tacit.solver;

import java.util.function.BiConsumer;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/** A method given by its steps in one solve. */
record Method(String name, Iterates.Aim aim, Steps steps) implements Solver {
  /** Steps while there is something left to do. */
  interface Steps {
    /** How they ended where they have not converged and budget is left. */
    Outcome run(Problem problem, Iterates iterates);
  }

  /** Towards a minimum, until no step helps. */
  static Method minimising(String name, BiConsumer<Problem, Iterates> steps) {
    return minimising(name, Iterates.Aim.MINIMUM, steps);
  }

  private static Method minimising(
      String name, Iterates.Aim aim, BiConsumer<Problem, Iterates> steps) {
    return new Method(
        name,
        aim,
        (problem, iterates) -> {
          steps.accept(problem, iterates);
          return Outcome.STALLED;
        });
  }

  /** Down an objective of which F is the gradient, to the best point. */
  static Method descending(String name, Iterates.Aim aim, BiConsumer<Problem, Iterates> steps) {
    return minimising(
        name,
        aim,
        (problem, iterates) -> {
          Descent.requireObjective(name, iterates);
          steps.accept(problem, iterates);
          iterates.lookCloser();
          if (!iterates.isConverged()) {
            iterates.backToBest();
          }
        });
  }

  /** Towards a minimum of f + g, until no step helps. */
  static Solver composite(String name, BiConsumer<Metered.Composite, Iterates> steps) {
    return new OfKind<>(
        name,
        CompositeProblem.class,
        "no smooth part and proximal map (must be a ProximalGradient)",
        (problem, iterates) -> steps.accept(new Metered.Composite(problem, iterates), iterates));
  }

  /** What a problem is besides an equation; one that is not of this kind is refused. */
  static <K extends Problem.Kind> K part(
      String method, Problem problem, Class<K> kind, String fault) {
    return problem
        .as(kind)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid condition for %s: %s".formatted(method, fault)));
  }

  /** Towards a minimum of problems of one kind, until no step helps. */
  record OfKind<K extends Problem & Problem.Kind>(
      String name, Class<K> kind, String fault, BiConsumer<K, Iterates> steps) implements Solver {
    @Override
    public Solution solve(Problem problem, Matrix start, Stopping stopping) {
      K parts = part(name, problem, kind, fault);
      Iterates iterates = Iterates.minimising(parts, start, stopping);
      steps.accept(parts, iterates);
      return iterates.solution(name, Outcome.STALLED);
    }
  }

  @Override
  public Solution solve(Problem problem, Matrix start, Stopping stopping) {
    Iterates iterates = new Iterates(problem, start, stopping, aim);
    Outcome end = steps.run(problem, iterates);
    return iterates.solution(name, end);
  }
}
