package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.spark.SparkExtension;

/** What theta holds beside penalties, and what judges it, from the configuration to the result. */
@ExtendWith(SparkExtension.class)
class TunedKeysTest {
  private static final String CONF =
      """
      data { format = csv, path = a.csv, label = y, keys = [site], features = [a, b]
             split { modulo = 4, train = [0, 1], validation = 2, test = 3 } }
      model { loss = logistic, intercept = true }
      theta = -3
      outer.bounds = [-6, 6]
      engine = in-process
      """;

  @TempDir private Path folder;

  /** One row in five is positive; site 2 has other labels than the others. */
  @BeforeEach
  void write(SparkSession sharedByTheJobs) throws IOException {
    Random random = new Random(12);
    List<String> lines = new ArrayList<>(List.of("a,b,site,y,r"));
    for (int i = 0; i < 320; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      int site = i / 4 % 5 == 0 ? 2 : i / 4 % 2;
      double score = (site == 2 ? -a : a) + 0.5 * b - 1.2;
      double r = score + random.nextGaussian();
      lines.add(String.format(Locale.ROOT, "%s,%s,%d,%d,%s", a, b, site, r > 0 ? 1 : 0, r));
    }
    Files.write(folder.resolve("a.csv"), lines);
    Files.writeString(folder.resolve("a.conf"), CONF);
  }

