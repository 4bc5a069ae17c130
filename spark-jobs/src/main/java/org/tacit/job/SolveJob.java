package org.tacit.job;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.linsolve.Solution;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Solves the inner problem at the configured penalties. */
@Command(name = "solve", mixinStandardHelpOptions = true, description = "Solves the inner problem.")
final class SolveJob implements Job, Callable<Integer> {
  @Mixin private JobOptions options = new JobOptions();

  @Override
  public Integer call() {
    return Batch.run(options, this);
  }

  @Override
  public JobResult run(Workspace workspace) {
    try (ImplicitSolution solution = workspace.solve(workspace.theta())) {
      Solution inner = solution.inner();
      Console.say(
          "%s: %s by %s in %d iterations, relative residual %.2e",
          workspace.settings().name(),
          inner.outcome().label(),
          inner.method(),
          inner.iterations(),
          inner.relativeResidual());
      return new JobResult(
          inner.outcome(),
          JobResult.reason("the solve", inner),
          EmptyModel.warning(workspace, workspace.theta(), inner).stream().toList(),
          workspace.theta(),
          inner,
          Optional.empty(),
          Optional.empty());
    }
  }
}
