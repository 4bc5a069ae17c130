package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.loss.Labels;
import org.tacit.matrix.Storage;
import org.tacit.pass.Table;
import org.tacit.spark.SparkExtension;

/** Small files of this machine become the same tables without Spark as with it. */
@ExtendWith(SparkExtension.class)
class LocalReadingTest {
  private static final Columns NUMBERED = Columns.labelled("y", Labels.REAL).withKeys(List.of("r"));
  private static final Columns LIBSVM = Columns.labelled("label", Labels.BINARY);
  private static final Split THIRDS =
      Split.modulo(3, Map.of(Part.TRAIN, List.of(0, 2), Part.TEST, List.of(1)));

  @TempDir private Path folder;

  private static TableReader withoutSpark(Columns columns, Reading reading) {
    return TableReader.of(
        () -> {
          throw new AssertionError("Spark was asked for");
        },
        columns,
        reading);
  }

  private static String rows(int from, int to) {
    Random random = new Random(from);
    String blank = from % 2 == 0 ? "" : "\n";
    return blank
        + "a,r,b,y\n"
        + IntStream.range(from, to)
            .mapToObj(r -> random.nextGaussian() + "," + r + "," + 100 * r + "," + 0.5 * r + "\n")
            .collect(Collectors.joining(blank));
  }

  private Source csv() throws IOException {
    Path many = Files.createDirectories(folder.resolve("many"));
    Files.writeString(many.resolve("part-0.csv"), rows(0, 200));
    Files.writeString(many.resolve("part-1.csv"), rows(200, 203));
    Files.writeString(many.resolve("part-2.csv"), "");
    try (var out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(many.resolve("part-3.csv.gz"))),
            StandardCharsets.UTF_8)) {
      out.write(rows(203, 301));
    }
    return new Source.Csv(many.toString());
  }

  private Source multiline() throws IOException {
    String text = rows(0, 40).replace(",20,", ",\"20\n\",");
    return new Source.Csv(
        Files.writeString(folder.resolve("m.csv"), text).toString(), new CsvForm(',', true));
  }

  private Source libSvm() throws IOException {
    Random random = new Random(7);
    String text =
        IntStream.range(0, 150)
            .mapToObj(r -> r % 2 + " " + (1 + random.nextInt(9)) + ":" + r + " 20:0.5 # " + r)
            .collect(Collectors.joining("\n"));
    return new Source.LibSvm(Files.writeString(folder.resolve("a.libsvm"), text).toString());
  }

  /** The same rows in the same blocks of the same partitions. */
  private static void assertSame(Table found, Table expected) {
    assertThat(found.rowCount()).isPositive();
    assertThat(found).usingRecursiveComparison().isEqualTo(expected);
  }

  private static void assertSame(
      Columns columns, Source source, int partitions, Split split, SparkSession session) {
    Reading reading = Reading.DEFAULT.withEngine(Engine.IN_PROCESS).withPartitions(partitions);
    List<Part> parts = List.of(Part.TRAIN, Part.TEST);
    try (Parts local = withoutSpark(columns, reading).read(source, split, parts);
        Parts onSpark = TableReader.of(session, columns, reading).read(source, split, parts)) {
      parts.forEach(
          part -> assertSame(local.part(part).orElseThrow(), onSpark.part(part).orElseThrow()));
      assertThat(local.labels()).isEqualTo(onSpark.labels());
      assertThat(local.featureNames()).isEqualTo(onSpark.featureNames());
      assertThat(local.rows()).isEqualTo(onSpark.rows());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7})
  void theBlocksAreThoseOfSpark(int partitions, SparkSession session) throws IOException {
    Split drawn = Split.fractions(5, List.of(0.6, 0.2, 0.2));
    for (Split split : List.of(THIRDS, drawn)) {
      assertSame(NUMBERED, csv(), partitions, split, session);
      assertSame(NUMBERED.withScale(0.5), multiline(), partitions, split, session);
      assertSame(LIBSVM, libSvm(), partitions, split, session);
      assertSame(
          NUMBERED.withStorage(Storage.FLOAT).withWeight("b"), csv(), partitions, split, session);
    }
  }

  @Test
  void filesAreCutWhereSparkCutsThem(JavaSparkContext context) throws IOException {
    Configuration hadoop = context.hadoopConfiguration();
    Capacity capacity = Capacity.ofThisJvm();
    for (TextSource source :
        List.of(
            CsvFiles.open(hadoop, (Source.Csv) csv(), NUMBERED, capacity),
            LibSvmFiles.open(hadoop, libSvm().name(), LIBSVM, capacity))) {
      List<Survey> local = source.inProcess(hadoop, context.defaultParallelism()).rows().survey();
      Opened onSpark = source.onSpark(context);
      assertThat(local)
          .hasSizeGreaterThan(1)
          .usingRecursiveComparison()
          .isEqualTo(onSpark.rows().survey());
      onSpark.rows().release();
    }
  }

  @Test
  void manyFilesAreCutByTheirBytesTogether(JavaSparkContext context) throws IOException {
    Path many = Files.createDirectories(folder.resolve("cut"));
    for (int f = 0; f < 8; f++) {
      Files.writeString(many.resolve(f + ".libsvm"), "1 1:1\n0 2:1\n");
    }
    Files.writeString(many.resolve("9.libsvm"), "1 1:1\n0 2:1\n".repeat(200));
    TextSource source =
        LibSvmFiles.open(
            context.hadoopConfiguration(), many.toString(), LIBSVM, Capacity.ofThisJvm());
    // Eight small files are one partition each; the large one is as many as its share of four.
    List<Survey> surveys = source.inProcess(context.hadoopConfiguration(), 4).rows().survey();
    assertThat(surveys).hasSizeBetween(8 + 4, 8 + 5);
    assertThat(surveys.stream().mapToLong(Survey::rows).sum()).isEqualTo(16 + 400);
  }

  /** A cell of two bytes becomes one of eight. */
  @Test
  void smallFilesOfManyCellsGoToSpark(SparkSession session) throws IOException {
    int width = 1000;
    int rows = (int) (Engine.IN_PROCESS_BYTES / 8 / width) + 10;
    String row = "0,".repeat(width) + "1";
    String header =
        IntStream.range(0, width).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
    List<String> lines = new ArrayList<>(Collections.nCopies(rows, row));
    lines.add(0, header + ",y");
    Path path = Files.write(folder.resolve("wide.csv"), lines);
    AtomicInteger asked = new AtomicInteger();
    TableReader reader =
        TableReader.of(
            () -> {
              asked.incrementAndGet();
              return session;
            },
            Columns.labelled("y", Labels.REAL),
            Reading.DEFAULT);
    try (Parts parts =
        reader.read(new Source.Csv(path.toString()), Split.none(), List.of(Part.TRAIN))) {
      assertThat(parts.engine()).isEqualTo("spark");
      assertThat(parts.train().rowCount()).isEqualTo(rows);
    }
    assertThat(asked).hasValue(1);
  }
}
