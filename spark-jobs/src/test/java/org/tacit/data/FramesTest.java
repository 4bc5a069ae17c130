package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tacit.loss.Labels;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Storage;
import org.tacit.pass.ExplicitFunction;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Rows;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkTable;
import org.tacit.spark.TableRows;

@ExtendWith(SparkExtension.class)
class FramesTest {
  private static final Columns NUMBERED = Columns.labelled("y", Labels.REAL).withKeys(List.of("r"));

  @TempDir private Path folder;
  private SparkSession session;

  @BeforeEach
  void take(SparkSession shared) {
    session = shared;
  }

  private Parts read(Columns columns, Source source) {
    return TableReader.of(session, columns, Reading.DEFAULT)
        .read(source, Split.none(), List.of(Part.TRAIN));
  }

  private Dataset<Row> vectors(List<Vector> vectors) {
    StructType schema =
        new StructType()
            .add("r", DataTypes.IntegerType)
            .add("v", SQLDataTypes.VectorType())
            .add("y", DataTypes.FloatType);
    List<Row> rows = new ArrayList<>();
    for (Vector vector : vectors) {
      rows.add(RowFactory.create(rows.size(), vector, (float) rows.size()));
    }
    return session.createDataFrame(rows, schema);
  }

  @Test
  void numbersArraysAndVectorsStandSideBySide() {
    StructType schema =
        new StructType()
            .add("y", DataTypes.DoubleType)
            .add("a", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("v", SQLDataTypes.VectorType())
            .add("n", DataTypes.LongType)
            .add("d", DataTypes.createDecimalType(10, 2))
            .add("b", DataTypes.BooleanType)
            .add("r", DataTypes.ShortType);
    var decimal = new java.math.BigDecimal("1.25");
    List<Row> rows = new ArrayList<>();
    rows.add(
        RowFactory.create(
            0.5, new Integer[] {1, 2}, Vectors.dense(3, 4), 5L, decimal, true, (short) 1));
    rows.add(
        RowFactory.create(
            1.5, new Integer[] {6, 7}, Vectors.dense(8, 9), 10L, decimal, false, (short) 0));
    try (Parts parts = read(NUMBERED, new Source.Frame(session.createDataFrame(rows, schema)))) {
      assertThat(parts.featureNames())
          .containsExactly("a[0]", "a[1]", "v[0]", "v[1]", "n", "d", "b");
      assertThat(TableRows.by("r", parts.train()))
          .isEqualTo(
              Matrix.of(2, 9, 6, 7, 8, 9, 10, 1.25, 0, 1.5, 0, 1, 2, 3, 4, 5, 1.25, 1, 0.5, 1));
    }
  }

  /** As a join leaves them, and as SQL does not let them be called. */
  @Test
  void columnsOfOneNameAreToldByTheirPlaces() {
    Dataset<Row> rows =
        session.sql("select 1.5D y, 2D `a.b`, 3 N, 4L n, 5D Y union all select 2.5, 6, 7, 8, 9");
    Columns columns = Columns.labelled("y", Labels.REAL).withFeatures(List.of("n", "a.b", "N"));
    try (Parts parts = read(columns, new Source.Frame(rows))) {
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.of(1, 3, 12, 8, 10));
      assertThat(TableRows.sums("label", parts.train()).value()).isEqualTo(4);
    }
  }

  @Test
  void sparseVectorsStaySparse() {
    Dataset<Row> rows =
        vectors(
            List.of(
                Vectors.sparse(9, new int[] {2}, new double[] {1.5}),
                Vectors.sparse(9, new int[] {0, 8}, new double[] {2, 3})));
    try (Parts parts = read(NUMBERED, new Source.Frame(rows))) {
      assertThat(parts.train().schema().field("features").storage()).isEqualTo(Storage.CSR);
      assertThat(TableRows.sums("features", parts.train()))
          .isEqualTo(Matrix.of(1, 9, 2, 0, 1.5, 0, 0, 0, 0, 0, 3));
    }
  }

  @Test
  void sparseVectorsThatAreFullAreKeptDense() {
    Dataset<Row> rows =
        vectors(List.of(Vectors.sparse(2, new int[] {1}, new double[] {1}), Vectors.dense(2, 3)));
    try (Parts parts = read(NUMBERED, new Source.Frame(rows))) {
      assertThat(parts.train().schema().field("features").storage()).isEqualTo(Storage.DENSE);
      assertThat(TableRows.by("r", parts.train()))
          .isEqualTo(Matrix.of(2, 4, 0, 1, 0, 0, 2, 3, 1, 1));
    }
  }

