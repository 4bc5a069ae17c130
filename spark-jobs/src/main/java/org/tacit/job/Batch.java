package org.tacit.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tacit.config.ConfigException;
import org.tacit.config.Hadoop;
import org.tacit.result.Results;

/**
 * Runs a job on several configurations in one session. All are checked, and the places of their
 * results tried, before the first runs; what one of them throws ends that one only.
 */
final class Batch {
  private final JobOptions options;
  private final Job job;
  private final StatusFile status;
  private ExitCode code = ExitCode.CONVERGED;

  private Batch(JobOptions options, Job job) {
    this.options = options;
    this.job = job;
    this.status = new StatusFile(options.output());
  }

  /** The exit code, the worst of all configurations. */
  static int run(JobOptions options, Job job) {
    Batch batch = new Batch(options, job);
    batch.status.running();
    batch.status.watch();
    try {
      return Session.around(batch::run);
    } catch (RuntimeException | Error failed) {
      batch.status.failed(Failure.of(failed));
      throw failed;
    } finally {
      batch.status.over();
    }
  }

  private int run() {
    Map<String, Planned> planned = planned();
    // Once more, with what the cluster calls this run.
    status.running();
    run(planned);
    status.finished(code);
    return code.number();
  }

  /** A configuration that can run, and where its result goes. */
  private record Planned(String location, ConfigFile file, Optional<Results> output) {}

  private Map<String, Planned> planned() {
    Map<String, Planned> byName = new LinkedHashMap<>();
    for (String location : options.confs()) {
      attempt(
          location,
          () -> {
            ConfigFile file = options.config().read(location);
            if (byName.containsKey(file.name())) {
              throw new ConfigException(
                  "Two configurations named "
                      + file.name()
                      + " (names must differ, since results are written by name)");
            }
            job.check(file.settings());
            Optional<String> parent = parent(file);
            Optional<Results> output = parent.flatMap(there -> results(there, file));
            if (parent.isEmpty() || output.isPresent()) {
              byName.put(file.name(), new Planned(location, file, output));
            }
            return Optional.empty();
          });
    }
    return byName;
  }

  private Optional<Results> results(String parent, ConfigFile file) {
    return options
        .existing()
        .results(parent, file.name(), file.settings().places().configuration());
  }

  private Optional<String> parent(ConfigFile file) {
    return options
        .output()
        .map(Hadoop::place)
        .or(() -> file.settings().output().path().map(file::beside));
  }

  private void run(Map<String, Planned> planned) {
    for (Planned one : planned.values()) {
      attempt(one.location, () -> Optional.of(new JobRun(job).run(one.file, one.output)));
    }
  }

  /**
   * Work on a configuration, which it may have ended. Errors are caught too: one configuration's
   * lack of memory or stack is no reason to lose the others.
   */
  private void attempt(String location, Callable<Optional<ExitCode>> work) {
    ExecutorMemory.forget();
    try {
      work.call().ifPresent(ended -> end(location, ended, ""));
    } catch (Exception | Error failed) {
      Failure failure = Failure.of(location, failed);
      Console.error(failure, failed);
      end(location, failure.code(), failure.message());
    }
  }

  private void end(String location, ExitCode ended, String message) {
    code = code.and(ended);
    status.ended(location, ended, message);
  }
}
