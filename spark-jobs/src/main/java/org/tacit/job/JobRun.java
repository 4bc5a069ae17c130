package org.tacit.job;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tacit.config.ConfigException;
import org.tacit.data.Parts;
import org.tacit.pass.NotANumberException;
import org.tacit.result.ResultFile;
import org.tacit.result.Results;

/** Runs a job on one configuration, and writes its result. */
record JobRun(Job job) {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  /** Whether the result is as asked for; everything else is thrown. */
  ExitCode run(ConfigFile file, Optional<Results> output) {
    Found found = measured(file);
    output.ifPresent(
        results -> {
          write(found, results, file);
          Console.say("%s: written to %s", file.name(), results);
        });
    return found.result().outcome().isAsAsked() ? ExitCode.CONVERGED : ExitCode.NOT_CONVERGED;
  }

  /** What was hours of work is not lost with its place: its numbers stay on the driver's disk. */
  private static void write(Found found, Results results, ConfigFile file) {
    try {
      results.write(found.json(), found.lists());
    } catch (ConfigException unwritable) {
      throw new ConfigException(unwritable.getMessage() + kept(found, file), unwritable);
    }
  }

  private static String kept(Found found, ConfigFile file) {
    try {
      Path kept = Files.createTempFile("tacit-" + file.name() + "-", ".json");
      Files.writeString(kept, Results.json(found.json()));
      return "; its " + Results.FILE + " is kept as " + kept + " on the driver's machine";
    } catch (IOException alsoFull) {
      return "; nor could it be kept in " + System.getProperty("java.io.tmpdir");
    }
  }

  /** A result with the lists that are written beside it. */
  private record Found(JobResult result, Map<String, Object> json, List<ResultFile> lists) {}

  /** The job's result; numbers that overflow are told with what is likely to have made them. */
  private JobResult explained(Workspace workspace) {
    try {
      return job.run(workspace);
    } catch (NotANumberException overflow) {
      throw OverflowReport.of(workspace, overflow);
    }
  }

  private Found measured(ConfigFile file) {
    try {
      return found(file);
    } finally {
      Session.running().ifPresent(spark -> spark.sparkContext().clearJobGroup());
    }
  }

  /** Spark shows the jobs of one configuration as one group. */
  private static SparkSession spark(ConfigFile file) {
    SparkSession spark = Session.spark();
    spark.sparkContext().setJobGroup(file.name(), file.name(), false);
    return spark;
  }

  /** In one line, which is a configuration too. */
  private static String resolved(ConfigFile file) {
    return ConfigFactory.parseMap(file.settings().places().configuration())
        .root()
        .render(ConfigRenderOptions.concise());
  }

  /** What was read and where passes will run, in a line. */
  private static String described(Parts data) {
    List<String> rows = new ArrayList<>();
    data.byName()
        .forEach(
            (name, table) ->
                rows.add(String.format(Locale.ROOT, "%s %,d", name, table.rowCount())));
    return String.format(
        Locale.ROOT,
        "rows %s; %d features%s; passes run %s",
        String.join(", ", rows),
        data.featureNames().size(),
        data.droppedRows() == 0 ? "" : ", " + data.droppedRows() + " bad rows dropped",
        data.engine().equals("spark")
            ? "on Spark"
            : "in process (small table; engine = spark forces Spark)");
  }

  private static void say(ConfigFile file, StageCounts stages) {
    if (stages.areSeveral()) {
      long passes = stages.all().stream().mapToLong(StageCounts.Stage::passes).sum();
      Console.say("%s: %d passes: %s", file.name(), passes, stages.told());
    }
  }

  private Found found(ConfigFile file) {
    RunRecord record = new RunRecord();
    Settings settings = file.settings();
    try (Parts data =
        settings.places().placed(() -> settings.data().read(() -> spark(file), file))) {
      record.read();
      LOG.info("{}: configuration {}", file.name(), resolved(file));
      Console.say("%s: %s", file.name(), described(data));
      List<String> warnings = new ArrayList<>(new LabelCheck(settings, data).warnings());
      JobMetrics metrics = JobMetrics.of(Session.running());
      StageCounts stages = new StageCounts();
      Workspace workspace = Workspace.of(settings, data, List.of(metrics.begin(), stages));
      JobResult ended = explained(workspace);
      JobResult found = OverflowReport.reason(workspace, ended).map(ended::because).orElse(ended);
      SeparableClasses.warning(workspace, found.inner().value()).ifPresent(warnings::add);
      EqualColumns.warning(workspace, found).ifPresent(warnings::add);
      JobResult result = found.withEarlier(warnings);
      result.warnings().forEach(warning -> Console.say("%s: note: %s", file.name(), warning));
      Map<String, Object> json = ResultJson.of(workspace, result);
      List<ResultFile> lists = ResultFiles.of(workspace, result);
      record.addTo(json, settings, workspace, stages);
      say(file, stages);
      return new Found(result, json, lists);
    }
  }
}
