package org.tacit.job;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.tacit.config.ConfigException;
import org.tacit.plan.ClusterCost;
import org.tacit.plan.Rates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tacit plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description =
        "Says what a configuration would take on a cluster: passes, memory, seconds. Nothing runs.")
final class PlanCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  @Parameters(paramLabel = "CONF", description = "A configuration file.")
  private String conf = "";

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of all parts together (default: by the file's length).")
  private Optional<Long> rows = Optional.empty();

  @Option(
      names = "--features",
      paramLabel = "P",
      description = "Features (default: by the file's first lines).")
  private Optional<Integer> features = Optional.empty();

  @Option(
      names = "--non-zeros",
      paramLabel = "K",
      description = "Of a row, where data are sparse (default: as in the first lines, else P).")
  private Optional<Double> nonZeros = Optional.empty();

  @Option(names = "--executors", paramLabel = "E", description = "Default: 1, this machine.")
  private int executors = 1;

  @Option(
      names = "--cores",
      paramLabel = "C",
      description = "Of each executor (default: this machine's).")
  private int cores = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    rows.ifPresent(given -> requirePositive("--rows", given));
    features.ifPresent(given -> requirePositive("--features", given));
    nonZeros.ifPresent(given -> requirePositive("--non-zeros", given));
    requireCount("--executors", executors);
    requireCount("--cores", cores);
    ConfigFile file = config.read(conf);
    ClusterCost cluster = new ClusterCost(Rates.COMMON, executors, cores);
    Plan.of(file, size(file), cluster).lines().forEach(Console::say);
    return ExitCode.CONVERGED.number();
  }

  private static void requireCount(String option, int given) {
    if (given < 1 || given > MOST) {
      throw new ConfigException(
          "Invalid " + option + ": " + given + " (must be from 1 to " + MOST + ")");
    }
  }

  private static void requirePositive(String option, Number given) {
    if (!(given.doubleValue() > 0 && Double.isFinite(given.doubleValue()))) {
      throw new ConfigException("Invalid " + option + ": " + given + " (must be > 0)");
    }
  }

  private DataSize size(ConfigFile file) {
    if (rows.isPresent() && features.isPresent()) {
      return new DataSize(rows.get(), features.get(), nonZeros.orElse((double) features.get()));
    }
    DataSize known = DataSize.estimated(file);
    return new DataSize(
        rows.orElse(known.rows()),
        features.orElse(known.features()),
        nonZeros.orElse(features.isPresent() ? (double) features.get() : known.numbersARow()),
        known.classes());
  }
}
