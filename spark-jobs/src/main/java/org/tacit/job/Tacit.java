package org.tacit.job;

import java.util.concurrent.Callable;
import org.tacit.config.Submission;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code tacit solve | hypergradient | tune | cross-validate CONF...}, {@code
 * tacit experiment NAME}.
 *
 * <table>
 * <caption>Exit codes: the worst of all configurations, in the order 1, 2, 3</caption>
 * <tr><td>0</td><td>every result converged, or was stopped early as asked</td></tr>
 * <tr><td>1</td><td>a failure that is no doing of the input, such as a lack of memory</td></tr>
 * <tr><td>2</td><td>a command line, configuration, data or output that cannot be used</td></tr>
 * <tr><td>3</td><td>a result that did not converge, or a tuned one that is not trusted</td></tr>
 * </table>
 */
public final class Tacit {
  private Tacit() {}

  /**
   * Runs a command; the exit code says how it went. In cluster deploy mode it is an exception that
   * says so: cluster managers take an exit for a driver that died, even a successful one.
   */
  public static void main(String[] arguments) {
    int code = run(arguments);
    if (code != ExitCode.CONVERGED.number()) {
      if (Submission.isInCluster()) {
        throw new CommandFailedException(code, Console.lastError());
      }
      System.exit(code);
    }
  }

  /** As {@link #main}, returning the exit code. */
  public static int run(String... arguments) {
    return new CommandLine(new Root())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failed, command, parsed) -> {
              Failure failure = Failure.of(failed);
              Console.error(failure, failed);
              return failure.code().number();
            })
        .execute(arguments);
  }

  /** Without a subcommand, the usage. */
  @Command(
      name = "tacit",
      mixinStandardHelpOptions = true,
      versionProvider = Versions.class,
      description = "Implicit differentiation of models fitted on sharded data.",
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:every result converged, or was stopped early as asked",
        "1:a failure that is no doing of the input, such as a lack of memory",
        "2:a command line, configuration, data or output that cannot be used",
        "3:a result that did not converge, or a tuned one that is not trusted"
      },
      scope = CommandLine.ScopeType.INHERIT,
      subcommands = {
        SolveJob.class,
        HypergradientJob.class,
        TuneJob.class,
        CrossValidateJob.class,
        ExperimentCommand.class,
        PlanCommand.class
      })
  static final class Root implements Callable<Integer> {
    @Override
    public Integer call() {
      CommandLine.usage(this, System.err);
      return ExitCode.REFUSED.number();
    }
  }
}
