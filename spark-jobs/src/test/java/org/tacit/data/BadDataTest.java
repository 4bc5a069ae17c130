package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.loss.Labels;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.TableRows;

@ExtendWith(SparkExtension.class)
class BadDataTest {
  private static final Columns REAL = Columns.labelled("y", Labels.REAL);
  private static final Columns BINARY = Columns.labelled("y", Labels.BINARY);
  private static final Columns CLASSES = Columns.labelled("y", Labels.CLASSES);

  @TempDir private Path folder;
  private SparkSession session;

  @BeforeEach
  void take(SparkSession shared) {
    session = shared;
  }

  private String file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }

  private Parts read(Columns columns, Reading reading, String format, String path) {
    return TableReader.of(session, columns, reading)
        .read(Source.of(format, path), Split.none(), List.of(Part.TRAIN));
  }

  /** With Spark, and in the same words without it. */
  private AbstractThrowableAssert<?, ? extends Throwable> refusal(
      Columns columns, String format, String path) {
    TableReader local = TableReader.of(() -> session, columns, Reading.DEFAULT);
    Throwable here =
        catchThrowable(
            () -> local.read(Source.of(format, path), Split.none(), List.of(Part.TRAIN)).close());
    assertThat(here)
        .isInstanceOf(DataException.class)
        .hasMessage(
            catchThrowable(() -> read(columns, Reading.DEFAULT, format, path)).getMessage());
    return assertThatThrownBy(() -> read(columns, Reading.DEFAULT, format, path).close())
        .isInstanceOf(DataException.class);
  }

  @Test
  void aMissingFile() {
    refusal(REAL, "csv", folder.resolve("none.csv").toString())
        .hasMessageMatching("Missing file: file:/.*none.csv \\(must exist\\)");
  }

  @Test
  void anEmptyFileOrFolder() throws IOException {
    refusal(REAL, "csv", file("empty.csv")).hasMessageContaining("(must have a header)");
    Files.createDirectory(folder.resolve("empty"));
    refusal(REAL, "libsvm", folder.resolve("empty").toString())
        .hasMessageContaining("(must have a data file)");
    refusal(REAL, "libsvm", file("empty.libsvm"))
        .hasMessageMatching("No rows in .*empty.libsvm: nothing \\(must have one or more\\)");
    refusal(REAL, "libsvm", file("labels.libsvm", "1", "2"))
        .hasMessage("No features: no row has one (must have one or more)");
    refusal(REAL, "csv", file("header.csv", "a,y"))
        .hasMessageMatching(
            "No rows in .*header.csv: nothing but a header \\(must have one or more\\)");
    session
        .emptyDataFrame()
        .selectExpr("1.0 a", "2.0 y")
        .write()
        .parquet(folder.resolve("empty.parquet").toString());
    refusal(REAL, "parquet", folder.resolve("empty.parquet").toString())
        .hasMessageMatching("No rows in .*empty.parquet: nothing \\(must have one or more\\)");
  }

  @Test
  void aFormatNobodyKnows() {
    assertThatThrownBy(() -> Source.of("xls", "a"))
        .hasMessage("Invalid data.format: xls (must be csv, libsvm or parquet)");
  }

  @Test
  void aMissingColumnIsNamedWithItsSetting() throws IOException {
    String path = file("a.csv", "a,b,z", "1,2,3");
    refusal(REAL, "csv", path)
        .hasMessage("Missing column: y (must be one of a, b, z; set data.label)")
        .extracting(thrown -> ((DataException) thrown).key())
        .isEqualTo("data.label");
    Columns labelled = Columns.labelled("z", Labels.REAL);
    refusal(labelled.withFeatures(List.of("a", "q")), "csv", path)
        .hasMessage("Missing column: q (must be one of a, b, z; set data.features)");
    refusal(labelled.withWeight("w"), "csv", path).hasMessageContaining("set data.weight");
    refusal(labelled.withKeys(List.of("k")), "csv", path).hasMessageContaining("set data.keys");
    String twice = file("twice.csv", "a,a,y", "1,2,3");
    refusal(REAL, "csv", twice)
        .hasMessage("Invalid header of file:" + twice + ": column a twice (names must differ)");
  }

  @Test
  void badRowsAreCountedAndTheFirstAreShown() throws IOException {
    String path =
        file("bad.csv", "x,y", "1,2", "abc,2", "", "1,", "NaN,1", "1,2,3", "5,5", "1e999,0", "q,1");
    refusal(REAL, "csv", path)
        .hasMessage(
            "Bad rows: 6 of 8 (bad.csv line 3: column 1 (x): \"abc\" is not a number; "
                + "bad.csv line 5: column 2 (y): \"\" is missing; "
                + "bad.csv line 6: column 1 (x): \"NaN\" is not a number; "
                + "bad.csv line 7: 3 cells (must be 2, as in the header); "
                + "bad.csv line 9: column 1 (x): \"1e999\" is not finite; ...). "
                + "Mend them: they are 75 % of the rows, too many to leave out;"
                + " the first reads: abc,2");
  }

  @Test
  void badRowsAreDroppedAndCountedWhenAsked() throws IOException {
    String path = file("drop.csv", "x,y", "1,2", "abc,2", "4,8");
    try (Parts parts = read(REAL, Reading.DEFAULT.withBadRows(BadRows.DROP), "csv", path)) {
      assertThat(parts.droppedRows()).isEqualTo(1);
      assertThat(parts.rows()).isEqualTo(3);
      assertThat(parts.train().rowCount()).isEqualTo(2);
      assertThat(TableRows.sums("label", parts.train()).value()).isEqualTo(10);
    }
  }

  @Test
  void labelsOutsideTheirSet() throws IOException {
    refusal(BINARY, "csv", file("two.csv", "x,y", "1,1", "1,2"))
        .hasMessageContaining(
            "two.csv line 3: column 2 (y): \"2.0\" is no label (must be -1 or 1, or 0 or 1; of more"
                + " than two classes by model.loss = multinomial, which are 0, 1, 2, ...)");
    refusal(BINARY, "csv", file("part.csv", "x,y", "1,1", "1,0.5"))
        .hasMessageContaining("\"0.5\" is no label (must be -1 or 1, or 0 or 1)");
    refusal(BINARY, "csv", file("mixed.csv", "x,y", "1,1", "1,0", "1,-1"))
        .hasMessage("Invalid labels in y: -1, 0 and 1 (must be -1 and 1, or 0 and 1)");
    refusal(CLASSES, "csv", file("half.csv", "x,y", "1,0.5", "1,-1"))
        .hasMessageContaining("\"0.5\" is no class (must be an integer >= 0)")
        .hasMessageContaining("\"-1.0\" is no class (must be an integer >= 0)");
    refusal(CLASSES.withClasses(2), "csv", file("three.csv", "x,y", "1,0", "1,2"))
        .hasMessageContaining("\"2.0\" is no class (must be an integer >= 0 and < 2)");
    refusal(CLASSES, "csv", file("one.csv", "x,y", "1,0", "1,0"))
        .hasMessageContaining("all 0 (must be of two classes or more");
  }

  @Test
  void labelsOfDifferentFilesMayNotMixSets() throws IOException {
    String train = file("t.csv", "x,y", "1,1", "1,0");
    String validation = file("v.csv", "x,y", "1,1", "1,-1");
    assertThatThrownBy(
            () ->
                TableReader.of(session, BINARY, Reading.DEFAULT)
                    .read(
                        Map.of(
                            Part.TRAIN, Source.of("csv", train),
                            Part.VALIDATION, Source.of("csv", validation))))
        .hasMessageStartingWith("Invalid labels in y: -1, 0 and 1");
  }

  @Test
  void badWeightsAndKeys() throws IOException {
    String path = file("w.csv", "x,y,w,k", "1,1,-2,0", "1,1,1,0.5");
    refusal(REAL.withWeight("w").withKeys(List.of("k")), "csv", path)
        .hasMessageContaining("column 3 (w): \"-2.0\" is no weight (must be >= 0)")
        .hasMessageContaining("column 4 (k): \"0.5\" is no key (must be an integer >= 0)");
  }

  @Test
  void badLinesOfALibSvmFile() throws IOException {
    String path = file("bad.libsvm", "1 1:1", "1 0:1", "x 1:1", "1 2:1 2:2", "1 3", "1 1:z");
    refusal(BINARY, "libsvm", path)
        .hasMessageContaining("Bad rows: 5 of 6")
        .hasMessageContaining(
            "bad.libsvm line 2: index: \"0\" is no feature (must be an integer >= 1)")
        .hasMessageContaining("line 3: label: \"x\" is not a number (must be -1 or 1, or 0 or 1)")
        .hasMessageContaining(
            "line 4: feature: \"2:2\" is out of order (indices must ascend, each once in a line)")
        .hasMessageContaining("line 5: feature: \"3\" is not index:value")
        .hasMessageContaining("line 6: feature 1: \"z\" is not a number");
    refusal(BINARY.withWidth(3), "libsvm", file("wide.libsvm", "1 4:1"))
        .hasMessageContaining("\"4\" is no feature (must be an integer >= 1 and <= 3, data.width)");
    refusal(BINARY.withWeight("w"), "libsvm", path)
        .hasMessage("Invalid data.weight: [w] (LibSVM files have a label and features only)");
  }

  @Test
  void filesOfAFolderWithAnotherHeader() throws IOException {
    Files.createDirectory(folder.resolve("many"));
    file("many/a.csv", "x,y", "1,1");
    file("many/b.csv", "y,x", "1,1");
    refusal(REAL, "csv", folder.resolve("many").toString())
        .hasMessageMatching(
            "Invalid header of .*b.csv: \\[y, x] \\(must be \\[x, y], as in the first file\\)");
  }

  @Test
  void validationWithoutAFeatureOfTraining() throws IOException {
    String train = file("t.csv", "a,b,y", "1,1,1");
    String validation = file("v.csv", "a,y", "1,1");
    assertThatThrownBy(
            () ->
                TableReader.of(session, REAL, Reading.DEFAULT)
                    .read(
                        Map.of(
                            Part.TRAIN, Source.of("csv", train),
                            Part.VALIDATION, Source.of("csv", validation))))
        .hasMessage("Missing column: b (must be one of a, y; set data.features)");
  }

  @Test
  void settingsOutOfBounds() {
    assertThatThrownBy(() -> REAL.withScale(0))
        .hasMessage("Invalid data.scale: 0.0 (must be finite and not 0)");
    assertThatThrownBy(() -> Reading.DEFAULT.withPartitions(-1))
        .hasMessage("Invalid data.partitions: -1 (must be >= 1, or 0 for Spark's own)");
  }
}
