package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.loss.Labels;
import org.tacit.matrix.Matrix;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.TableRows;

/** Ways of writing the same CSV file: every one is the same table. */
@ExtendWith(SparkExtension.class)
class CsvReadingTest {
  private static final Columns COLUMNS = Columns.labelled("y", Labels.REAL).withKeys(List.of("r"));
  private static final Matrix EXPECTED = Matrix.of(3, 4, 1, 2, 7, 0, 3, 4, 8, 1, 5, 6, 9, 2);

  @TempDir private Path folder;
  private SparkSession session;

  @BeforeEach
  void take(SparkSession shared) {
    session = shared;
  }

  private Parts read(Columns columns, CsvForm form, Path path) {
    return TableReader.of(session, columns, Reading.DEFAULT)
        .read(new Source.Csv(path.toString(), form), Split.none(), List.of(Part.TRAIN));
  }

  private void assertSame(Columns columns, CsvForm form, Path path) {
    TableReader local =
        TableReader.of(
            () -> {
              throw new AssertionError("Spark was asked for");
            },
            columns,
            Reading.DEFAULT);
    try (Parts parts = read(columns, form, path);
        Parts here =
            local.read(new Source.Csv(path.toString(), form), Split.none(), List.of(Part.TRAIN))) {
      assertThat(parts.featureNames()).containsExactly("a", "b");
      assertThat(TableRows.by("r", parts.train())).isEqualTo(EXPECTED);
      assertThat(TableRows.by("r", here.train())).isEqualTo(EXPECTED);
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.csv"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,y,r\n1,2,7,0\n3,4,8,1\n5,6,9,2\n",
        "a,b,y,r\n1,2,7,0\n3,4,8,1\n5,6,9,2",
        "\na,b,y,r\n1,2,7,0\n3,4,8,1\n5,6,9,2\n\n\n",
        "\uFEFFa,b,y,r\n1,2,7,0\n3,4,8,1\n5,6,9,2\n",
        "\uFEFF\r\n\r\na,b,y,r\r\n1,2,7,0\r\n\r\n3,4,8,1\r\n5,6,9,2\r\n",
        "   \n,,,\na,b,y,r\n1,2,7,0\n,,,\n3,4,8,1\n5,6,9,2\n",
        "a,b,y,r,\n1,2,7,0,\n3,4,8,1,\n5,6,9,2,\n",
        "a,b,y,r\n1,2,7,0,,\n3,4,8,1,\n5,6,9,2\n",
        "\"a\",\"b\",\"y\",\"r\"\n\"1\", 2 ,7,0\n3,4,8,1\n5,6,9,2\n",
        "a,b,y,r\r1,2,7,0\r3,4,8,1\r5,6,9,2\r"
      })
  void blanksMarksAndTrailingSeparatorsDoNoHarm(String text) throws IOException {
    assertSame(COLUMNS, CsvForm.DEFAULT, file(text));
  }

  @Test
  void aHeaderBehindManyBlankLinesIsFoundInWhateverPartition() throws IOException {
    String blank = "\n".repeat(300);
    assertSame(COLUMNS, CsvForm.DEFAULT, file(blank + "a,b,y,r\n1,2,7,0\n3,4,8,1\n5,6,9,2\n"));
    Path bad = file(blank + "a,b,y,r\n1,2,7,0\n3,x,8,1\n");
    assertThatThrownBy(() -> read(COLUMNS, CsvForm.DEFAULT, bad))
        .hasMessageContaining("a.csv line 303: column 2 (b): \"x\" is not a number");
  }

  @Test
  void cellsMayBeSeparatedOtherwise() throws IOException {
    assertSame(COLUMNS, new CsvForm(';', false), file("a;b;y;r\n1;2;7;0\n3;4;8;1\n5;6;9;2\n"));
    assertSame(
        COLUMNS.withExcluded(List.of("n")),
        new CsvForm('\t', false),
        file("a\tn\tb\ty\tr\n1\tx, y\t2\t7\t0\n3\t\t4\t8\t1\n5\tz\t6\t9\t2\n"));
  }

