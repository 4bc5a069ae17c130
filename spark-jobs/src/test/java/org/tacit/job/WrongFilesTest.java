package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.spark.SparkExtension;

/** Files that are not of their format, and addresses that nothing here reads. */
@ExtendWith(SparkExtension.class)
class WrongFilesTest {
  private static final String CSV = "a,b,y\n1,2,1\n2,-1,-1\n0.5,1,1\n-1,1,1\n2,0.5,-1\n3,1,1\n";
  private static final String SVM = "1 1:1 2:2\n-1 1:2 2:-1\n1 1:0.5\n-1 2:3\n1 1:1\n-1 2:2\n";

  @TempDir private Path folder;

  private CommandRun run(String file, String format) throws IOException {
    Path conf = folder.resolve("a.conf");
    Files.writeString(
        conf,
        """
        data {
          path = "%s"
          format = %s
          label = y
          split { modulo = 3, train = [0, 1], validation = 2 }
        }
        model { loss = logistic }
        theta = -2
        engine = in-process
        """
            .formatted(file, format));
    return CommandRun.of("solve", conf.toString());
  }

  private void refused(CommandRun run, String line, String... fragments) {
    assertThat(run.said())
        .startsWith("tacit: " + folder.resolve("a.conf") + line)
        .contains(fragments);
    assertThat(run.said().lines()).hasSize(1);
    assertThat(run.code()).isEqualTo(ExitCode.REFUSED.number());
  }

  private static byte[] compressed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write((CSV + "1,3,1\n".repeat(5000)).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] content(String kind) throws IOException {
    return switch (kind) {
      case "csv" -> CSV.getBytes(StandardCharsets.UTF_8);
      case "libsvm" -> SVM.getBytes(StandardCharsets.UTF_8);
      case "parquet" -> ("PAR1" + "\0".repeat(40) + "PAR1").getBytes(StandardCharsets.UTF_8);
      case "half a parquet" -> ("PAR1" + "\0".repeat(40)).getBytes(StandardCharsets.UTF_8);
      case "utf-16" -> CSV.getBytes(StandardCharsets.UTF_16);
      case "workbook" -> ("PK\u0003\u0004" + CSV).getBytes(StandardCharsets.UTF_8);
      case "gzip" -> compressed();
      case "nothing" -> new byte[0];
      default -> throw new AssertionError(kind);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csv            | parquet | Not Parquet: | begins with a,b,y (set data.format = csv)",
        "libsvm         | parquet | Not Parquet: | begins with 1 1:1 2:2 (set data.format = libsvm)",
        "half a parquet | parquet | Not Parquet: | it was cut off (write or copy it again)",
        "nothing        | parquet | Not Parquet: | is empty (write it as Parquet)",
        "workbook       | parquet | Not Parquet: | (write it as Parquet)",
        "parquet        | csv     | Not CSV:     | is a Parquet file (set data.format = parquet)",
        "libsvm         | csv     | Not CSV:     | begins with 1 1:1 2:2 (set data.format = libsvm)",
        "utf-16         | csv     | Not CSV:     | text in UTF-16 (write it as text in UTF-8)",
        "workbook       | csv     | Not CSV:     | a workbook (export it as CSV)",
        "gzip           | csv     | Not CSV:     | compressed by gzip (end its name in .gz)",
        "parquet        | libsvm  | Not LibSVM:  | is a Parquet file (set data.format = parquet)",
        "csv            | libsvm  | Not LibSVM:  | begins with a,b,y (set data.format = csv)"
      })
  void aFileOfAnotherFormatIsToldBeforeATaskFails(
      String kind, String format, String what, String how, SparkSession spark) throws Exception {
    AtomicInteger failed = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            failed.addAndGet(end.taskInfo().failed() ? 1 : 0);
          }
        };
    Files.write(folder.resolve("rows"), content(kind));
    spark.sparkContext().addSparkListener(listener);
    try {
      refused(run("rows", format), " line 3: ", what, folder.resolve("rows").toString(), how);
      spark.sparkContext().listenerBus().waitUntilEmpty(60_000);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }
    assertThat(failed).hasValue(0);
  }

  @Test
  void oneFileOfAFolderIsNamed() throws IOException {
    Files.createDirectory(folder.resolve("rows"));
    Files.write(folder.resolve("rows/1.csv"), content("csv"));
    Files.write(folder.resolve("rows/2.csv"), content("parquet"));
    refused(run("rows", "csv"), " line 3: ", "Not CSV: file:" + folder.resolve("rows/2.csv"));
  }

  @Test
  void aCompressedFileIsReadAndOneThatIsNoneIsTold() throws IOException {
    Files.write(folder.resolve("good.csv.gz"), compressed());
    assertThat(run("good.csv.gz", "csv").code()).isZero();
    Files.write(folder.resolve("a.csv.gz"), content("csv"));
    refused(run("a.csv.gz", "csv"), " line 3: ", "Cannot read", "not a gzip file");
    Files.write(folder.resolve("b.csv.gz"), Arrays.copyOf(compressed(), 60));
    refused(run("b.csv.gz", "csv"), " line ", "Cannot read", "Unexpected end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host/a.csv", "HTTPS://host/a.csv"})
  void theWebIsNotRead(String address) throws IOException {
    String scheme = address.substring(0, address.indexOf(':'));
    refused(
        run(address, "csv"),
        " line 2: No file system for scheme " + scheme + " of " + address + " (known here: file, ",
        "download it, and name the file)");
  }

  @ParameterizedTest
  @CsvSource({
    "s3a, hadoop-aws:",
    "abfss, hadoop-azure:",
    "gs, gcs-connector:",
    "s3, write s3a://",
    "foo, must be the path",
    "C, must be the path"
  })
  void aSchemeThatIsNotKnownIsNamedWithWhatBringsIt(String scheme, String remedy)
      throws IOException {
    refused(
        run(scheme + "://bucket/a.csv", "csv"),
        " line 2: No file system for scheme " + scheme,
        "known here: file, hdfs",
        remedy);
  }

  @Test
  void soItIsInEveryPlaceThatTakesAnAddress() throws IOException {
    Files.writeString(folder.resolve("a.csv"), CSV);
    run("a.csv", "csv");
    String conf = folder.resolve("a.conf").toString();
    List<CommandRun> runs =
        List.of(
            CommandRun.of("solve", "s3a://bucket/a.conf"),
            CommandRun.of("solve", conf, "--output", "s3a://bucket/out"),
            CommandRun.of("solve", conf, "--output", "s3a://bucket/out", "--skip-existing"),
            CommandRun.of("solve", conf, "--set", "data.folder=\"s3a://bucket\""));
    for (CommandRun run : runs) {
      assertThat(run.said()).contains("No file system for scheme s3a", "hadoop-aws");
      assertThat(run.said().lines()).hasSize(1);
      assertThat(run.code()).isEqualTo(ExitCode.REFUSED.number());
    }
  }

  @Test
  void aLibraryForProductsThatThereIsNotIsRefused() throws IOException {
    String before = System.getProperty("tacit.blas");
    System.setProperty("tacit.blas", "bogus");
    try {
      CommandRun run = CommandRun.of("solve", folder.resolve("a.conf").toString());
      assertThat(run)
          .isEqualTo(
              new CommandRun(2, "tacit: Invalid tacit.blas: bogus (must be java or native)\n"));
    } finally {
      if (before == null) {
        System.clearProperty("tacit.blas");
      } else {
        System.setProperty("tacit.blas", before);
      }
    }
  }
}
