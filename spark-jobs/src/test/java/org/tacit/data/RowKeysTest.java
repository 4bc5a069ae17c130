package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.loss.Labels;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.spark.SparkExtension;

/** Row keys are those of the source: its row numbers, or the numbers of its names. */
@ExtendWith(SparkExtension.class)
class RowKeysTest {
  private static final int ROWS = 60;
  private static final List<String> SITES = List.of("south", "10", "\"east, coast\"", "9.0");
  private static final Columns COLUMNS = Columns.labelled("y", Labels.REAL);

  @TempDir private Path folder;

  /** Row r holds r, label r / 2 and the site of r mod 4. */
  private String sites() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,site,y"));
    IntStream.range(0, ROWS).forEach(r -> lines.add(r + "," + SITES.get(r % 4) + "," + 0.5 * r));
    return Files.write(folder.resolve("sites.csv"), lines).toString();
  }

  private static double[] values(String column, Table table) {
    Var values = new Rows("t", table.schema()).column(column).times(1);
    Program program = Program.of("values", values.node());
    try (RowValues kept = Passes.over("t", table).keep(program, Map.of()).get("values")) {
      return table.values(kept);
    }
  }

  /** By twice the label, which is the row's number. */
  private static int[] keys(Table table) {
    double[] labels = values("label", table);
    double[] found = values(RowKey.COLUMN, table);
    int[] keys = new int[ROWS];
    Arrays.fill(keys, -1);
    for (int i = 0; i < labels.length; i++) {
      keys[(int) Math.round(2 * labels[i])] = (int) found[i];
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({"SPARK, 0", "SPARK, 3", "IN_PROCESS, 0", "IN_PROCESS, 7", "AUTO, 0"})
  void rowNumbersAreThoseOfTheSource(Engine engine, int partitions, SparkSession session)
      throws IOException {
    Columns columns = COLUMNS.withExcluded(List.of("site")).withRowKey(RowKey.ofRows());
    Reading reading = new Reading(partitions, BadRows.REFUSE, engine);
    TableReader reader = TableReader.of(session, columns, reading);
    Source source = Source.of("csv", sites());
    try (Parts whole = reader.read(source, Split.none(), List.of(Part.TRAIN))) {
      assertThat(keys(whole.train())).isEqualTo(IntStream.range(0, ROWS).toArray());
      assertThat(whole.names()).isEmpty();
    }
    Split thirds = Split.modulo(3, Map.of(Part.TRAIN, List.of(0, 1), Part.TEST, List.of(2)));
    try (Parts parts = reader.read(source, thirds, List.of(Part.TRAIN, Part.TEST))) {
      int[] train = keys(parts.train());
      int[] test = keys(parts.part(Part.TEST).orElseThrow());
      for (int r = 0; r < ROWS; r++) {
        assertThat(train[r]).isEqualTo(r % 3 == 2 ? -1 : r);
        assertThat(test[r]).isEqualTo(r % 3 == 2 ? r : -1);
      }
    }
  }

  private static void assertSites(Parts parts) {
    assertThat(parts.names()).containsExactly("9", "10", "east, coast", "south");
    assertThat(parts.featureNames()).containsExactly("a");
    int[] due = {3, 1, 2, 0};
    int[] keys = keys(parts.train());
    for (int r = 0; r < ROWS; r++) {
      assertThat(keys[r]).isEqualTo(due[r % 4]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPARK", "IN_PROCESS"})
  void namesAreNumberedInTheirOrder(Engine engine, SparkSession session) throws IOException {
    Columns columns = COLUMNS.withRowKey(RowKey.ofNames("site"));
    Reading reading = new Reading(3, BadRows.REFUSE, engine);
    TableReader reader = TableReader.of(session, columns, reading);
    try (Parts csv = reader.read(Source.of("csv", sites()), Split.none(), List.of(Part.TRAIN))) {
      assertSites(csv);
    }
    Dataset<Row> frame =
        session
            .read()
            .option("header", "true")
            .csv(sites())
            .selectExpr("double(a) a", "site", "double(y) y");
    try (Parts parts = reader.read(new Source.Frame(frame), Split.none(), List.of(Part.TRAIN))) {
      assertSites(parts);
    }
  }

  @Test
  void namesOfNumbersAreTheNumbers(SparkSession session) {
    Dataset<Row> frame =
        session.range(ROWS).selectExpr("double(id) a", "double(id % 3) site", "id / 2 y");
    TableReader reader =
        TableReader.of(session, COLUMNS.withRowKey(RowKey.ofNames("site")), Reading.DEFAULT);
    try (Parts parts = reader.read(Map.of(Part.TRAIN, new Source.Frame(frame)))) {
      assertThat(parts.names()).containsExactly("0", "1", "2");
      int[] keys = keys(parts.train());
      for (int r = 0; r < ROWS; r++) {
        assertThat(keys[r]).isEqualTo(r % 3);
      }
    }
  }

  @Test
  void whatCannotBeNamesIsRefused(SparkSession session) throws IOException {
    String absent = "Missing column: town (must be one of a, site, y; set folds.column)";
    assertThatThrownBy(() -> read(session, "town", sites()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(absent);
    assertThatThrownBy(() -> read(session, "y", sites()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Column in two roles: y");
    Path hole = Files.writeString(folder.resolve("hole.csv"), "a,site,y\n1,b,1\n2,,1\n3,c,1\n");
    assertThatThrownBy(() -> read(session, "site", hole.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column 2 (site): \"\" is missing");
    List<String> many = new ArrayList<>(List.of("a,site,y"));
    IntStream.range(0, 1001).forEach(r -> many.add(r + ",s" + r + ",1"));
    Path wide = Files.write(folder.resolve("many.csv"), many);
    assertThatThrownBy(() -> read(session, "site", wide.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Too many names in column site: more than 1,000");
    Path sparse = Files.writeString(folder.resolve("a.svm"), "1 1:1\n2 1:2\n");
    TableReader reader =
        TableReader.of(session, COLUMNS.withRowKey(RowKey.ofNames("site")), Reading.DEFAULT);
    assertThatThrownBy(
            () -> reader.read(Map.of(Part.TRAIN, Source.of("libsvm", sparse.toString()))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Invalid folds.column: [site] (LibSVM files have a label");
  }

  private static final Split LAST_OF_THREE =
      Split.modulo(3, Map.of(Part.TRAIN, List.of(0, 1), Part.TEST, List.of(2)));

  private static TableReader ofSites(SparkSession session, BadRows policy, Engine engine) {
    Columns columns = COLUMNS.withRowKey(RowKey.ofNames("site"));
    return TableReader.of(session, columns, new Reading(2, policy, engine));
  }

  /** Every third row tests: two have no name, one the name of a fold, one a name of its own. */
  private String mixed() throws IOException {
    String[] sites = {"c", "b", "", "b", "c", " ", "b", "b", "c", "c", "b", "only test"};
    List<String> lines = new ArrayList<>(List.of("a,site,y"));
    for (int r = 0; r < sites.length; r++) {
      lines.add(r + "," + sites[r] + "," + r / 2.0);
    }
    return Files.write(folder.resolve("mixed.csv"), lines).toString();
  }

  /** The keys of the rows that a table has, in their order. */
  private static int[] present(Table table) {
    return Arrays.stream(keys(table)).filter(key -> key >= 0).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPARK", "IN_PROCESS"})
  void rowsThatOnlyTestNeedNoName(Engine engine, SparkSession session) throws IOException {
    TableReader reader = ofSites(session, BadRows.REFUSE, engine);
    List<Part> both = List.of(Part.TRAIN, Part.TEST);
    try (Parts parts = reader.read(Source.of("csv", mixed()), LAST_OF_THREE, both)) {
      assertThat(parts.names()).containsExactly("b", "c");
      assertThat(present(parts.train())).containsExactly(1, 0, 0, 1, 0, 0, 1, 0);
      assertThat(parts.byName().get("test").rowCount()).isEqualTo(4);
      assertThat(parts.droppedRows()).isZero();
    }
    Dataset<Row> frame =
        session
            .read()
            .option("header", "true")
            .csv(mixed())
            .selectExpr("double(a) a", "site", "double(y) y");
    try (Parts parts = reader.read(new Source.Frame(frame), LAST_OF_THREE, both)) {
      assertThat(parts.names()).containsExactly("b", "c");
      assertThat(present(parts.train())).containsExactly(1, 0, 0, 1, 0, 0, 1, 0);
    }
    Path test = Files.writeString(folder.resolve("test.csv"), "a,site,y\n1,,1\n2,b,1\n");
    Map<Part, Source> files =
        Map.of(Part.TRAIN, Source.of("csv", sites()), Part.TEST, Source.of("csv", test.toString()));
    try (Parts parts = reader.read(files)) {
      assertSites(parts);
      assertThat(parts.byName().get("test").rowCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPARK", "IN_PROCESS"})
  void rowsThatAreFittedNeedOne(Engine engine, SparkSession session) throws IOException {
    Split firstTests = Split.modulo(3, Map.of(Part.TRAIN, List.of(1, 2), Part.TEST, List.of(0)));
    List<Part> both = List.of(Part.TRAIN, Part.TEST);
    assertThatThrownBy(
            () ->
                ofSites(session, BadRows.REFUSE, engine)
                    .read(Source.of("csv", mixed()), firstTests, both))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "Rows without a name in site, folds.column: 2 of 12 that are fitted, the first is row"
                + " 2, counted from 0 (only test rows may have none)")
        .hasMessageContaining("data.bad-rows = drop");
    TableReader dropping = ofSites(session, BadRows.DROP, engine);
    try (Parts parts = dropping.read(Source.of("csv", mixed()), firstTests, both)) {
      assertThat(parts.names()).containsExactly("b", "c", "only test");
      assertThat(present(parts.train())).containsExactly(0, 1, 0, 1, 0, 2);
      assertThat(parts.droppedRows()).isEqualTo(2);
    }
  }

  private static Parts read(SparkSession session, String names, String path) {
    Columns columns = COLUMNS.withRowKey(RowKey.ofNames(names));
    return TableReader.of(session, columns, Reading.DEFAULT)
        .read(Map.of(Part.TRAIN, Source.of("csv", path)));
  }
}
