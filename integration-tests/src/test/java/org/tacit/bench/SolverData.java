package org.tacit.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.tacit.matrix.Block;
import org.tacit.matrix.Dense;

/**
 * Rows of features and a label for both sides of a comparison, as a cached data frame.
 *
 * @param classes 1 for real labels, 2 for labels 0 and 1, more for class indices
 * @param deviation of the label, in units of which Spark ML's linear penalty counts
 */
record SolverData(
    String name, Dataset<Row> frame, int features, int classes, double penalty, double deviation) {
  private static final StructType TYPE =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), false),
            DataTypes.createStructField("label", DataTypes.DoubleType, false)
          });

  private static final int SYNTHETIC = 100;

  /** With the rows in two partitions. */
  private static SolverData of(
      SparkSession spark, String name, List<Row> rows, int classes, double penalty) {
    return of(name, spark.createDataFrame(rows, TYPE).repartition(2), classes, penalty);
  }

  private static SolverData of(String name, Dataset<Row> rows, int classes, double penalty) {
    Dataset<Row> frame = rows.persist(StorageLevel.MEMORY_ONLY());
    int features = frame.first().<Vector>getAs(0).size();
    double deviation = frame.selectExpr("stddev_samp(label)").first().getDouble(0);
    return new SolverData(name, frame, features, classes, penalty, deviation);
  }

  private static Path file(String name) {
    String folder = System.getenv().getOrDefault("TACIT_DATA", "../shared/data");
    Path root = Path.of(System.getProperty("basedir", "integration-tests")).toAbsolutePath();
    return root.getParent().resolve(folder).resolve(name);
  }

  /** a9a in arrays; empty where the file is not there. */
  static Optional<RowLoops> adultRows() {
    Path file = file("a9a");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      int[] start = new int[lines.size() + 1];
      double[] label = new double[lines.size()];
      List<Integer> index = new ArrayList<>();
      for (int i = 0; i < label.length; i++) {
        String[] cells = lines.get(i).trim().split("\\s+", -1);
        label[i] = Double.parseDouble(cells[0]) > 0 ? 1 : 0;
        for (int e = 1; e < cells.length; e++) {
          index.add(Integer.parseInt(cells[e].split(":", -1)[0]) - 1);
        }
        start[i + 1] = index.size();
      }
      double[] ones = new double[index.size()];
      Arrays.fill(ones, 1);
      int[] all = index.stream().mapToInt(j -> j).toArray();
      return Optional.of(new RowLoops(123, start, all, ones, label));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** a9a, sparse; empty where the file is not there. */
  static Optional<SolverData> adult(SparkSession spark) {
    Path file = file("a9a");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.trim().split("\\s+", -1);
        int[] index = new int[cells.length - 1];
        double[] value = new double[index.length];
        for (int e = 0; e < index.length; e++) {
          String[] cell = cells[e + 1].split(":", -1);
          index[e] = Integer.parseInt(cell[0]) - 1;
          value[e] = Double.parseDouble(cell[1]);
        }
        double label = Double.parseDouble(cells[0]) > 0 ? 1 : 0;
        rows.add(RowFactory.create(Vectors.sparse(123, index, value), label));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return Optional.of(of(spark, "a9a", rows, 2, 1e-4));
  }

  /**
   * The 10,000 test images of MNIST, each pixel in units of its deviation; empty where the files
   * are not there. On pixels in [0, 1] Spark ML, which standardises inside, is far from the
   * objective after 2,000 iterations.
   */
  static Optional<SolverData> digits(SparkSession spark) {
    Path images = file("t10k-images-idx3-ubyte.gz");
    Path labels = file("t10k-labels-idx1-ubyte.gz");
    if (!Files.exists(images) || !Files.exists(labels)) {
      return Optional.empty();
    }
    byte[] pixels = idx(images, 16);
    byte[] classes = idx(labels, 8);
    List<Row> rows = new ArrayList<>();
    double[] scale = scale(pixels, 784);
    for (int i = 0; i < classes.length; i++) {
      double[] x = new double[scale.length];
      for (int j = 0; j < x.length; j++) {
        x[j] = scale[j] * (pixels[i * x.length + j] & 0xff);
      }
      rows.add(RowFactory.create(Vectors.dense(x), (double) classes[i]));
    }
    return Optional.of(of(spark, "mnist-10k", rows, 10, 1e-3));
  }

  /** One over each column's deviation, 0 for a constant one. */
  private static double[] scale(byte[] pixels, int columns) {
    double rows = pixels.length / (double) columns;
    double[] scale = new double[columns];
    for (int j = 0; j < columns; j++) {
      double sum = 0;
      double squares = 0;
      for (int at = j; at < pixels.length; at += columns) {
        double pixel = pixels[at] & 0xff;
        sum += pixel;
        squares += pixel * pixel;
      }
      double variance = (squares - sum * sum / rows) / (rows - 1);
      scale[j] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    }
    return scale;
  }

  static byte[] idx(Path file, int header) {
    try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(header);
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Of dense rows of a sweep, labels 0 and 1. */
  static SolverData dense(SparkSession spark, SweepRows from) {
    List<Row> rows = new ArrayList<>();
    for (Block block : from.partitions().stream().flatMap(List::stream).toList()) {
      int p = block.column(0).width();
      Dense all = Dense.zeros(block.rows(), p);
      block.column(0).cursor().copyTo(all);
      double[] labels = block.elements(1);
      for (int i = 0; i < block.rows(); i++) {
        double[] x = Arrays.copyOfRange(all.data(), i * p, (i + 1) * p);
        rows.add(RowFactory.create(Vectors.dense(x), labels[i] > 0 ? 1.0 : 0.0));
      }
    }
    return of(spark, from.name(), rows, 2, 1e-4);
  }

  /** 400,000 x 100 normal features, correlated, with labels of variance one or their signs. */
  static SolverData synthetic(SparkSession spark, int classes) {
    List<Integer> partitions = List.of(0, 1, 2, 3);
    Dataset<Row> rows =
        spark.createDataFrame(
            new JavaSparkContext(spark.sparkContext())
                .parallelize(partitions, partitions.size())
                .flatMap(partition -> synthetic(partition, 400_000 / partitions.size(), classes)),
            TYPE);
    return of(classes == 1 ? "synthetic-linear" : "synthetic", rows, classes, 1e-4);
  }

  private static Iterator<Row> synthetic(int partition, int count, int classes) {
    double[] truth = new Random(4).doubles(SYNTHETIC, -1, 1).toArray();
    double size = Math.sqrt(Arrays.stream(truth).map(t -> t * t).sum());
    Random random = new Random(5 + partition);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              double[] x = new double[SYNTHETIC];
              double common = random.nextGaussian();
              double margin = random.nextGaussian();
              for (int j = 0; j < x.length; j++) {
                x[j] = 0.5 * common + random.nextGaussian();
                margin += x[j] * truth[j] / size;
              }
              double label = classes == 1 ? margin : margin > 0 ? 1 : 0;
              return RowFactory.create(Vectors.dense(x), label);
            })
        .iterator();
  }
}
