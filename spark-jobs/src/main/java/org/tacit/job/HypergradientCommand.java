package org.tacit.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacit hypergradient}. */
@Command(
    name = "hypergradient",
    mixinStandardHelpOptions = true,
    description =
        "Solves the inner problem and differentiates the validation loss in every log penalty.")
final class HypergradientCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() {
    return Batch.run(options, new HypergradientJob());
  }
}
