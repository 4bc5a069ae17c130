package org.tacit.job;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tacit.config.ConfigException;
import org.tacit.config.ConfigText;
import org.tacit.config.Hadoop;
import org.tacit.config.Secrets;
import org.tacit.experiment.Experiment;
import org.tacit.experiment.Experiments;
import org.tacit.experiment.Findings;
import org.tacit.experiment.Setup;
import org.tacit.result.ResultFile;
import org.tacit.result.Results;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tacit experiment}. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = "Runs an experiment of the paper, arXiv 2105.15183, and draws its picture.")
final class ExperimentCommand implements Callable<Integer> {
  /** The folder of the configurations that come with Tacit, as scripts/tacit says it. */
  private static final String CONF = System.getProperty("tacit.conf", "conf");

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; --list has all.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--list", description = "Says what each shows, and how long it takes.")
  private boolean isListing;

  @Option(
      names = "--config",
      paramLabel = "CONF",
      description = "Another configuration than conf/experiments/NAME.conf.")
  private Optional<String> config = Optional.empty();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "experiments",
      description = "Writes DIR/NAME (default: ${DEFAULT-VALUE}).")
  private String output;

  @ArgGroup(exclusive = true)
  private JobOptions.Existing existing = new JobOptions.Existing();

  @Override
  public Integer call() {
    if (isListing || name.isEmpty()) {
      list();
      return (isListing ? ExitCode.CONVERGED : ExitCode.REFUSED).number();
    }
    Experiment experiment =
        Experiments.named(name.get())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Unknown experiment: " + name.get() + " (must be one of " + names() + ")"));
    return Session.around(
        () -> {
          run(experiment);
          return ExitCode.CONVERGED.number();
        });
  }

  private static String names() {
    return String.join(", ", Experiments.all().stream().map(Experiment::name).toList());
  }

  private static void list() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("experiment", "takes", "repeats", "shows"));
    Experiments.all()
        .forEach(e -> rows.add(List.of(e.name(), e.takes(), e.reference(), e.shows())));
    Console.table(rows);
  }

  private void run(Experiment experiment) {
    String location = config.orElse(CONF + "/experiments/" + experiment.name() + ".conf");
    Config settings =
        ConfigText.parsed(Hadoop.source(location), options.overrides(), options.allowed());
    existing
        .results(Hadoop.place(output), experiment.name(), configuration(settings))
        .ifPresent(results -> run(experiment, settings, location, results));
  }

  private static void run(
      Experiment experiment, Config settings, String location, Results results) {
    int slash = location.lastIndexOf('/');
    String folder = slash < 0 ? "." : location.substring(0, slash);
    long start = System.nanoTime();
    Findings findings = experiment.run(new Setup(settings, folder, Console::say));
    double seconds = (System.nanoTime() - start) * 1e-9;
    results.write(json(experiment, settings, findings), files(findings, seconds));
    Console.say("%s: %.1f s, written to %s", experiment.name(), seconds, results);
  }

  /** Equal bit for bit when run again. */
  private static Map<String, Object> json(
      Experiment experiment, Config settings, Findings findings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("experiment", experiment.name());
    json.put("shows", experiment.shows());
    json.put("reference", experiment.reference());
    json.put("configuration", configuration(settings));
    json.putAll(findings.numbers());
    json.put("versions", Versions.all());
    return json;
  }

  private static Map<String, Object> configuration(Config settings) {
    return Secrets.redacted(settings.root().unwrapped());
  }

  private static List<ResultFile> files(Findings findings, double seconds) {
    List<ResultFile> files = new ArrayList<>(findings.files());
    Map<String, Object> costs = new LinkedHashMap<>(findings.costs());
    costs.put("secondsInAll", seconds);
    files.add(Results.jsonFile("costs.json", costs));
    return files;
  }
}