  @Test
  void badCellsOfADataSetAreNamedByRow() {
    StructType schema =
        new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create(1.0, 1.0));
    rows.add(RowFactory.create(null, 1.0));
    rows.add(RowFactory.create(Double.NaN, 1.0));
    assertThatThrownBy(
            () ->
                read(
                    Columns.labelled("y", Labels.REAL),
                    new Source.Frame(session.createDataFrame(rows, schema))))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "Bad rows: 2 of 3 (data set row 1: column 1 (x): \"null\" is missing; ")
        .hasMessageContaining("data set row 2: column 1 (x): \"NaN\" is not finite)");
  }

  @Test
  void vectorsOfAnotherLengthAreBadRows() {
    Dataset<Row> rows = vectors(List.of(Vectors.dense(1, 2), Vectors.dense(1, 2, 3)));
    assertThatThrownBy(() -> read(NUMBERED, new Source.Frame(rows)))
        .hasMessageContaining("column 2 (v): 3 elements (must be 2 as in the first row)");
  }

  @Test
  void columnsOfTextAreRefused() {
    StructType schema =
        new StructType()
            .add("y", DataTypes.DoubleType)
            .add("city", DataTypes.StringType)
            .add("x", DataTypes.DoubleType);
    Dataset<Row> rows =
        session.createDataFrame(List.of(RowFactory.create(1.0, "Ulm", 2.0)), schema);
    Columns all = Columns.labelled("y", Labels.REAL);
    assertThatThrownBy(() -> read(all, new Source.Frame(rows)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid column: city is string (must be numeric, an array of numbers or a vector;"
                + " leave it out by data.exclude = [city])");
    try (Parts parts = read(all.withFeatures(List.of("x")), new Source.Frame(rows))) {
      assertThat(parts.featureNames()).containsExactly("x");
    }
  }

  @Test
  void parquetFilesAreReadInTheOrderOfTheirNames() {
    Dataset<Row> rows =
        vectors(
            List.of(
                Vectors.dense(1, 0),
                Vectors.dense(2, 0),
                Vectors.dense(4, 0),
                Vectors.dense(8, 0)));
    String path = folder.resolve("p").toString();
    rows.repartition(1).write().mode(SaveMode.Overwrite).parquet(path + "/b");
    rows.limit(1).repartition(1).write().mode(SaveMode.Overwrite).parquet(path + "/a");
    Split split = Split.modulo(5, java.util.Map.of(Part.TRAIN, List.of(0, 4)));
    try (Parts parts =
        TableReader.of(
                session,
                Columns.labelled("y", Labels.REAL).withFeatures(List.of("v")),
                Reading.DEFAULT)
            .read(Source.of("parquet", path), split, List.of(Part.TRAIN))) {
      assertThat(parts.rows()).isEqualTo(5);
      assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.of(1, 2, 9, 0));
    }
  }

  @Test
  void aParquetFileAloneIsRead() throws java.io.IOException {
    Path whole = folder.resolve("whole");
    vectors(List.of(Vectors.dense(1, 2))).coalesce(1).write().parquet(whole.toString());
    try (var files = java.nio.file.Files.newDirectoryStream(whole, "*.parquet")) {
      Source file = Source.of("parquet", files.iterator().next().toString());
      try (Parts parts = read(NUMBERED, file)) {
        assertThat(TableRows.sums("features", parts.train())).isEqualTo(Matrix.of(1, 2, 1, 2));
      }
    }
  }

  /** A table of a data set, and one of arrays, in one line each. */
  @Test
  void oneLineATable() {
    StructType schema =
        new StructType()
            .add("y", DataTypes.DoubleType)
            .add("a", DataTypes.IntegerType)
            .add("b", DataTypes.DoubleType);
    List<Row> rows = List.of(RowFactory.create(1.5, 2, 3.0), RowFactory.create(-2.0, 4, 5.0));
    Dataset<Row> frame = session.createDataFrame(rows, schema);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    double[][] features = {{2, 3}, {4, 5}};
    try (Table all = TableReader.table(frame, "y");
        Table one = TableReader.table(frame, "y", "b");
        Table arrays = SparkTable.of(context, features, new double[] {1.5, -2})) {
      assertThat(moments(all)).isEqualTo(Matrix.column(2 * 1.5 - 4 * 2, 3 * 1.5 - 5 * 2));
      assertThat(moments(arrays)).isEqualTo(moments(all));
      assertThat(moments(one)).isEqualTo(Matrix.column(3 * 1.5 - 5 * 2));
      assertThat(all.engine()).isEqualTo("spark");
    }
  }

  /** X'y. */
  private static Matrix moments(Table table) {
    Rows rows = new Rows("t", table.schema());
    return ExplicitFunction.of(x -> rows.features().transpose().matmul(rows.label()).times(x))
        .over(Passes.over("t", table))
        .at(Matrix.scalar(1));
  }
}
