package org.tacit.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.config.ConfigException;
import org.tacit.implicit.Certificate;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Solves the inner problem, and differentiates the validation loss, or the mean loss of folds (and,
 * where asked for, the solution) in the log penalties.
 */
@Command(
    name = "hypergradient",
    mixinStandardHelpOptions = true,
    description =
        "Solves the inner problem and differentiates the validation loss in every log penalty.")
final class HypergradientJob implements Job, Callable<Integer> {
  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    return Batch.run(options, this);
  }

  private static final long MOST_NUMBERS = 10_000_000;

  @Override
  public JobResult run(Workspace workspace) {
    Settings settings = workspace.settings();
    requireSize(workspace);
    BilevelProblem problem = workspace.outer();
    Matrix theta = workspace.theta();
    try (ImplicitSolution solution = problem.inner().solve(workspace.passes(), theta);
        ImplicitSolution whole = workspace.isFolded() ? workspace.solve(theta) : solution) {
      Hypergradient hypergradient = problem.hypergradient(workspace.passes(), solution);
      Certificate certificate = problem.certificate(solution, hypergradient);
      Optional<Derivative> jacobian =
          settings.output().hasJacobian()
              ? Optional.of(workspace.solutions().jacobian(whole))
              : Optional.empty();
      Outcome ofJacobian = jacobian.map(Derivative::outcome).orElse(Outcome.CONVERGED);
      Outcome outcome = hypergradient.outcome().and(whole.inner().outcome()).and(ofJacobian);
      Console.say(
          "%s: %s, outer value %.10g, hypergradient norm %.6g",
          settings.name(),
          outcome.label(),
          hypergradient.outerValue(),
          hypergradient.gradient().norm());
      return new JobResult(
          outcome,
          reason(
              solution.inner().outcome().isConverged() ? whole : solution, hypergradient, jacobian),
          warnings(workspace, whole.inner(), certificate),
          theta,
          whole.inner(),
          Optional.of(
              new JobResult.Sensitivity(
                  hypergradient, certificate, jacobian.map(Derivative::value))),
          Optional.empty());
    }
  }

  private static Optional<String> reason(
      ImplicitSolution solution, Hypergradient hypergradient, Optional<Derivative> jacobian) {
    return JobResult.reason("the inner solve", solution.inner())
        .or(() -> JobResult.reason("the adjoint solve", hypergradient.adjoint()))
        .or(
            () ->
                jacobian.flatMap(of -> JobResult.reason("the Jacobian's solve", of.linearSolve())));
  }

  private static List<String> warnings(
      Workspace workspace, Solution inner, Certificate certificate) {
    List<String> warnings =
        new ArrayList<>(EmptyModel.warning(workspace, workspace.theta(), inner).stream().toList());
    certificate
        .reason()
        .map(reason -> Symbols.of(workspace).named(reason))
        .ifPresent(reason -> warnings.add("the hypergradient is not trusted: " + reason));
    return warnings;
  }

  /** A Jacobian has a column for every theta: refused before any work where it is too large. */
  private static void requireSize(Workspace workspace) {
    Settings settings = workspace.settings();
    long unknowns = workspace.model().inner().unknowns();
    long numbers = unknowns * workspace.thetaNames().size();
    if (settings.output().hasJacobian() && numbers > MOST_NUMBERS) {
      throw new ConfigException(
          String.format(
              java.util.Locale.ROOT,
              "%sinvalid output.jacobian: true for %,d unknowns x %,d thetas = %,d numbers (must be"
                  + " at most %,d: leave it out, or use fewer penalties by model.per)",
              settings.places().of("output.jacobian"),
              unknowns,
              workspace.thetaNames().size(),
              numbers,
              MOST_NUMBERS));
    }
  }
}
