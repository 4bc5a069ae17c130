package org.tacit.job;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
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
 * results are written; {@code stopped} where the JVM is asked to end before that (SIGTERM, Ctrl-C,
 * an exit). A driver that was killed without being asked leaves {@code running}.
 */
final class StatusFile {
  private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);

  /** Its name. */
  static final String NAME = "status.json";

  /** Before Spark's own hooks, which end the application, and before file systems are closed. */
  private static final int FIRST = FileSystem.SHUTDOWN_HOOK_PRIORITY + 100;

  private final Optional<String> folder;
  private final Clock clock = Clock.systemUTC();
  private final String started = now();
  private final List<Map<String, Object>> configurations = new ArrayList<>();
  private final Runnable hook = this::stopped;
  private String message;
  private String application;
  private boolean isOver;
  private boolean isStopped;
  private boolean isRefused;

  /** In this folder; nowhere where there is none. */
  StatusFile(Optional<String> folder) {
    this.folder = folder;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  synchronized void running() {
    write("running", Optional.empty());
  }

  /** Has {@link #stopped} called where the JVM ends first, until {@link #over}. */
  void watch() {
    folder.ifPresent(f -> ShutdownHookManager.get().addShutdownHook(hook, FIRST));
  }

  /** The command ends, however that is. */
  void over() {
    try {
      folder.ifPresent(f -> ShutdownHookManager.get().removeShutdownHook(hook));
    } catch (IllegalStateException stopping) {
      LOG.debug("The JVM is ending", stopping);
    }
  }

  /** The JVM is ending; what the command comes to meanwhile is of that, and not told any more. */
  synchronized void stopped() {
    if (!isOver) {
      isStopped = true;
      message =
          "Stopped before its end, by a signal or an exit of the JVM (what was written before is"
              + " whole; run it again with --skip-existing to go on)";
      end("stopped", Optional.empty());
    }
  }

  /** A configuration is done with; the message says why where it has no result. */
  synchronized void ended(String location, ExitCode code, String message) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("configuration", Secrets.redacted(location));
    configuration.put("exitCode", code.number());
    configuration.put("message", message.isEmpty() ? null : message);
    configurations.add(configuration);
  }

  /** The command as a whole failed. */
  synchronized void failed(Failure failure) {
    if (!isStopped) {
      message = failure.message();
      finished(failure.code());
    }
  }

  synchronized void finished(ExitCode code) {
    if (!isStopped) {
      end("finished", Optional.of(code));
    }
  }

  private void end(String state, Optional<ExitCode> code) {
    isOver = true;
    write(state, code);
  }

  /** Where it cannot be written the results could not be, which has been said. */
  private void write(String state, Optional<ExitCode> code) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("state", state);
    status.put("exitCode", code.map(ExitCode::number).orElse(null));
    status.put("started", started);
    status.put("ended", isOver ? now() : null);
    status.put("message", message);
    application = application == null ? application() : application;
    status.put("application", application);
    status.put("configurations", configurations);
    try {
      folder
          .map(Hadoop::place)
          .ifPresent(place -> Results.replace(new Path(place, NAME), status, Hadoop.settings()));
    } catch (ConfigException unwritable) {
      if (!isRefused) {
        LOG.warn("No {}: {}", NAME, Secrets.redacted(unwritable.getMessage()));
      }
      isRefused = true;
    }
  }

  /** What the cluster manager calls this run; null before there is a session. */
  private static String application() {
    var session = SparkSession.getDefaultSession();
    return session.isDefined() ? session.get().sparkContext().applicationId() : null;
  }
}
