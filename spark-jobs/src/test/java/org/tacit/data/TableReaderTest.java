package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.loss.Labels;
import org.tacit.matrix.Block;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.pass.Table;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkJobs;
import org.tacit.spark.TableRows;

@ExtendWith(SparkExtension.class)
class TableReaderTest {
  private static final Columns NUMBERED = Columns.labelled("y", Labels.REAL).withKeys(List.of("r"));
  private static final Reading ON_SPARK = Reading.DEFAULT.withEngine(Engine.SPARK);

  @TempDir private Path folder;

  private String file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    return file.toString();
  }

  /** Row r holds r, 10 r, 100 r and label r / 2. */
  private String numbered(int rows) throws IOException {
    return file(
        "numbered.csv",
        IntStream.rangeClosed(-1, rows - 1)
            .mapToObj(r -> r < 0 ? "a,r,b,y" : 10 * r + "," + r + "," + 100 * r + "," + 0.5 * r)
            .toArray(String[]::new));
  }

  private static Parts read(
      SparkSession session, Columns columns, Reading reading, String format, String path) {
    return TableReader.of(session, columns, reading)
        .read(Source.of(format, path), Split.none(), List.of(Part.TRAIN));
  }

  private static List<List<Block>> blocks(Table table) {
    return TableRows.blocks(table);
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SPARK", "IN_PROCESS"})
  void columnsOfACsvFileBecomeColumnsOfATable(Engine engine, SparkSession session)
      throws IOException {
    Reading reading = Reading.DEFAULT.withEngine(engine);
    try (Parts parts = read(session, NUMBERED.withScale(0.5), reading, "csv", numbered(50))) {
      assertThat(parts.featureNames()).containsExactly("a", "b");
      assertThat(parts.train().schema().names()).containsExactly("features", "label", "r");
      assertThat(parts.train().rowCount()).isEqualTo(50);
      assertThat(parts.engine()).isEqualTo(engine == Engine.SPARK ? "spark" : "in-process");
      Matrix rows = TableRows.by("r", parts.train());
      for (int r = 0; r < 50; r++) {
        assertThat(rows.at(r, 0)).isEqualTo(5 * r);
        assertThat(rows.at(r, 1)).isEqualTo(50 * r);
        assertThat(rows.at(r, 2)).isEqualTo(0.5 * r);
        assertThat(rows.at(r, 3)).isEqualTo(r);
      }
    }
  }

  @Test
  void featuresKeepTheOrderAskedFor(SparkSession session) throws IOException {
    Columns some = NUMBERED.withFeatures(List.of("b"));
    try (Parts parts = read(session, some, Reading.DEFAULT, "csv", numbered(5))) {
      assertThat(parts.featureNames()).containsExactly("b");
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.scalar(1000));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void partitionsGivenAreRunsOfRowsInOrder(int partitions, SparkSession session)
      throws IOException {
    Reading spread = ON_SPARK.withPartitions(partitions);
    String path = numbered(50);
    try (Parts onSpark = read(session, NUMBERED, spread, "csv", path);
        Parts inProcess =
            read(session, NUMBERED, spread.withEngine(Engine.IN_PROCESS), "csv", path)) {
      assertThat(onSpark.train().partitions()).isEqualTo(partitions);
      assertThat(inProcess.train().partitions()).isEqualTo(partitions);
      assertThat(TableRows.by("r", onSpark.train()))
          .isEqualTo(TableRows.by("r", inProcess.train()));
      assertThat(blocks(onSpark.train()))
          .allMatch(
              blocks ->
                  Math.abs(blocks.stream().mapToInt(Block::rows).sum() - 50 / partitions) <= 1);
    }
  }

  @Test
  void aSplitGivesRowsByTheirNumberInTheFile(SparkSession session) throws IOException {
    Split split =
        Split.modulo(
            5,
            Map.of(Part.TRAIN, List.of(0, 1), Part.VALIDATION, List.of(2), Part.TEST, List.of(3)));
    String path = numbered(50);
    for (int partitions : new int[] {0, 3}) {
      Reading reading = Reading.DEFAULT.withPartitions(partitions);
      try (Parts parts =
          TableReader.of(session, NUMBERED, reading)
              .read(Source.of("csv", path), split, List.of(Part.values()))) {
        assertThat(parts.train().rowCount()).isEqualTo(20);
        Matrix validation = TableRows.sums("label", parts.part(Part.VALIDATION).orElseThrow());
        assertThat(validation)
            .isEqualTo(
                Matrix.scalar(IntStream.range(0, 10).mapToDouble(i -> 0.5 * (5 * i + 2)).sum()));
        assertThat(parts.part(Part.TEST).orElseThrow().rowCount()).isEqualTo(10);
      }
    }
  }

  @Test
  void anEmptyPartIsAnError(SparkSession session) throws IOException {
    Split split = Split.modulo(100, Map.of(Part.TRAIN, List.of(0), Part.TEST, List.of(99)));
    String path = numbered(50);
    for (Engine engine : Engine.values()) {
      TableReader reader = TableReader.of(session, NUMBERED, Reading.DEFAULT.withEngine(engine));
      assertThatThrownBy(
              () -> reader.read(Source.of("csv", path), split, List.of(Part.TRAIN, Part.TEST)))
          .isInstanceOf(DataException.class)
          .hasMessage("Empty test part: 0 of 50 rows (must have one or more)");
    }
  }

  @Test
  void separateFilesMatchFeaturesByName(SparkSession session) throws IOException {
    String train = file("train.csv", "a,b,y", "1,2,3", "4,5,6");
    String validation = file("validation.csv", "y,b,id,a", "7,8,0,9");
    try (Parts parts =
        TableReader.of(session, Columns.labelled("y", Labels.REAL), Reading.DEFAULT)
            .read(
                Map.of(
                    Part.TRAIN, Source.of("csv", train),
                    Part.VALIDATION, Source.of("csv", validation)))) {
      Table table = parts.part(Part.VALIDATION).orElseThrow();
      assertThat(TableRows.sums("features", table)).isEqualTo(Matrix.of(1, 2, 9, 8));
      assertThat(parts.rows()).isEqualTo(3);
    }
  }

  @Test
  void filesOfAFolderAreReadInTheOrderOfTheirNames(SparkSession session) throws IOException {
    file("many/part-1.csv", "a,r,y", "1,1,0", "", "2,2,0");
    file("many/part-0.csv", "a,r,y", "0,0,0");
    file("many/_SUCCESS", "");
    Split even = Split.modulo(2, Map.of(Part.TRAIN, List.of(0), Part.TEST, List.of(1)));
    try (Parts parts =
        TableReader.of(session, NUMBERED, Reading.DEFAULT)
            .read(
                Source.of("csv", folder.resolve("many").toString()),
                even,
                List.of(Part.TRAIN, Part.TEST))) {
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.scalar(2));
      assertThat(TableRows.sums("features", parts.part(Part.TEST).orElseThrow()))
          .isEqualTo(Matrix.scalar(1));
    }
  }

  @Test
  void labelsOfZeroAndOneBecomeMinusOneAndOne(SparkSession session) throws IOException {
    String path = file("labels.csv", "a,r,y", "1,0,0", "1,1,1", "1,2,0");
    Columns binary = Columns.labelled("y", Labels.BINARY).withKeys(List.of("r"));
    try (Parts parts = read(session, binary, Reading.DEFAULT, "csv", path)) {
      assertThat(TableRows.by("r", parts.train()).columnAt(1)).isEqualTo(Matrix.column(-1, 1, -1));
    }
  }

  @Test
  void classesAreKeysAndTheirNumberIsCounted(SparkSession session) throws IOException {
    String path = file("classes.csv", "a,y", "1,0", "1,3", "1,1");
    Columns classes = Columns.labelled("y", Labels.CLASSES);
    try (Parts parts = read(session, classes, Reading.DEFAULT, "csv", path)) {
      assertThat(parts.classes()).isEqualTo(4);
      assertThat(parts.train().schema().field("label").storage()).isEqualTo(Storage.KEY);
    }
    try (Parts parts = read(session, classes.withClasses(6), Reading.DEFAULT, "csv", path)) {
      assertThat(parts.classes()).isEqualTo(6);
    }
  }

  @Test
  void floatsTakeHalfTheMemory(SparkSession session) throws IOException {
    Columns floats = NUMBERED.withStorage(Storage.FLOAT);
    try (Parts parts = read(session, floats, ON_SPARK, "csv", numbered(10))) {
      assertThat(parts.train().schema().field("features").storage()).isEqualTo(Storage.FLOAT);
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.of(1, 2, 450, 4500));
    }
    String large = file("large.csv", "a,y", "1e300,0");
    assertThatThrownBy(
            () ->
                read(
                    session,
                    Columns.labelled("y", Labels.REAL).withStorage(Storage.FLOAT),
                    ON_SPARK,
                    "csv",
                    large))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "large.csv line 2: column 1 (a): \"1.0E300\" is too large for a 32-bit float")
        .hasMessageContaining("set data.storage = double, or a smaller data.scale");
  }

  @Test
  void libSvmFilesAreSparseAndAsWideAsTheirLargestIndex(SparkSession session) throws IOException {
    String path =
        file("a.libsvm", "+1 1:0.5 3:2 # first", "", "-1 10:1", "# nothing", "1 2:4 10:0");
    Columns binary = Columns.labelled("label", Labels.BINARY);
    try (Parts parts = read(session, binary, Reading.DEFAULT, "libsvm", path)) {
      Table table = parts.train();
      assertThat(table.rowCount()).isEqualTo(3);
      assertThat(table.schema().field("features").width()).isEqualTo(10);
      assertThat(table.schema().field("features").storage()).isEqualTo(Storage.CSR);
      assertThat(parts.featureNames()).startsWith("1", "2").hasSize(10);
      assertThat(TableRows.sums("label", table).value()).isEqualTo(1);
      Matrix expected = Matrix.of(1, 10, 0.5, 4, 2, 0, 0, 0, 0, 0, 0, 1);
      assertThat(TableRows.sums("features", table)).isEqualTo(expected);
    }
    try (Parts parts = read(session, binary.withWidth(20), Reading.DEFAULT, "libsvm", path)) {
      assertThat(parts.train().schema().field("features").width()).isEqualTo(20);
    }
  }

  @Test
  void theWidthOfLibSvmPartsIsTheWholeFilesAndDenseOnesAreKeptDense(SparkSession session)
      throws IOException {
    String path = file("b.libsvm", "0 1:1 2:1", "1 1:2 2:2", "0 1:3 2:3 3:3");
    Split split = Split.modulo(3, Map.of(Part.TRAIN, List.of(0, 1), Part.TEST, List.of(2)));
    try (Parts parts =
        TableReader.of(session, Columns.labelled("label", Labels.BINARY), Reading.DEFAULT)
            .read(Source.of("libsvm", path), split, List.of(Part.TRAIN, Part.TEST))) {
      assertThat(parts.train().schema().field("features").width()).isEqualTo(3);
      assertThat(parts.train().schema().field("features").storage()).isEqualTo(Storage.DENSE);
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.of(1, 3, 3, 3, 0));
    }
  }

  @Test
  void readingIsASurveyAndOneJobAPart(SparkSession session, SparkJobs jobs) throws IOException {
    String path = file("c.libsvm", "0 1:1", "1 2:1");
    Split split = Split.modulo(2, Map.of(Part.TRAIN, List.of(0), Part.TEST, List.of(1)));
    TableReader reader =
        TableReader.of(session, Columns.labelled("label", Labels.BINARY), ON_SPARK);
    jobs.assertPasses(
            3, () -> reader.read(Source.of("libsvm", path), split, List.of(Part.TRAIN, Part.TEST)))
        .close();
  }

  @Test
  void blocksAreAboutFourMegabytes(SparkSession session) throws IOException {
    String row = IntStream.range(0, 500).mapToObj(i -> "0").collect(Collectors.joining(","));
    String header = IntStream.range(0, 500).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
    String[] lines =
        IntStream.range(0, 3001).mapToObj(i -> i == 0 ? header : row).toArray(String[]::new);
    String path = file("wide.csv", lines);
    Columns columns = Columns.labelled("x0", Labels.REAL);
    try (Parts parts = read(session, columns, ON_SPARK.withPartitions(1), "csv", path)) {
      assertThat(blocks(parts.train()).get(0)).hasSize(3);
    }
  }
}
