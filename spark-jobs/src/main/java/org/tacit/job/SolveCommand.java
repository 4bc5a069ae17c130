package org.tacit.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacit solve}. */
@Command(name = "solve", mixinStandardHelpOptions = true, description = "Solves the inner problem.")
final class SolveCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() {
    return Batch.run(options, new SolveJob());
  }
}
