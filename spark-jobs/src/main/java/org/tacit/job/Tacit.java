package org.tacit.job;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code tacit solve | hypergradient | tune CONF...}. */
public final class Tacit {
  private Tacit() {}

  /** Runs a command; the exit code is 0 when every configuration ran and converged. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** As {@link #main}, returning the exit code: 1 for a failed run, 2 for a wrong command line. */
  public static int run(String... arguments) {
    return new CommandLine(new Root())
        .setExecutionExceptionHandler(
            (failed, command, parsed) -> {
              Console.error(failed);
              return 1;
            })
        .execute(arguments);
  }

  /** Without a subcommand, the usage. */
  @Command(
      name = "tacit",
      mixinStandardHelpOptions = true,
      versionProvider = Versions.class,
      description = "Implicit differentiation of models fitted on sharded data.",
      subcommands = {SolveCommand.class, HypergradientCommand.class, TuneCommand.class})
  static final class Root implements Callable<Integer> {
    @Override
    public Integer call() {
      CommandLine.usage(this, System.err);
      return 2;
    }
  }
}
