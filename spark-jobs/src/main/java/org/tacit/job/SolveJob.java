package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tacit.implicit.ImplicitSolution;

/** Solves the inner problem at the configured penalties. */
final class SolveJob implements Job {
  @Override
  public Map<String, Object> run(Workspace workspace) {
    try (ImplicitSolution solution = workspace.solve(workspace.theta())) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("outcome", solution.inner().outcome().label());
      workspace.describe(result, workspace.theta(), solution.inner());
      Console.say(
          "%s: %s by %s in %d iterations, relative residual %.2e",
          workspace.settings().name(),
          solution.inner().outcome().label(),
          solution.inner().method(),
          solution.inner().iterations(),
          solution.inner().relativeResidual());
      return result;
    }
  }
}