  private CommandRun run(String command, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(command, folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--overwrite", "--output", folder.resolve("out").toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(new String[0]));
  }

  private JsonNode result(String command, String... settings) throws IOException {
    CommandRun run = run(command, settings);
    assertThat(run.code()).as(run.said()).isZero();
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  private void refused(String message, String... settings) {
    CommandRun run = run("tune", settings);
    assertThat(run.code()).as(run.said()).isEqualTo(ExitCode.REFUSED.number());
    assertThat(run.said()).contains(message);
  }

  /** By differences of the last theta. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-3,0.4,|-0.7|model.tune=[class-weights]",
        "-3,0.4,|-0.7|model.tune=[class-weights];folds=3;data.split.validation=null;outer.loss=auc",
        "-3,|-1.5|model.tune=[label-smoothing];model.label-smoothing=0.1;outer.loss=logistic",
        "-3,0.4,|-0.7|model.tune=[feature-scales];outer.loss=squared-pairs;outer.margin=2",
        "''|-2|outer.worst-group={by=site,count=3,temperature=0.05};outer.loss=logistic",
        "-3,|-0.4|model.tune=[delta];model.loss=huber;outer.loss=squared;data.label=r"
      })
  void hypergradientsAreSlopes(String before, double last, String joined) throws IOException {
    List<String> settings = List.of(joined.split(";", -1));
    JsonNode found = at(settings, before, last).at("/hypergradient");
    double slope =
        (at(settings, before, last + 1e-4).at("/outerValue").asDouble()
                - at(settings, before, last - 1e-4).at("/outerValue").asDouble())
            / 2e-4;
    assertThat(Math.abs(slope)).isGreaterThan(1e-5);
    assertThat(found.get(found.size() - 1).asDouble())
        .isCloseTo(slope, within(1e-6 * Math.abs(slope) + 1e-9));
  }

  @Test
  void hypergradientsOnSparkAreThoseInProcess() throws IOException {
    List<String> settings =
        List.of("model.tune=[class-weights,feature-scales]", "outer.loss=auc", "engine=spark");
    JsonNode onSpark = at(settings, "-3,0.2,-0.1,0.4,", -0.7).at("/hypergradient");
    JsonNode found = at(settings.subList(0, 2), "-3,0.2,-0.1,0.4,", -0.7).at("/hypergradient");
    assertThat(found).hasSize(5);
    for (int k = 0; k < found.size(); k++) {
      double due = found.get(k).asDouble();
      assertThat(Math.abs(due)).isGreaterThan(1e-5);
      assertThat(onSpark.get(k).asDouble()).isCloseTo(due, within(1e-9 * Math.abs(due)));
    }
  }

  private JsonNode at(List<String> settings, String before, double last) throws IOException {
    List<String> all = new ArrayList<>(settings);
    all.add("theta=[" + before + last + "]");
    return result("hypergradient", all.toArray(new String[0]));
  }

  @Test
  void tuningRaisesTheAreaThatItMinimisesAStandInOf() throws IOException {
    JsonNode tuned = result("tune", "outer.loss=auc", "model.tune=[class-weights,feature-scales]");
    assertThat(tuned.at("/names/thetas").toString())
        .contains("weight of negative labels", "weight of positive labels", "scale of a");
    assertThat(tuned.at("/theta")).hasSize(5);
    JsonNode losses = tuned.at("/losses/validation");
    assertThat(losses.at("/after").asDouble()).isLessThan(losses.at("/before").asDouble());
    assertThat(tuned.at("/outerValue").asDouble()).isEqualTo(losses.at("/after").asDouble());
    assertThat(tuned.at("/auc/validation/after").asDouble()).isGreaterThan(0.5);
  }

  @Test
  void theWorstGroupIsReportedAsTheLargestMeanToo() throws IOException {
    String worst = "outer.worst-group={by=site,count=3,temperature=0.05}";
    JsonNode tuned = result("tune", worst, "model.weights={by=site,count=3}");
    double hard = tuned.at("/worst-group/validation/after").asDouble();
    double smooth = tuned.at("/losses/validation/after").asDouble();
    assertThat(smooth).isBetween(hard, hard + 0.05 * Math.log(3));
    assertThat(hard).isLessThan(tuned.at("/worst-group/validation/before").asDouble());
  }

  @Test
  void sweepsTakeValuesOfAllThetasAndOuterLossesThatAreNoMeans() throws IOException {
    JsonNode swept =
        result(
            "sweep",
            "folds=4",
            "data.split={modulo=4,test=3}",
            "outer.loss=auc",
            "model.tune=[class-weights]",
            "sweep.values=[[-3,0,0],[-3,-1,1],[-5,0,0],-4]");
    JsonNode candidates = swept.at("/sweep/candidates");
    assertThat(candidates).hasSize(4);
    assertThat(candidates.get(1).at("/theta")).hasSize(3);
    assertThat(candidates.get(3).at("/theta/1").asDouble()).isZero();
    assertThat(candidates.get(0).at("/mean").asDouble())
        .isNotEqualTo(candidates.get(1).at("/mean").asDouble());
  }

  @Test
  void aTestPartWithoutAGroupHasNoLoss() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("a.csv"));
    List<String> others = new ArrayList<>(lines.subList(0, 1));
    for (int i = 1; i < lines.size(); i++) {
      boolean isTestOfTwo = (i - 1) % 4 == 3 && lines.get(i).split(",", -1)[2].equals("2");
      others.add(isTestOfTwo ? lines.get(i).replaceFirst(",2,", ",1,") : lines.get(i));
    }
    Files.write(folder.resolve("a.csv"), others);
    JsonNode tuned = result("tune", "outer.worst-group={by=site,count=3}");
    assertThat(tuned.at("/losses/test/after").isNull()).isTrue();
    assertThat(tuned.at("/accuracy/test/after").isNumber()).isTrue();
  }

  @Test
  void aLossDoesNotJudgeItsOwnTunedParameter() {
    refused(
        "Missing key outer.loss (model.tune has delta of the loss, so that model.loss cannot judge"
            + " it: add it, or give it with --set outer.loss=...)",
        "model.loss=huber",
        "data.label=r",
        "model.tune=[delta]");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    String real = "data.label=r";
    refused(
        "Invalid model.tune: class-weights with loss squared (must be left out, or model.loss be"
            + " one of classes",
        "model.loss=squared",
        real,
        "model.tune=[class-weights]");
    refused(
        "Invalid model.tune: label-smoothing with loss squared (must be one of its parameters [],"
            + " or model.loss be one that has it: logistic, multinomial)",
        "model.loss=squared",
        real,
        "model.tune=[label-smoothing]");
    refused(
        "Invalid model.tune: delta with loss logistic (must be one of its parameters"
            + " [label-smoothing], or model.loss be one that has it: huber)",
        "model.tune=[delta]");
    refused(
        "Invalid model.tune: smoothing with loss logistic (must be one of its parameters"
            + " [label-smoothing], or model.loss be one that has it: absolute, quantile,"
            + " smoothed-hinge)",
        "model.tune=[smoothing]");
    refused(
        "Invalid model.label-smoothing: 0.0 in model.tune (must be inside its bounds",
        "model.tune=[label-smoothing]");
    refused("Invalid model.label-smoothing: 1 (must be >= 0 and < 1)", "model.label-smoothing=1");
    refused("Invalid model.tune: ", "model.tune=[class-weights,class-weights]");
    refused(
        "Invalid model.tune: [weights] (must be one of class-weights | feature-scales",
        "model.tune=[weights]");
    refused("Missing key model.groups", "model.tune=[group-scales]");
    refused(
        "Invalid outer.loss: auc (must be a loss of the same labels as model.loss = poisson)",
        "model.loss=poisson",
        "outer.loss=auc");
    refused(
        "Invalid outer.margin: 2 (must be left out unless outer.loss = squared-pairs)",
        "outer.loss=auc",
        "outer.margin=2");
    refused(
        "Invalid outer.worst-group: { ... } (must be left out beside outer.loss = auc, which no row"
            + " has alone)",
        "outer.loss=auc",
        "outer.worst-group={by=site,count=3}");
    refused("Missing key outer.worst-group.count", "outer.worst-group={by=site}");
    refused(
        "Invalid outer.worst-group.count: 2 (must be greater than every site;",
        "outer.worst-group={by=site,count=2}");
    refused(
        "Invalid outer.worst-group: a is no column of keys (must be one of data.keys)",
        "outer.worst-group={by=a,count=2}");
    refused(
        "Invalid outer.loss: worst-group logistic with no row of site 3 among the validation rows"
            + " (must have some of each: give more rows, or another split)",
        "outer.worst-group={by=site,count=4}");
  }

  @Test
  void oneClassHasNoArea() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("a.csv"));
    List<String> others = new ArrayList<>(lines.subList(0, 1));
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      others.add((i - 1) % 4 == 2 ? line.replaceFirst(",1,(?=[^,]*$)", ",0,") : line);
    }
    Files.write(folder.resolve("a.csv"), others);
    refused(
        "Invalid outer.loss: auc with no row of a positive label among the validation rows (must"
            + " have some of each: give more rows, or another split)",
        "outer.loss=auc");
  }
}
