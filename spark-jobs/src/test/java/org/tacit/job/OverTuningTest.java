package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.spark.SparkExtension;

/** What tuning does against thetas that are fitted to few rows, and what it says of it. */
@ExtendWith(SparkExtension.class)
class OverTuningTest {
  private static final int FEATURES = 4;

  @TempDir private Path folder;

  @BeforeEach
  void writeRows(SparkSession sharedByTheJobs) throws IOException {
    write(0.5);
    Files.writeString(
        folder.resolve("a.conf"),
        """
        data {
          path = rows.csv
          label = y
          split { modulo = 3, train = 0, validation = 1, test = 2 }
        }
        model { loss = squared, per = feature }
        theta = -1
        engine = in-process
        """);
  }

  /** A label of two of four columns; the noise of test rows, every third, is as asked. */
  private void write(double testNoise) throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("a,b,c,d,y"));
    for (int i = 0; i < 90; i++) {
      double[] x = random.doubles(FEATURES).map(u -> random.nextGaussian()).toArray();
      double noise = (i % 3 == 2 ? testNoise : 0.5) * random.nextGaussian();
      double y = 1.5 * x[0] - x[1] + noise;
      lines.add(String.format(Locale.ROOT, "%s,%s,%s,%s,%s", x[0], x[1], x[2], x[3], y));
    }
    Files.write(folder.resolve("rows.csv"), lines);
  }

  private JsonNode tuned(String... settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("tune", folder.resolve("a.conf").toString()));
    arguments.addAll(List.of("--output", folder.resolve("out").toString(), "--overwrite"));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    assertThat(Tacit.run(arguments.toArray(new String[0]))).isZero();
    return new ObjectMapper().readTree(folder.resolve("out/a/result.json").toFile());
  }

  private static double[] numbers(JsonNode list) {
    double[] numbers = new double[list.size()];
    Arrays.setAll(numbers, k -> list.get(k).asDouble());
    return numbers;
  }

  private static double spread(double[] theta) {
    double mean = Arrays.stream(theta).average().orElseThrow();
    return Arrays.stream(theta).map(t -> (t - mean) * (t - mean)).sum();
  }

  @Test
  void lossAndPriorAreToldApart() throws IOException {
    double[] free = numbers(tuned().get("theta"));
    JsonNode result = tuned("outer.prior=0.01");
    JsonNode prior = result.at("/tuning/prior");
    double[] theta = numbers(result.get("theta"));
    assertThat(spread(theta)).isPositive().isLessThan(0.5 * spread(free));
    assertThat(prior.get("strength").asDouble()).isEqualTo(0.01);
    assertThat(prior.get("value").asDouble()).isCloseTo(0.005 * spread(theta), within(1e-12));
    assertThat(prior.get("loss").asDouble())
        .isCloseTo(result.at("/losses/validation/after").asDouble(), within(1e-9));
    assertThat(result.get("outerValue").asDouble())
        .isCloseTo(prior.get("loss").asDouble() + prior.get("value").asDouble(), within(1e-12));
    assertThat(prior.has("tried")).isFalse();
  }

  @Test
  void ofSeveralStrengthsTheOneIsTakenThatHeldOutRowsLike() throws IOException {
    for (String folds : List.of("inner.max-iterations=500", "folds=4")) {
      JsonNode result = tuned("outer.prior=[0, 0.001, 0.1]", folds);
      JsonNode tried = result.at("/tuning/prior/tried");
      assertThat(tried).hasSize(3);
      int parts = folds.startsWith("folds") ? 4 : PriorSettings.PARTS;
      double chosen = result.at("/tuning/prior/strength").asDouble();
      for (JsonNode one : tried) {
        double[] losses = numbers(one.get("losses"));
        assertThat(losses).hasSize(parts);
        double mean = Arrays.stream(losses).average().orElseThrow();
        assertThat(one.get("mean").asDouble()).isCloseTo(mean, within(1e-12));
        for (JsonNode other : tried) {
          if (one.get("strength").asDouble() == chosen) {
            assertThat(mean).isLessThanOrEqualTo(other.get("mean").asDouble());
          }
        }
      }
      List<JsonNode> all = new ArrayList<>();
      tried.forEach(all::add);
      JsonNode best =
          all.stream().min(Comparator.comparing(one -> one.get("mean").asDouble())).orElseThrow();
      double most = best.get("mean").asDouble() + best.get("standardError").asDouble();
      double strongest =
          all.stream()
              .filter(one -> one.get("mean").asDouble() <= most)
              .mapToDouble(one -> one.get("strength").asDouble())
              .max()
              .orElseThrow();
      JsonNode simplest =
          tuned("outer.prior=[0, 0.001, 0.1]", "outer.choose=one-standard-error", folds);
      assertThat(simplest.at("/tuning/prior/strength").asDouble()).isEqualTo(strongest);
      JsonNode alone = tuned("outer.prior=" + chosen, folds);
      assertThat(numbers(result.get("theta"))).isEqualTo(numbers(alone.get("theta")));
    }
  }

  /** Of 1/2 (y - x'w)^2 by row, as the file has them. */
  private double[] losses(JsonNode w, int remainder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    List<Double> losses = new ArrayList<>();
    for (int i = 1 + remainder; i < lines.size(); i += 3) {
      double[] cells =
          Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::valueOf).toArray();
      double missed = cells[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        missed -= w.get(j).asDouble() * cells[j];
      }
      losses.add(0.5 * missed * missed);
    }
    return losses.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double mean(double[] losses) {
    return Arrays.stream(losses).average().orElseThrow();
  }

  private static double variance(double[] losses) {
    double mean = mean(losses);
    double sum = Arrays.stream(losses).map(l -> (l - mean) * (l - mean)).sum();
    return sum / losses.length / losses.length;
  }

  @Test
  void theGapToTestRowsIsThatOfTheRowsAndALargeOneIsWarnedOf() throws IOException {
    for (double noise : new double[] {0.5, 3}) {
      write(noise);
      JsonNode result = tuned();
      JsonNode w = result.at("/solution/coefficients");
      double[] validation = losses(w, 1);
      double[] test = losses(w, 2);
      double gap = mean(test) - mean(validation);
      double error = Math.sqrt(variance(test) + variance(validation));
      assertThat(result.at("/tuning/testGap").asDouble()).isCloseTo(gap, within(1e-12));
      assertThat(result.at("/tuning/testGapStandardError").asDouble())
          .isCloseTo(error, within(1e-12));
      boolean isLarge = noise > 1;
      assertThat(gap > 2 * error).isEqualTo(isLarge);
      assertThat(result.get("warnings").toString().contains("above that of the validation rows"))
          .isEqualTo(isLarge);
      JsonNode folded = tuned("folds=4");
      double ofFolds =
          folded.at("/losses/test/after").asDouble() - folded.at("/losses/folds/after").asDouble();
      assertThat(folded.at("/tuning/testGap").asDouble()).isCloseTo(ofFolds, within(1e-12));
      double ofTest = variance(losses(folded.at("/solution/coefficients"), 2));
      assertThat(folded.at("/tuning/testGapStandardError").asDouble())
          .isCloseTo(
              Math.hypot(folded.at("/sweep/standardError").asDouble(), Math.sqrt(ofTest)),
              within(1e-12));
      assertThat(folded.get("warnings").toString().contains("above that of the folds"))
          .isEqualTo(isLarge);
    }
  }

  private static int best(double[] losses) {
    int best = 0;
    for (int k = 1; k < losses.length; k++) {
      best = losses[k] < losses[best] ? k : best;
    }
    return best;
  }

  /**
   * The validation loss is that of both kinds of its 30 rows by their numbers: n v = m s + (n - m)
   * l, m being a whole number of rows that stop it.
   */
  @Test
  void theStepIsReturnedThatRowsLikeWhichThetaIsNotTunedOn() throws IOException {
    for (String method : List.of("newton", "lbfgs-b", "gradient")) {
      String[] settings = {
        "outer.method=" + method, "theta=-9", "outer.early-stopping={patience=2,fraction=0.3}"
      };
      write(0.5);
      JsonNode result = tuned(settings);
      JsonNode stopping = result.at("/tuning/earlyStopping");
      double[] losses = numbers(stopping.get("losses"));
      int best = best(losses);
      assertThat(stopping.get("step").asInt()).isEqualTo(best);
      assertThat(stopping.get("loss").asDouble()).isEqualTo(losses[best]);
      int steps = result.at("/tuning/iterations").asInt();
      assertThat(losses).hasSize(steps + 1);
      assertThat(steps).isLessThanOrEqualTo(best + 2);
      assertThat(result.get("outcome").asText())
          .isEqualTo(best < steps ? "stopped early" : "converged");
      assertThat(result.at("/tuning/reason").asText()).contains("step " + best + " of " + steps);
      double l = result.get("outerValue").asDouble();
      double v = result.at("/losses/validation/after").asDouble();
      double stop = 30 * (v - l) / (losses[best] - l);
      assertThat(stop).isCloseTo(Math.rint(stop), within(0.05)).isBetween(2.0, 18.0);
      write(3);
      JsonNode otherTest = tuned(settings);
      assertThat(otherTest.get("theta")).isEqualTo(result.get("theta"));
      assertThat(otherTest.at("/tuning/earlyStopping")).isEqualTo(stopping);
      assertThat(otherTest.at("/losses/test")).isNotEqualTo(result.at("/losses/test"));
    }
  }

  @Test
  void noiseStopsItBeforeItsEndAndThatIsNotAFailure() throws IOException {
    JsonNode free = tuned("theta=3");
    JsonNode result = tuned("theta=3", "outer.early-stopping={patience=1,fraction=0.5}");
    assertThat(result.get("outcome").asText()).isEqualTo("stopped early");
    assertThat(result.get("reason").asText()).contains("least loss on the rows that stop it");
    assertThat(result.at("/tuning/iterations").asInt())
        .isLessThan(free.at("/tuning/iterations").asInt());
    assertThat(result.at("/certificate/trusted").asBoolean()).isTrue();
  }

  /** With folds, several strengths of a prior, starts, and thetas that are no penalties. */
  @Test
  void earlyStoppingGoesWithTheOtherWays() throws IOException {
    JsonNode folded = tuned("folds=4", "outer.early-stopping=2");
    double[] losses = numbers(folded.at("/tuning/earlyStopping/losses"));
    assertThat(folded.at("/tuning/earlyStopping/step").asInt()).isEqualTo(best(losses));
    assertThat(folded.at("/tuning/earlyStopping/loss").asDouble())
        .isNotCloseTo(folded.get("outerValue").asDouble(), within(1e-6));
    for (String folds : List.of("inner.max-iterations=500", "folds=4")) {
      String stopping = "outer.early-stopping={patience=1,fraction=0.3}";
      JsonNode result = tuned("outer.prior=[0, 0.01]", folds, stopping);
      double strength = result.at("/tuning/prior/strength").asDouble();
      assertThat(numbers(tuned("outer.prior=" + strength, folds, stopping).get("theta")))
          .isEqualTo(numbers(result.get("theta")));
      JsonNode starts = tuned("outer.starts=4", folds, stopping).at("/tuning/starts");
      double least = Double.POSITIVE_INFINITY;
      for (JsonNode run : starts.get("runs")) {
        least = Math.min(least, run.get("stoppingLoss").asDouble());
      }
      JsonNode best = starts.get("runs").get(starts.get("best").asInt());
      assertThat(best.get("stoppingLoss").asDouble()).isEqualTo(least);
      assertThat(tuned("model.tune=[feature-scales]", folds, stopping).get("theta"))
          .hasSize(2 * FEATURES);
    }
  }

  @Test
  void severalStartsTellWhatBecameOfEach() throws IOException {
    JsonNode result = tuned("outer.starts=5", "outer.halve-after=1", "outer.method=lbfgs-b");
    JsonNode starts = result.at("/tuning/starts");
    JsonNode runs = starts.get("runs");
    assertThat(runs).hasSize(5);
    List<Double> firsts = new ArrayList<>();
    runs.forEach(run -> firsts.add(run.get("start").get(0).asDouble()));
    assertThat(firsts).containsExactly(-1.0, 2.0, -4.0, 5.0, -7.0);
    int best = starts.get("best").asInt();
    assertThat(runs.get(best).get("outcome").asText()).isEqualTo("converged");
    assertThat(runs.get(best).get("outerValue").asDouble())
        .isEqualTo(result.get("outerValue").asDouble());
    long dropped = 0;
    for (JsonNode run : runs) {
      dropped += run.get("outcome").asText().equals("others were better") ? 1 : 0;
    }
    assertThat(dropped).isEqualTo(4);
    double[] elsewhere =
        numbers(tuned("theta=" + firsts.get(best), "outer.method=lbfgs-b").get("theta"));
    double[] theta = numbers(result.get("theta"));
    for (int j = 0; j < FEATURES; j++) {
      assertThat(theta[j]).isCloseTo(elsewhere[j], within(1e-5));
    }
    JsonNode listed = tuned("outer.starts=[-4, [-1, 0, 1, 2]]");
    assertThat(numbers(listed.at("/tuning/starts/runs/1/start"))).containsExactly(-1, 0, 1, 2);
  }
}
