package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.Hypergradient;
import org.tacit.implicit.Derivative;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Outcome;

/**
 * Solves the inner problem, and differentiates the validation loss (and, where asked for, the
 * solution) in the log penalties.
 */
final class HypergradientJob implements Job {
  @Override
  public Map<String, Object> run(Workspace workspace) {
    Settings settings = workspace.settings();
    BilevelProblem problem =
        BilevelProblem.of(
            workspace.inner(),
            workspace.model().outer(settings.outer().loss(), PenalisedModel.VALIDATION));
    try (ImplicitSolution solution = workspace.solve(workspace.theta())) {
      Hypergradient hypergradient = problem.hypergradient(workspace.passes(), solution);
      Outcome outcome = hypergradient.outcome();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("outcome", outcome.label());
      workspace.describe(result, workspace.theta(), solution.inner());
      HypergradientReport.add(result, hypergradient, problem.certificate(solution, hypergradient));
      if (settings.output().hasJacobian()) {
        Derivative jacobian = solution.jacobian();
        outcome = outcome.and(jacobian.outcome());
        result.put("outcome", outcome.label());
        result.put("jacobian", HypergradientReport.rows(jacobian.value()));
      }
      Console.say(
          "%s: %s, outer value %.10g, hypergradient norm %.6g",
          settings.name(),
          outcome.label(),
          hypergradient.outerValue(),
          hypergradient.gradient().norm());
      return result;
    }
  }
}
