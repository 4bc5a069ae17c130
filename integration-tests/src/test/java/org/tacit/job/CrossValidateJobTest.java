package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.breeze.Factorisation;
import org.tacit.fixtures.References;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.spark.SparkExtension;

/** Sweeps from the command line to the written result. */
@ExtendWith(SparkExtension.class)
class CrossValidateJobTest {
  private static final Path CONF = References.root().resolve("conf/breast-cancer-sweep.conf");
  private static final Path ROWS = References.root().resolve("conf/data/breast_cancer.csv");

  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private CommandRun run(String job, Path conf, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(job, conf.toString(), "--overwrite"));
    arguments.addAll(List.of("--output", folder.toString()));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return CommandRun.of(arguments.toArray(new String[0]));
  }

  private Path output(Path conf) {
    return folder.resolve(conf.getFileName().toString().replace(".conf", ""));
  }

  private JsonNode result(Path conf) throws IOException {
    return new ObjectMapper().readTree(output(conf).resolve("result.json").toFile());
  }

  private JsonNode swept(Path conf, String... settings) throws IOException {
    CommandRun run = run("cross-validate", conf, settings);
    assertThat(run.code()).as(run.said()).isZero();
    return result(conf);
  }

  private static double[][] rows() throws IOException {
    return Files.readAllLines(ROWS).stream()
        .skip(1)
        .map(line -> Arrays.stream(line.split(",", -1)).mapToDouble(Double::valueOf).toArray())
        .toArray(double[][]::new);
  }

  /** The folds of row numbers: floor(5 u), u being their hash. */
  private static int[] folds(int rows, long seed) {
    double[] numbers = IntStream.range(0, rows).asDoubleStream().toArray();
    Var hash = Var.constant(Matrix.column(numbers)).hash(seed);
    Matrix u = Passes.over(Map.of()).evaluate(Program.of("u", hash.node()), Map.of()).get("u");
    return IntStream.range(0, rows).map(i -> (int) (5 * u.at(i))).toArray();
  }

  /** Newton's method for logistic regression with an intercept, written out. */
  private static Matrix fit(List<double[]> rows, double theta, Matrix start) {
    int p = start.rows();
    Matrix w = start;
    for (int step = 0; step < 60; step++) {
      double[] gradient = new double[p];
      double[] hessian = new double[p * p];
      for (double[] row : rows) {
        double y = row[p - 1] > 0 ? 1 : -1;
        double pull = 1 / (1 + Math.exp(y * score(row, w)));
        for (int i = 0; i < p; i++) {
          gradient[i] -= y * pull * feature(row, i) / rows.size();
          for (int j = 0; j < p; j++) {
            double product = feature(row, i) * feature(row, j);
            hessian[i * p + j] += pull * (1 - pull) * product / rows.size();
          }
        }
      }
      for (int i = 0; i < p - 1; i++) {
        gradient[i] += Math.exp(theta) * w.at(i);
        hessian[i * p + i] += Math.exp(theta);
      }
      Matrix move = Factorisation.lu(Matrix.of(p, p, hessian)).solve(Matrix.column(gradient));
      w = w.minus(move);
      if (move.norm() <= 1e-13 * w.norm()) {
        return w;
      }
    }
    throw new AssertionError("Newton's method did not converge at theta = " + theta);
  }

  /** The intercept's is 1, in the place of the label. */
  private static double feature(double[] row, int i) {
    return i == row.length - 1 ? 1 : row[i];
  }

  private static double score(double[] row, Matrix w) {
    double score = 0;
    for (int i = 0; i < w.rows(); i++) {
      score += feature(row, i) * w.at(i);
    }
    return score;
  }

  private static double loss(List<double[]> rows, Matrix w) {
    return rows.stream()
        .mapToDouble(row -> Math.log1p(Math.exp(-(row[30] > 0 ? 1 : -1) * score(row, w))))
        .average()
        .orElseThrow();
  }

  /** A hundred fits from the smallest penalty's neighbour on, the largest first. */
  private static double[][] lossesByHand(double[][] rows, int[] folds, double[] thetas) {
    double[][] losses = new double[thetas.length][5];
    for (int k = 0; k < 5; k++) {
      List<double[]> kept = new ArrayList<>();
      List<double[]> held = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        if (i % 4 != 3) {
          (folds[i] == k ? held : kept).add(rows[i]);
        }
      }
      Matrix w = Matrix.zeros(31, 1);
      for (int l = thetas.length - 1; l >= 0; l--) {
        w = fit(kept, thetas[l], w);
        losses[l][k] = loss(held, w);
      }
    }
    return losses;
  }

  @Test
  void everyFoldLossIsThatOfAFitOnItsRowsAlone() throws IOException {
    JsonNode result =
        swept(CONF, "folds={seed=7}", "sweep={from=-7,to=2,points=20}", "inner.tolerance=1e-13");
    double[] thetas = new double[20];
    JsonNode candidates = result.at("/sweep/candidates");
    Arrays.setAll(thetas, l -> candidates.get(l).get("theta").asDouble());
    assertThat(thetas[0]).isEqualTo(-7);
    assertThat(thetas[19]).isEqualTo(2);
    double[][] rows = rows();
    double[][] due = lossesByHand(rows, folds(rows.length, 7), thetas);
    for (int l = 0; l < 20; l++) {
      for (int k = 0; k < 5; k++) {
        assertThat(candidates.get(l).get("losses").get(k).asDouble())
            .as("candidate %s, fold %s", l, k)
            .isCloseTo(due[l][k], within(1e-10));
      }
    }
    int best = result.at("/sweep/best").asInt();
    double mean = Arrays.stream(due[best]).average().orElseThrow();
    double[] means =
        Arrays.stream(due).mapToDouble(l -> Arrays.stream(l).average().orElseThrow()).toArray();
    assertThat(mean).isEqualTo(Arrays.stream(means).min().orElseThrow());
    assertThat(result.at("/sweep/mean").asDouble()).isCloseTo(mean, within(1e-10));
    double squares = Arrays.stream(due[best]).map(d -> (d - mean) * (d - mean)).sum();
    double error = Math.sqrt(squares / 4 / 5);
    assertThat(result.at("/sweep/standardError").asDouble()).isCloseTo(error, within(1e-10));
    int simplest = result.at("/sweep/oneStandardError").asInt();
    assertThat(simplest).isGreaterThanOrEqualTo(best);
    assertThat(means[simplest]).isLessThanOrEqualTo(mean + error);
    assertThat(means[simplest + 1]).isGreaterThan(mean + error);
  }

  @Test
  void theChosenOneIsRefittedOnAllRowsAndTested() throws IOException {
    JsonNode result = swept(CONF, "sweep.choose=one-standard-error");
    int chosen = result.at("/sweep/chosen").asInt();
    assertThat(chosen).isEqualTo(result.at("/sweep/oneStandardError").asInt());
    double theta = result.at("/theta/0").asDouble();
    assertThat(result.at("/sweep/candidates/" + chosen + "/theta").asDouble()).isEqualTo(theta);
    List<double[]> train = new ArrayList<>();
    List<double[]> test = new ArrayList<>();
    double[][] rows = rows();
    IntStream.range(0, rows.length).forEach(i -> (i % 4 == 3 ? test : train).add(rows[i]));
    Matrix w = fit(train, theta, Matrix.zeros(31, 1));
    for (int j = 0; j < 30; j++) {
      assertThat(result.at("/solution/coefficients/" + j).asDouble())
          .isCloseTo(w.at(j), within(1e-7));
    }
    double loss = result.at("/losses/test/oneStandardError").asDouble();
    assertThat(loss).isCloseTo(loss(test, w), within(1e-8));
    assertThat(result.at("/sweep/testGap").asDouble())
        .isCloseTo(loss - result.at("/sweep/mean").asDouble(), within(1e-15));
    double squares = 0;
    for (double[] row : test) {
      double off = loss(List.of(row), w) - loss(test, w);
      squares += off * off;
    }
    double ofTest = Math.sqrt(squares) / test.size();
    assertThat(result.at("/sweep/testGapStandardError").asDouble())
        .isCloseTo(Math.hypot(result.at("/sweep/standardError").asDouble(), ofTest), within(1e-8));
    assertThat(result.at("/losses/folds/oneStandardError").asDouble())
        .isEqualTo(result.at("/sweep/mean").asDouble());
  }

  @Test
  void everyStageIsALineWithItsPasses() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    JsonNode result;
    try {
      result = swept(CONF, "sweep.points=6");
    } finally {
      System.setOut(before);
    }
    List<String[]> stages =
        printed
            .toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("(fold counts|path|folds) +\\d+ +\\d+ +[0-9.]+ +[0-9.]+"))
            .map(line -> line.split(" {2,}", -1))
            .toList();
    assertThat(stages.stream().map(stage -> stage[0] + ": " + stage[1]))
        .containsExactly("fold counts: 5", "path: 6", "folds: 30");
    int passes = stages.stream().mapToInt(stage -> Integer.parseInt(stage[2])).sum();
    assertThat(passes).isEqualTo(result.at("/sweep/passes").asInt());
    JsonNode all = result.get("stages");
    assertThat(all.findValuesAsText("stage"))
        .containsExactly("data", "fold counts", "path", "folds", "measures");
    int total = all.findValues("passes").stream().mapToInt(JsonNode::asInt).sum();
    assertThat(total).isEqualTo(result.at("/passes/total").asInt()).isGreaterThan(passes);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("breast-cancer-sweep: " + total + " passes: data ");
    assertThat(stages.get(2)[4]).isEqualTo("0.00");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("(?m)^-6\\.4000 .* best(, one standard error)?$")
        .contains("chosen: -6.4000, refitted on all rows");
  }

  @Test
  void aResultSaysWhatItIsOfInOneOrder() throws IOException {
    JsonNode result = swept(CONF, "sweep.points=3");
    List<String> keys = new ArrayList<>();
    result.fieldNames().forEachRemaining(keys::add);
    assertThat(keys)
        .startsWith(
            "outcome",
            "reason",
            "warnings",
            "names",
            "theta",
            "solution",
            "inner",
            "sweep",
            "losses",
            "accuracy",
            "auc",
            "engine");
    List<String> ofSweep = new ArrayList<>();
    result.get("sweep").fieldNames().forEachRemaining(ofSweep::add);
    assertThat(ofSweep)
        .containsExactly(
            "method",
            "folds",
            "heldOutRows",
            "passes",
            "best",
            "oneStandardError",
            "chosen",
            "mean",
            "standardError",
            "testGap",
            "testGapStandardError",
            "candidates");
    List<String> trials = Files.readAllLines(output(CONF).resolve("sweep.csv"));
    assertThat(trials)
        .hasSize(1 + 15 + 3)
        .startsWith("candidate,theta,fold,loss,outcome,iterations,passes,residual norm,reason");
    JsonNode first = result.at("/sweep/candidates/0");
    assertThat(trials.get(2))
        .startsWith("0,-12.0,fold 1," + first.at("/losses/1").asDouble() + ",converged,");
    assertThat(trials.get(16)).matches("0,-12\\.0,all rows,,converged,[0-9]+,[1-9][0-9]*,.*");
  }

  /** The same rows, and these candidates. */
  private Path listed(String values) throws IOException {
    return Files.writeString(
        folder.resolve("listed.conf"),
        """
        data { path = "%s", label = y, split { modulo = 4, test = [3] } }
        model { loss = logistic, intercept = true }
        folds = 5
        theta = -4
        sweep { values = %s }
        """
            .formatted(ROWS, values));
  }

  /** Lines of a site each, told by strings, whose rows are as many of the file. */
  private Path sites(String... more) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(ROWS));
    List<String> sites = List.of("south", "\"east, coast\"", "7");
    lines.set(0, lines.get(0) + ",site,town");
    for (int i = 1; i < lines.size(); i++) {
      lines.set(i, lines.get(i) + "," + sites.get(i * i % 7 % 3) + ",one");
    }
    Files.write(folder.resolve("sites.csv"), lines);
    return Files.writeString(
        folder.resolve("sites.conf"),
        """
        data { path = sites.csv, label = y, exclude = [site, town] }
        model { loss = logistic, intercept = true }
        sweep { values = [-5, -2] }
        inner.tolerance = 1e-13
        """
            + String.join("\n", more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-process", "spark"})
  void aColumnOfStringsHasAFoldForEach(String engine) throws IOException {
    Path conf = sites("data.exclude = [town]", "folds.column = site", "engine = " + engine);
    JsonNode result = swept(conf);
    assertThat(result.at("/sweep/folds")).hasToString("[\"7\",\"east, coast\",\"south\"]");
    double[][] rows = rows();
    int[] order = {2, 1, 0};
    for (int k = 0; k < 3; k++) {
      List<double[]> kept = new ArrayList<>();
      List<double[]> held = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        (order[(i + 1) * (i + 1) % 7 % 3] == k ? held : kept).add(rows[i]);
      }
      assertThat(result.at("/sweep/heldOutRows/" + k).asInt()).isEqualTo(held.size());
      for (int l = 0; l < 2; l++) {
        Matrix w = fit(kept, l == 0 ? -5 : -2, Matrix.zeros(31, 1));
        assertThat(result.at("/sweep/candidates/" + l + "/losses/" + k).asDouble())
            .isCloseTo(loss(held, w), within(1e-10));
      }
    }
    assertThat(result.at("/losses").has("test")).isFalse();
    assertThat(result.at("/sweep/testGap").isNull()).isTrue();
    assertThat(result.at("/sweep/testGapStandardError").isNull()).isTrue();
  }

  private static void assertClose(JsonNode found, JsonNode due, double tolerance) {
    assertThat(due).hasSizeGreaterThan(1);
    for (int l = 0; l < due.size(); l++) {
      for (int k = 0; k < due.get(l).get("losses").size(); k++) {
        double loss = due.get(l).get("losses").get(k).asDouble();
        assertThat(found.get(l).get("losses").get(k).asDouble())
            .isCloseTo(loss, within(tolerance * loss));
      }
    }
  }

  @Test
  void lossesAreTheSameOnSparkAndOfAnyPartitions() throws IOException {
    String[] settings = {"sweep={from=-6,to=2,points=6}", "inner.tolerance=1e-13"};
    List<JsonNode> all = new ArrayList<>();
    for (String engine : List.of("in-process", "spark")) {
      List<String> more = new ArrayList<>(List.of(settings));
      more.addAll(List.of("engine=" + engine, "data.partitions=3"));
      all.add(swept(CONF, more.toArray(new String[0])));
    }
    assertThat(all.get(1).get("engine").asText()).isEqualTo("spark");
    assertThat(all.get(1).get("sweep")).isEqualTo(all.get(0).get("sweep"));
    assertThat(all.get(1).get("solution")).isEqualTo(all.get(0).get("solution"));
    assertThat(all.get(1).get("losses")).isEqualTo(all.get(0).get("losses"));
    JsonNode due = all.get(0).at("/sweep/candidates");
    for (int partitions : new int[] {1, 2, 7}) {
      JsonNode found =
          swept(
              CONF, settings[0], settings[1], "data.partitions=" + partitions, "engine=in-process");
      assertThat(found.at("/data/partitions").asInt()).isEqualTo(partitions);
      assertClose(found.at("/sweep/candidates"), due, 1e-12);
    }
    assertClose(swept(CONF, settings).at("/sweep/candidates"), due, 1e-12);
  }

  @Test
  void aCandidateThatFailsIsReportedAndNotRanked() throws IOException {
    String few = "inner.max-iterations=10";
    JsonNode alone = swept(listed("[-4, -2]"), few);
    Path conf = listed("[-4, -12, -2]");
    JsonNode result = swept(conf, few);
    JsonNode failed = result.at("/sweep/candidates/1");
    assertThat(failed.get("mean").isNull()).isTrue();
    assertThat(failed.get("outcome").asText()).isEqualTo("budget exhausted");
    assertThat(failed.get("reason").asText()).contains("fold ");
    assertThat(result.at("/sweep/best").asInt()).isEqualTo(0);
    assertThat(result.get("warnings").toString())
        .contains("1 of 3 candidates are not ranked")
        .contains("the first, -12.0000, in fold 0: budget exhausted");
    assertThat(result.at("/sweep/candidates/0")).isEqualTo(alone.at("/sweep/candidates/0"));
    assertThat(result.at("/sweep/candidates/2")).isEqualTo(alone.at("/sweep/candidates/1"));
    assertThat(Files.readAllLines(output(conf).resolve("sweep.csv")).get(6))
        .startsWith("1,-12.0,fold 0,,budget exhausted,");
    assertThat(run("sweep", listed("[-12]"), few).code())
        .isEqualTo(ExitCode.NOT_CONVERGED.number());
    JsonNode none = result(conf);
    assertThat(none.get("outcome").asText()).isEqualTo("budget exhausted");
    assertThat(none.get("reason").asText()).contains("no candidate has a loss on every fold");
    assertThat(none.at("/sweep/best").isNull()).isTrue();
  }

  @Test
  void whatFoldsCannotTellIsSaid() throws IOException {
    JsonNode result = swept(CONF, "sweep={from=0,to=2,points=3}", "folds=40");
    assertThat(result.get("warnings").toString())
        .contains("folds hold out fewer than 20 rows (fold 0: ")
        .contains("the best candidate, 0.0000, is at the edge of those tried")
        .contains("widen sweep.from and sweep.to");
    List<String> lines = new ArrayList<>(Files.readAllLines(ROWS));
    for (int i = 1; i < lines.size(); i++) {
      boolean isTest = (i - 1) % 4 == 3;
      String line = lines.get(i);
      String label = line.substring(line.lastIndexOf(',') + 1);
      String turned = isTest == label.startsWith("1") ? "0" : "1";
      String kept = label.startsWith("1") ? "1" : "0";
      String site = kept.equals("1") ? "a" : i % 2 == 0 ? "b" : "c";
      lines.set(
          i,
          line.substring(0, line.lastIndexOf(',')) + "," + (isTest ? turned : kept) + "," + site);
    }
    lines.set(0, lines.get(0) + ",site");
    Files.write(folder.resolve("turned.csv"), lines);
    Path conf =
        Files.writeString(
            folder.resolve("turned.conf"),
            """
            data { path = turned.csv, label = y, exclude = [site], split { modulo = 4, test = 3 } }
            model { loss = logistic }
            sweep { values = [-5, -4, -3] }
            folds = 3
            """);
    assertThat(swept(conf).get("warnings").toString())
        .contains("standard errors above that of the folds");
    assertThat(swept(conf, "folds={column=site}", "data.exclude=[]").get("warnings").toString())
        .contains("fits without a see no row of a positive label")
        .contains("no row of a negative label is held out by a");
  }

  @Test
  void oneFoldIsAHoldOut() throws IOException {
    JsonNode result = swept(CONF, "folds={hold-out=0.25}", "sweep.points=4");
    assertThat(result.at("/sweep/folds")).hasToString("[\"hold-out\"]");
    assertThat(result.at("/sweep/heldOutRows/0").asInt()).isBetween(80, 134);
    assertThat(result.at("/sweep/standardError").isNull()).isTrue();
    assertThat(result.at("/sweep/chosen").asInt())
        .isEqualTo(result.at("/sweep/oneStandardError").asInt());
    double loss = result.at("/sweep/candidates/2/losses/0").asDouble();
    assertThat(result.at("/sweep/candidates/2/mean").asDouble()).isEqualTo(loss).isPositive();
  }

  /** The rows of both files are in other places than in the one of them all. */
  @Test
  void aFileOfTestRowsIsNotFolded() throws IOException {
    List<String> lines = Files.readAllLines(ROWS);
    List<String> train = new ArrayList<>(lines.subList(0, 1));
    List<String> test = new ArrayList<>(train);
    List<String> all = new ArrayList<>();
    all.add(lines.get(0) + ",fold");
    for (int i = 1; i < lines.size(); i++) {
      (i % 4 == 0 ? test : train).add(lines.get(i));
    }
    int[] folds = folds(train.size() - 1, 0);
    for (int i = 1; i < train.size(); i++) {
      all.add(train.get(i) + "," + folds[i - 1]);
    }
    Files.write(folder.resolve("train.csv"), train);
    Files.write(folder.resolve("test.csv"), test);
    Files.write(folder.resolve("all.csv"), all);
    String model = "label = y }\nmodel.loss = logistic\nsweep.values = [-5, -3]\n";
    Path two = folder.resolve("two.conf");
    Files.writeString(two, "data { train = train.csv, test = test.csv, " + model + "folds = 5\n");
    Path one = folder.resolve("one.conf");
    Files.writeString(one, "data { path = all.csv, " + model + "folds.column = fold\n");
    JsonNode found = swept(two);
    assertThat(found.at("/data/rows/train").asInt()).isEqualTo(427);
    assertThat(found.at("/losses/test/best").asDouble()).isPositive();
    assertClose(found.at("/sweep/candidates"), swept(one).at("/sweep/candidates"), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"product, 9", "random, 3", "sobol, 3"})
  void everyThetaHasItsOwn(String method, int candidates) throws IOException {
    JsonNode result =
        swept(
            CONF,
            "model.penalty=elastic-net",
            "folds=2",
            "sweep={method=" + method + ",from=[-7,-6],to=[-4,-3],points=3}");
    JsonNode all = result.at("/sweep/candidates");
    assertThat(all).hasSize(candidates);
    for (JsonNode candidate : all) {
      assertThat(candidate.get("theta").get(0).asDouble()).isBetween(-7.0, -4.0);
      assertThat(candidate.get("theta").get(1).asDouble()).isBetween(-6.0, -3.0);
      assertThat(candidate.get("outcome").asText()).isEqualTo("converged");
    }
    assertThat(all.findValuesAsText("mean")).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(output(CONF).resolve("sweep.csv")).get(0))
        .startsWith("candidate,\"all coefficients, l1 penalty\",");
  }

  /** Of one penalty a feature the first four, and which of the files' candidates it is. */
  @Test
  void tablesTellTheThetasOfCandidates() throws IOException {
    String drawn = "sweep={method=sobol,from=-6,to=-3,points=3}";
    String two = shown("model.penalty=elastic-net", "folds=2", drawn);
    assertThat(two).contains("theta of all coefficients, l1 penalty, all coefficients, l2 penalty");
    JsonNode candidates = result(CONF).at("/sweep/candidates");
    for (JsonNode candidate : candidates) {
      JsonNode theta = candidate.get("theta");
      assertThat(two)
          .contains(
              String.format(
                  Locale.ROOT, "\n%.4f, %.4f ", theta.get(0).asDouble(), theta.get(1).asDouble()));
    }
    String many = shown("model.per=feature", "folds=2", drawn);
    assertThat(many).contains("candidate: theta of ", " and 26 more");
    JsonNode theta = result(CONF).at("/sweep/candidates/2/theta");
    assertThat(theta).hasSize(30);
    assertThat(many)
        .contains(
            String.format(
                Locale.ROOT,
                "\n2: %.4f, %.4f, %.4f, %.4f and 26 more ",
                theta.get(0).asDouble(),
                theta.get(1).asDouble(),
                theta.get(2).asDouble(),
                theta.get(3).asDouble()));
  }

  private String shown(String... settings) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      swept(CONF, settings);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "folds=1 | Invalid folds: 1 (must be an integer >= 2)",
        "folds=600 | Invalid folds: 600 for 427 rows (must be at most as many as rows)",
        "folds=400 | of the 427 rows (must hold out some and keep some; take fewer folds",
        "folds={column=town} | Missing column: town (must be one of",
        "folds={column=x1,count=3} | Invalid folds.count: 3 (must be left out beside folds.column",
        "folds={hold-out=1.5} | Invalid folds.hold-out: 1.5 (must be > 0 and < 1)",
        "folds={hold-out=0.5,count=4} | Invalid folds.count: 4 (must be left out beside",
        "folds={by=row} | Unknown key folds.by",
        "folds=null | Missing key folds (add it, or give it with --set folds=",
        "data.validation=other.csv | Invalid data.validation: other.csv (must be left out beside folds",
        "sweep.to=-13 | Invalid sweep.to: -13 (must be such that sweep.from < sweep.to",
        "sweep.from=[-3,-2] | must be one number for the common theta of a grid",
        "sweep={method=list} | Missing key sweep.values",
        "sweep.values=[-3] | Invalid sweep.from: -12 (must be left out where",
        "sweep={method=product,values=[-3]} | must be left out unless sweep.method = list",
        "sweep={seed=3} | Invalid sweep.seed: 3 (must be left out unless",
        "sweep={method=product,points=20000} | Invalid sweep.points",
      })
  void whatCannotBeIsRefused(String setting, String message) {
    CommandRun run = run("cross-validate", CONF, setting);
    assertThat(run.said()).contains(message);
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED.number());
  }

  @Test
  void aFoldWhoseRowsWeighNothingIsRefused() throws IOException {
    for (boolean isHeldOut : new boolean[] {true, false}) {
      List<String> lines = new ArrayList<>(Files.readAllLines(ROWS));
      lines.set(0, lines.get(0) + ",site,w");
      for (int i = 1; i < lines.size(); i++) {
        boolean isSouth = i % 3 == 0;
        lines.set(
            i,
            lines.get(i) + (isSouth ? ",south" : ",north") + (isSouth == isHeldOut ? ",0" : ",1"));
      }
      Files.write(folder.resolve("weights.csv"), lines);
      Path conf =
          Files.writeString(
              folder.resolve("weights.conf"),
              """
              data { path = weights.csv, label = y, weight = w }
              model { loss = logistic, intercept = true, standardise = true }
              folds.column = site
              sweep { values = [-5, -2] }
              """);
      CommandRun run = run("cross-validate", conf);
      assertThat(run.code()).isEqualTo(ExitCode.REFUSED.number());
      // Folds are in the order of their names.
      assertThat(run.said())
          .contains(
              "Invalid folds: the rows that "
                  + (isHeldOut ? "north keeps" : "north holds out")
                  + " weigh 0 in all (must weigh more than 0; take other folds, or leave out rows");
    }
  }

  @Test
  void moreThatCannotBeIsRefused() throws IOException {
    assertThat(run("cross-validate", sites("data.exclude = [site]", "folds.column = town")).said())
        .contains("Invalid folds.column: town, where all training rows have one (must have two");
    assertThat(run("cross-validate", listed("[[-3, -2], [-1, 0]]")).said())
        .contains("Invalid sweep.values: 2 numbers (must be 1, or 1, one for each theta)");
    assertThat(run("cross-validate", listed("[800]")).said())
        .contains("Invalid sweep.values: [800] (must be numbers within -709 and 709");
    assertThat(run("cross-validate", sites("sweep = null", "theta = -3")).said())
        .contains("Missing key data.split");
    assertThat(run("cross-validate", References.root().resolve("conf/breast-cancer.conf")).said())
        .contains("Missing key folds (add folds = 5, or give it with --set folds=5)");
    String[] many = {"model.per=feature", "sweep={method=product,points=20}"};
    assertThat(run("cross-validate", CONF, many).said())
        .contains("Too many candidates: 1.07e+39 of 30 thetas (must be at most 10,000");
  }

  /** Against central differences of means of the sweep of what is beside theta. */
  private void assertDifferences(JsonNode found, Path conf) throws IOException {
    List<String> values = new ArrayList<>();
    double h = 1e-3;
    for (int j : new int[] {0, 7, 21}) {
      for (double side : new double[] {h, -h}) {
        List<String> theta = new ArrayList<>();
        for (int k = 0; k < 30; k++) {
          theta.add(Double.toString(found.get("theta").get(k).asDouble() + (k == j ? side : 0)));
        }
        values.add(theta.toString());
      }
    }
    JsonNode around = swept(conf, "sweep={values=" + values + "}").at("/sweep/candidates");
    double scale = 0;
    for (JsonNode each : found.get("hypergradient")) {
      scale = Math.max(scale, Math.abs(each.asDouble()));
    }
    assertThat(scale).isGreaterThan(1e-5);
    int at = 0;
    for (int j : new int[] {0, 7, 21}) {
      double up = around.get(at++).get("mean").asDouble();
      double down = around.get(at++).get("mean").asDouble();
      assertThat(found.get("hypergradient").get(j).asDouble())
          .isCloseTo((up - down) / (2 * h), within(1e-6 * scale));
    }
  }

  @Test
  void theHypergradientOfTheFoldsIsThatOfTheSweep() throws IOException {
    Path conf = sites("folds = 3", "model.per = feature", "theta = -3");
    assertThat(run("hypergradient", conf, "inner.tolerance=1e-12").code()).isZero();
    JsonNode found = result(conf);
    assertThat(found.at("/certificate/trusted").asBoolean()).isTrue();
    assertThat(found.at("/data/rows/train").asInt()).isEqualTo(569);
    assertDifferences(found, conf);
    run("tune", conf, "outer.max-iterations=1", "outer.method=gradient", "inner.tolerance=1e-12");
    JsonNode tuned = result(conf);
    assertThat(tuned.get("theta")).isNotEqualTo(found.get("theta"));
    assertThat(tuned.at("/sweep/mean").asDouble())
        .isLessThan(found.get("outerValue").asDouble())
        .isCloseTo(tuned.get("outerValue").asDouble(), within(1e-9));
    assertDifferences(tuned, conf);
    run("solve", conf, "inner.tolerance=1e-12");
    assertThat(result(conf).get("solution")).isEqualTo(found.get("solution"));
  }

  @Test
  void tunedThetasAreRefittedAndCompared() throws IOException {
    String[] settings = {
      "model.per=feature",
      "theta=-4",
      "outer={max-iterations=8,tolerance=0.05,bounds=[-12,8],grid={from=-8,to=0,points=5}}"
    };
    CommandRun run = run("tune", CONF, settings);
    assertThat(run.code()).as(run.said()).isZero();
    JsonNode tuned = result(CONF);
    JsonNode losses = tuned.get("losses");
    double after = losses.at("/folds/after").asDouble();
    assertThat(after).isLessThan(losses.at("/folds/common").asDouble());
    assertThat(losses.at("/folds/common").asDouble())
        .isEqualTo(tuned.at("/grid/bestOuterValue").asDouble())
        .isLessThan(losses.at("/folds/before").asDouble());
    assertThat(after).isCloseTo(tuned.get("outerValue").asDouble(), within(1e-8));
    assertThat(tuned.at("/sweep/testGapStandardError"))
        .isEqualTo(tuned.at("/tuning/testGapStandardError"));
    assertThat(tuned.at("/sweep/testGap").asDouble())
        .isCloseTo(losses.at("/test/after").asDouble() - after, within(1e-12));
    assertThat(tuned.at("/sweep/candidates/1/losses")).hasSize(5);
    run("solve", CONF, "model.per=feature", "theta=" + tuned.get("theta"));
    JsonNode refit = result(CONF);
    assertThat(refit.at("/data/rows/train").asInt()).isEqualTo(427);
    for (int j = 0; j < 30; j++) {
      assertThat(tuned.at("/solution/coefficients/" + j).asDouble())
          .isCloseTo(refit.at("/solution/coefficients/" + j).asDouble(), within(1e-7));
    }
  }
}
