package org.tacit.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tacit tune}. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = "Tunes the log penalties on the validation loss by hypergradient descent.")
final class TuneCommand implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Override
  public Integer call() {
    return Batch.run(options, new TuneJob());
  }
}