  @Test
  void quotedCellsMayHaveLineBreaksWhereThatIsSaid() throws IOException {
    Path path =
        file(
            "a,\"the\nnote\",b,y,r\n1,\"two\nlines, and \"\"more\"\"\",2,7,0\n"
                + "3,,4,8,1\n\n5,\"\n\n\",6,9,2\n");
    CsvForm multiline = new CsvForm(',', true);
    assertSame(COLUMNS.withExcluded(List.of("the\nnote")), multiline, path);
    Path bad = file("a,n,b,y,r\n1,\"two\nlines\",2,7,0\n3,\"\n\",x,8,1\n");
    Columns columns = COLUMNS.withExcluded(List.of("n"));
    assertThatThrownBy(() -> read(columns, multiline, bad))
        .hasMessageContaining("a.csv line 4: column 3 (b): \"x\" is not a number");
    assertThatThrownBy(() -> read(columns, CsvForm.DEFAULT, bad))
        .hasMessageContaining("line 2: a quote that is not closed in its line")
        .hasMessageContaining("set data.multiline = true");
    Path open = file("a,n,b,y,r\n1,\"never\n3,closed,4,8,1\n");
    assertThatThrownBy(() -> read(columns, multiline, open))
        .hasMessageContaining("line 2: a quote that is never closed");
  }

  @Test
  void compressedFilesAreReadLikeOthers() throws IOException {
    Path path = folder.resolve("a.csv.gz");
    try (var out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(path)), StandardCharsets.UTF_8)) {
      out.write("\n\na,b,y,r\n1,2,7,0\n\n3,4,8,1\n5,6,9,2\n");
    }
    assertSame(COLUMNS, CsvForm.DEFAULT, path);
  }

  @Test
  void aFolderOfManyFilesHasThePartitionsOfOne() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int f = 0; f < 20; f++) {
      String blank = f % 3 == 0 ? "\n" : "";
      Files.writeString(
          many.resolve(String.format("part-%02d.csv", f)),
          blank + "a,r,y\n1," + 2 * f + ",1\n2," + (2 * f + 1) + ",1\n");
    }
    Files.writeString(many.resolve("part-20.csv"), "");
    Reading onSpark = Reading.DEFAULT.withEngine(Engine.SPARK);
    try (Parts parts =
        TableReader.of(session, COLUMNS, onSpark)
            .read(new Source.Csv(many.toString()), Split.none(), List.of(Part.TRAIN))) {
      assertThat(parts.train().rowCount()).isEqualTo(40);
      assertThat(parts.train().partitions()).isLessThanOrEqualTo(21);
      for (int r = 0; r < 40; r++) {
        assertThat(TableRows.by("r", parts.train()).at(r, 0)).isEqualTo(1 + r % 2);
      }
    }
  }

  @Test
  void textThatIsNotUtf8IsNamed() throws IOException {
    Path path = Files.write(folder.resolve("a.csv"), "a,b,y\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> read(COLUMNS, CsvForm.DEFAULT, path))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void labelsOfEachPartAreKnownButThoseOfWeightZero() throws IOException {
    Path path = file("a,w,y\n1,1,0\n2,0,1\n3,2,2\n");
    Columns classes = Columns.labelled("y", Labels.CLASSES).withWeight("w");
    try (Parts parts = read(classes, CsvForm.DEFAULT, path)) {
      assertThat(parts.labels().get(Part.TRAIN)).isEqualTo(new LabelSet(0, 2, 2, 1, 2));
    }
  }

  @Test
  void sizesAreHeldAgainstTheHeap() throws IOException {
    Capacity small = new Capacity(3 * 512);
    TableReader reader = TableReader.of(session, COLUMNS, Reading.DEFAULT, small);
    Path path = file("a,b,y,r\n1,2,7,0\n");
    assertThatThrownBy(
            () -> reader.read(new Source.Csv(path.toString()), Split.none(), List.of(Part.TRAIN)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("Too many columns in file:" + path + ": 4 (must be <= 3 in all: ");
  }
}
