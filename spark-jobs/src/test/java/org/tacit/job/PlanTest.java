package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tacit.config.ConfigException;
import org.tacit.plan.ClusterCost;
import org.tacit.plan.Rates;
import org.tacit.sweep.Sweep;

class PlanTest {
  private static final ClusterCost LARGE = new ClusterCost(Rates.COMMON, 200, 4);

  private static final DataSize LARGE_ROWS = new DataSize(1_000_000_000L, 100, 100);

  @TempDir private Path folder;

  private ConfigFile file(String data, String... overrides) throws IOException {
    Path conf = folder.resolve("a.conf");
    Files.writeString(
        conf,
        """
        data { %s, split { modulo = 3, train = [0, 1], validation = 2 } }
        model { loss = logistic, per = feature }
        theta = -2
        """
            .formatted(data));
    return ConfigFile.read(conf.toString(), List.of(overrides), Set.of());
  }

  @Test
  void aSizeIsEstimatedByTheFirstLines() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a,b,w,y\n" + "0.5,1.5,1,1\n".repeat(5_000));
    DataSize size = DataSize.estimated(file("path = a.csv, label = y, weight = w"));
    assertThat(size.features()).isEqualTo(2);
    assertThat(size.rows()).isBetween(4_950L, 5_050L);
    Files.writeString(folder.resolve("a.svm"), "1 3:0.5 17:2\n-1 4:1\n".repeat(700));
    DataSize sparse = DataSize.estimated(file("format = libsvm, path = a.svm"));
    assertThat(sparse.features()).isEqualTo(17);
    assertThat(sparse.rows()).isBetween(1_390L, 1_410L);
    assertThat(sparse.numbersARow()).isEqualTo(1.5);
  }

  @Test
  void aHeaderIsNoRow() throws IOException {
    String header = "a_long_name_of_a_column,another_one,y\n";
    Files.writeString(folder.resolve("a.csv"), header + "1,2,1\n".repeat(7));
    assertThat(DataSize.estimated(file("path = a.csv, label = y")).rows()).isEqualTo(7);
    Files.createDirectory(folder.resolve("parts"));
    for (String part : List.of("a", "b", "c")) {
      Files.writeString(folder.resolve("parts/" + part + ".csv"), header + "1,2,1\n".repeat(5_000));
    }
    assertThat(DataSize.estimated(file("path = parts, label = y")).rows()).isEqualTo(15_000);
  }

  @Test
  void whatCannotBeEstimatedIsAskedFor() throws IOException {
    Files.writeString(folder.resolve("a.parquet"), "");
    assertThatThrownBy(
            () -> DataSize.estimated(file("format = parquet, path = a.parquet, label = y")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--rows N --features P");
  }

  @ParameterizedTest
  @CsvSource({"--rows, -5", "--features, 0", "--non-zeros, NaN", "--executors, 0", "--cores, -1"})
  void whatCannotBeIsRefused(String option, String value) throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a,b,y\n0.5,1.5,1\n");
    file("path = a.csv, label = y");
    String conf = folder.resolve("a.conf").toString();
    assertThat(Tacit.run("plan", conf)).isZero();
    assertThat(Tacit.run("plan", conf, option, value)).isEqualTo(2);
  }

  @Test
  void aSweepIsPlannedByItsStages() throws IOException {
    String[] sweep = {"folds=5", "sweep.points=20", "model.per=all", "model.intercept=true"};
    ConfigFile file = file("path = a.csv, label = y", sweep);
    DataSize adults = new DataSize(32_561, 123, 14);
    ClusterCost one = new ClusterCost(Rates.COMMON, 1, 2);
    assertThat(Plan.of(file, adults, one).lines().get(8))
        .matches(
            "cross-validate  about 69 passes, .*: 5 folds x 20 candidates \\(data 1, .*;"
                + " fold counts 2, .*; path 38, .*; folds 20, .*; measures 8, .*\\)");
    ConfigFile squared = file("path = a.csv, label = y", "folds=5", "model.loss=squared");
    assertThat(Plan.of(squared, adults, one).lines().get(8))
        .startsWith("cross-validate  about 9 passes")
        .contains("fold counts 2, ", "folds 2, ");
    // Of 10 candidates on a9a the job takes 53 beside data and measures, where 111 were told.
    ConfigFile elastic = file("path = a.csv, label = y", and(sweep, "model.penalty=elastic-net"));
    assertThat(Plan.of(elastic, adults, one).lines().get(8)).contains("path 45, ", "folds 15, ");
    double once = folds(Plan.of(file, LARGE_ROWS, LARGE), 5);
    double twice = folds(Plan.of(file, LARGE_ROWS, LARGE), 10);
    assertThat(twice).isBetween(1.2 * once, 2 * once);
  }

  private static String[] and(String[] settings, String more) {
    return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aTuningIsPlannedWithWhatStandsBesideItsSteps() throws IOException {
    DataSize tumours = new DataSize(569, 30, 30);
    ClusterCost one = new ClusterCost(Rates.COMMON, 1, 2);
    assertThat(Plan.of(file("path = a.csv, label = y"), tumours, one).lines().get(7))
        .contains(
            "100 steps at most, and data 1, first step 25, start 4, measures 12: about 942 passes")
        .doesNotContain("grid");
    String grid = "outer.grid { points = 20 }";
    assertThat(Plan.of(file("path = a.csv, label = y", grid), tumours, one).lines().get(7))
        .contains("data 1, grid 240, first step 25, start 4, measures 18: about 1188 passes");
    List<String> folded =
        Plan.of(file("path = a.csv, label = y", grid, "folds=5"), tumours, one).lines();
    assertThat(folded.get(7)).contains("data 2, grid 60, first step 25, refits 33, measures 12");
    List<String> without =
        Plan.of(file("path = a.csv, label = y", "folds=5"), tumours, one).lines();
    assertThat(without.get(7)).contains("data 2, first step 25, refits 33, measures 8");
    assertThat(without.get(8)).startsWith("cross-validate  ");
  }

  @Test
  void classesAreThoseOfTheFirstLines() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "a,\"y\",b\n" + "0.5,9,1\n0.5,3.0,1\n".repeat(9));
    ConfigFile file = file("path = a.csv, label = y", "model.loss=multinomial");
    DataSize size = DataSize.estimated(file);
    assertThat(size.classes()).isEqualTo(10);
    ClusterCost one = new ClusterCost(Rates.COMMON, 1, 2);
    assertThat(Plan.of(file, size, one).unknowns()).isEqualTo(20);
    Files.writeString(folder.resolve("a.svm"), "2 3:0.5 17:2\n0 4:1\n");
    ConfigFile sparse = file("format = libsvm, path = a.svm", "model.loss=multinomial");
    assertThat(DataSize.estimated(sparse).classes()).isEqualTo(3);
  }

  private static double folds(Plan plan, int folds) {
    return new SweepPlan(plan, folds, 20).seconds().get(Sweep.FOLDS);
  }

  @Test
  void aPlanNamesWhatIsSolvedWhereAndHow() throws IOException {
    List<String> small =
        Plan.of(
                file("path = a.csv, label = y"),
                new DataSize(569, 30, 30),
                new ClusterCost(Rates.COMMON, 1, 2))
            .lines();
    assertThat(small.get(0)).contains("569 rows x 30 features", "30 unknowns, 30 thetas");
    assertThat(small.get(1)).contains("the whole matrix, one pass of 30 columns");
    assertThat(small.get(2)).contains("in process");
    // The tuning in the README takes 222 passes from step 0 to 24.
    assertThat(small.get(7)).startsWith("tune         about 9 passes a step");
    List<String> large =
        Plan.of(
                file("path = a.csv, label = y"),
                new DataSize(1_000_000_000L, 10_000, 10_000),
                LARGE)
            .lines();
    assertThat(large.get(1)).contains("conjugate gradients");
    assertThat(large.get(2)).contains("200 executors of 4 cores, 2400 partitions");
    // 80 TB over 200 executors; 128 numbers of half a kilobyte for unknowns and thetas.
    assertThat(large.get(3)).contains("400 GB of rows in each executor", "10.2 MB in the driver");
    assertThat(large.get(4)).contains("80.0 TB to read", "17 s, most of it rows");
  }
}
