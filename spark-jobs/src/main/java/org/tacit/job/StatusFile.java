package org.tacit.job;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacit.config.ConfigException;
import org.tacit.config.Hadoop;
import org.tacit.config.Secrets;
import org.tacit.result.Results;

/**
 * {@code status.json} in the folder of all results, for whoever schedules the command: {@code
 * running} from before the first configuration runs, {@code finished} with the exit code when all
 * results are written. A driver that was killed leaves {@code running}.
 */
final class StatusFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

  /** Its name. */
  static final String NAME = "status.json";

  private final Optional<String> folder;
  private final Clock clock = Clock.systemUTC();
  private final String started = now();
  private final List<Map<String, Object>> configurations = new ArrayList<>();
  private String message;
  private String application;

  /** In this folder; nowhere where there is none. */
  StatusFile(Optional<String> folder) {
    this.folder = folder;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  void running() {
    write("running", Optional.empty());
  }

  /** A configuration is done with; the message says why where it has no result. */
  void ended(String location, ExitCode code, String message) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("configuration", Secrets.redacted(location));
    configuration.put("exitCode", code.number());
    configuration.put("message", message.isEmpty() ? null : message);
    configurations.add(configuration);
  }

  /** The command as a whole failed. */
  void failed(Failure failure) {
    message = failure.message();
    finished(failure.code());
  }

  void finished(ExitCode code) {
    write("finished", Optional.of(code));
  }

  /** Where it cannot be written the results could not be, which has been said. */
  private void write(String state, Optional<ExitCode> code) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("state", state);
    status.put("exitCode", code.map(ExitCode::number).orElse(null));
    status.put("started", started);
    status.put("ended", code.isPresent() ? now() : null);
    status.put("message", message);
    application = application == null ? application() : application;
    status.put("application", application);
    status.put("configurations", configurations);
    try {
      folder
          .map(Hadoop::place)
          .ifPresent(place -> Results.replace(new Path(place, NAME), status, Hadoop.settings()));
    } catch (ConfigException unwritable) {
      LOG.warn("No {}: {}", NAME, Secrets.redacted(unwritable.getMessage()));
    }
  }

  /** What the cluster manager calls this run; null before there is a session. */
  private static String application() {
    var session = SparkSession.getDefaultSession();
    return session.isDefined() ? session.get().sparkContext().applicationId() : null;
  }
}
