package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.loss.Labels;
import org.tacit.matrix.Storage;
import org.tacit.pass.Table;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.TableRows;

/** Data sets that Spark orders anew each time they are read. */
@ExtendWith(SparkExtension.class)
class StableRowsTest {
  private static final int ROWS = 60;
  private static final Columns COLUMNS = Columns.labelled("y", Labels.REAL);
  private static final Split HALVES =
      Split.modulo(2, Map.of(Part.TRAIN, List.of(0), Part.VALIDATION, List.of(1)));

  private static final TableForm IN_PROCESS =
      new TableForm(
          new BlockLayout(COLUMNS, 1, Storage.DENSE),
          Reading.DEFAULT.withEngine(Engine.IN_PROCESS),
          1000);

  /** The readings of partitions so far: local mode runs tasks in this JVM. */
  private static final AtomicInteger READINGS = new AtomicInteger();

  private SparkSession session;
  private JavaSparkContext context;

  @BeforeEach
  void take(SparkSession shared, JavaSparkContext sharedContext) {
    session = shared;
    context = sharedContext;
  }

  private static Iterator<Row> shuffled(Iterator<Row> rows) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    Collections.shuffle(all, new Random(READINGS.incrementAndGet()));
    return all.iterator();
  }

  /** Row i has the feature 2^-i and the label i, in another order at each reading. */
  private Dataset<Row> unstable() {
    StructType schema =
        new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);
    List<Row> rows =
        IntStream.range(0, ROWS)
            .<Row>mapToObj(i -> RowFactory.create(Math.scalb(1.0, -i % 50), (double) i))
            .toList();
    JavaRDD<Row> shuffled = context.parallelize(rows, 2).mapPartitions(StableRowsTest::shuffled);
    return session.createDataFrame(shuffled, schema);
  }

  private Parts halves(Dataset<Row> rows, Engine engine) {
    return TableReader.of(session, COLUMNS, Reading.DEFAULT.withEngine(engine))
        .read(new Source.Frame(rows), HALVES, List.of(Part.TRAIN, Part.VALIDATION));
  }

  private static double labels(Table table) {
    return TableRows.sums("label", table).value();
  }

  @Test
  void everyRowIsInOnePartWhateverTheOrderOfTheNextReading() {
    for (Engine engine : List.of(Engine.IN_PROCESS, Engine.SPARK)) {
      for (int trial = 0; trial < 3; trial++) {
        try (Parts parts = halves(unstable(), engine)) {
          Table held = parts.part(Part.VALIDATION).orElseThrow();
          assertThat(labels(parts.train()) + labels(held)).isEqualTo(ROWS * (ROWS - 1) / 2.0);
        }
      }
    }
  }

  @Test
  void whatWasKeptForReadingIsLetGo() {
    var before = Set.copyOf(context.getPersistentRDDs().keySet());
    halves(unstable(), Engine.IN_PROCESS).close();
    Dataset<Row> constant = unstable().withColumn("z", org.apache.spark.sql.functions.lit("text"));
    assertThatThrownBy(() -> halves(constant, Engine.IN_PROCESS)).isInstanceOf(DataException.class);
    assertThat(context.getPersistentRDDs().keySet()).isSubsetOf(before);
  }

  @Test
  void rowsThatAreOthersAtTheNextReadingAreRefused() {
    Dataset<Row> rows = unstable();
    Opened opened = Frames.open(rows, COLUMNS, Capacity.ofThisJvm());
    Surveyed surveyed = opened.survey();
    opened.rows().release();
    assertThatThrownBy(() -> IN_PROCESS.table(surveyed, HALVES, Part.TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "Rows that change from one reading to the next: partition [01] had 30 rows at first,"
                + " now 30 others or in another order, .*\\(must be the same each time; sort by a"
                + " key that tells all rows apart, or write the data set to Parquet and read"
                + " that\\)");
  }

  @Test
  void cellsThatAreNotReadMayChange() {
    Dataset<Row> rows =
        session
            .range(0, ROWS, 1, 2)
            .selectExpr("double(id) as y", "double(id * id) as x", "rand() as noise");
    Columns columns = COLUMNS.withFeatures(List.of("x"));
    Opened opened = Frames.open(rows, columns, Capacity.ofThisJvm());
    Surveyed surveyed = opened.survey();
    opened.rows().release();
    assertThat(IN_PROCESS.table(surveyed, Split.none(), Part.TRAIN).table().rowCount())
        .isEqualTo(ROWS);
  }

  @Test
  void rowsAreReadOnceForAllTheirParts() {
    Dataset<Row> rows = unstable();
    for (Engine engine : List.of(Engine.IN_PROCESS, Engine.SPARK)) {
      int before = READINGS.get();
      halves(rows, engine).close();
      assertThat(READINGS.get() - before).as("%s", engine).isEqualTo(2);
    }
  }
}
