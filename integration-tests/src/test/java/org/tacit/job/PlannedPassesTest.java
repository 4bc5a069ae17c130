package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.fixtures.References;
import org.tacit.plan.ClusterCost;
import org.tacit.plan.Rates;
import org.tacit.spark.SparkExtension;

/** Jobs take from half to twice the passes that are planned. */
@ExtendWith(SparkExtension.class)
class PlannedPassesTest {
  @TempDir private Path folder;

  @BeforeEach
  void session(SparkSession session) {
    assertThat(session.sparkContext().isStopped()).isFalse();
  }

  private static Path conf(String name) {
    return References.root().resolve("conf/" + name + ".conf");
  }

  private static Plan plan(String name, List<String> settings) {
    ConfigFile file = ConfigFile.read(conf(name).toString(), settings, Set.of());
    return Plan.of(file, DataSize.estimated(file), new ClusterCost(Rates.COMMON, 1, 2));
  }

  private JsonNode result(String job, String name, List<String> settings) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(job, conf(name).toString(), "--overwrite"));
    arguments.addAll(List.of("--output", folder.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
    assertThat(run.code()).as(run.said()).isIn(0, 3);
    return new ObjectMapper().readTree(folder.resolve(name + "/result.json").toFile());
  }

  private static void requireNear(double planned, JsonNode result) {
    assertThat(result.at("/passes/total").asDouble()).isBetween(planned / 2, 2 * planned);
  }

  @ParameterizedTest
  @CsvSource({
    "breast-cancer, l2, 20",
    "breast-cancer, elastic-net, 10",
    "diabetes, l2, 20",
    "diabetes, l1, 20"
  })
  void ofSweeps(String name, String penalty, int points) throws IOException {
    List<String> settings =
        List.of(
            "folds=5",
            "model { per = all, intercept = true, penalty = " + penalty + " }",
            "theta=-4",
            "sweep { from = -9, points = " + points + " }");
    SweepPlan planned = SweepPlan.of(plan(name, settings));
    double passes = planned.ofJob().values().stream().mapToDouble(Plan.Effort::passes).sum();
    requireNear(passes, result("cross-validate", name, settings));
  }

  @ParameterizedTest
  @CsvSource({
    "breast-cancer, l2, ''",
    "breast-cancer, elastic-net, folds=5",
    "breast-cancer-auc, l2, ''",
    "diabetes, l2, folds=5",
    "diabetes, elastic-net, folds=5"
  })
  void ofTunings(String name, String penalty, String folds) throws IOException {
    for (String grid : List.of("outer.grid { points = 10 }", "outer.grid=null")) {
      List<String> settings = new ArrayList<>(List.of(grid, "outer.max-iterations=5"));
      settings.addAll(List.of("model.penalty=" + penalty, folds));
      settings.removeIf(String::isEmpty);
      TunePlan planned = new TunePlan(plan(name, settings));
      JsonNode result = result("tune", name, settings);
      double beside = planned.beside().values().stream().mapToDouble(Plan.Effort::passes).sum();
      double steps = result.at("/tuning/iterations").asDouble();
      requireNear(beside + steps * planned.plan().step().passes(), result);
    }
  }
}
