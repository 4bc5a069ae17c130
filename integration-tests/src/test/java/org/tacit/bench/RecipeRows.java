package org.tacit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tacit.loss.Labels;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.primitive.Rows;

/** Rows that are split by seed into train, validation and test, each with its number. */
final class RecipeRows {
  static final String ROW = "row";
  private static final int PIXELS = 49;

  private final String name;
  private final Loss loss;
  private final double[][] x;
  private final double[] y;

  /** Rows to train and validate with; those of neither these nor the tested are left out. */
  private final int tuned;

  private final int tested;

  private final RecipeBudget budget;

  private RecipeRows(
      String name, Loss loss, List<double[]> rows, int tuned, int tested, RecipeBudget budget) {
    this.name = name;
    this.loss = loss;
    this.budget = budget;
    this.x = rows.stream().map(row -> Arrays.copyOf(row, row.length - 1)).toArray(double[][]::new);
    this.y = rows.stream().mapToDouble(row -> row[row.length - 1]).toArray();
    this.tuned = tuned;
    this.tested = tested;
  }

  /** Half of the rows for training, a quarter for validation, a quarter for testing. */
  private static RecipeRows of(String name, Loss loss, List<double[]> rows, RecipeBudget budget) {
    int tested = rows.size() / 4;
    return new RecipeRows(name, loss, rows, rows.size() - tested, tested, budget);
  }

  static Map<String, Supplier<Optional<RecipeRows>>> all() {
    Map<String, Supplier<Optional<RecipeRows>>> all = new LinkedHashMap<>();
    all.put("breast-cancer", () -> Optional.of(csv("breast_cancer", Loss.logistic(), y -> y)));
    all.put("diabetes", () -> Optional.of(csv("diabetes", Loss.squared(), y -> y)));
    all.put("digits", () -> Optional.of(csv("digits", Loss.multinomial(), y -> y)));
    all.put("a9a", () -> AdultHessian.file().map(RecipeRows::adult));
    all.put("mnist", RecipeRows::mnist);
    all.put(
        "digits-parity",
        () -> Optional.of(csv("digits", Loss.logistic(), y -> y % 2 == 0 ? 1 : -1)));
    all.put("mnist-pair", RecipeRows::foursAndNines);
    return all;
  }

  private static RecipeRows csv(String name, Loss loss, DoubleUnaryOperator label) {
    Path root = Path.of(System.getProperty("basedir", "integration-tests")).toAbsolutePath();
    List<double[]> rows = new ArrayList<>();
    for (String line : lines(root.getParent().resolve("conf/data/" + name + ".csv"))) {
      if (!line.startsWith("x0")) {
        double[] row = Arrays.stream(line.split(",", -1)).mapToDouble(Double::valueOf).toArray();
        row[row.length - 1] = label.applyAsDouble(row[row.length - 1]);
        rows.add(row);
      }
    }
    boolean isZeroOrOne = rows.stream().anyMatch(row -> row[row.length - 1] == 0);
    if (loss.name().equals("logistic") && isZeroOrOne) {
      rows.forEach(row -> row[row.length - 1] = row[row.length - 1] > 0 ? 1 : -1);
    }
    if (name.equals("digits")) {
      rows.forEach(row -> Arrays.setAll(row, j -> j < row.length - 1 ? row[j] / 16 : row[j]));
    }
    return of(
        name,
        loss,
        rows,
        loss.labels() == Labels.CLASSES ? RecipeBudget.SIX_STEPS : RecipeBudget.FULL);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** 2,000 rows to tune on, 8,000 others to test. */
  private static RecipeRows adult(Path file) {
    List<double[]> rows = new ArrayList<>();
    for (String line : lines(file)) {
      String[] cells = line.trim().split("\\s+", -1);
      double[] row = new double[124];
      row[123] = Double.parseDouble(cells[0]) > 0 ? 1 : -1;
      for (int k = 1; k < cells.length; k++) {
        String[] cell = cells[k].split(":", -1);
        row[Integer.parseInt(cell[0]) - 1] = Double.parseDouble(cell[1]);
      }
      rows.add(row);
    }
    return new RecipeRows("a9a", Loss.logistic(), rows, 2_000, 8_000, RecipeBudget.TEN_STEPS);
  }

  /** All ten classes: 1,000 images to tune on, the 9,000 others to test. */
  private static Optional<RecipeRows> mnist() {
    return images()
        .map(
            rows ->
                new RecipeRows(
                    "mnist", Loss.multinomial(), rows, 1_000, 9_000, RecipeBudget.SIX_STEPS));
  }

  private static Optional<RecipeRows> foursAndNines() {
    return images()
        .map(
            rows -> {
              List<double[]> some =
                  rows.stream().filter(row -> row[PIXELS] == 4 || row[PIXELS] == 9).toList();
              some.forEach(row -> row[PIXELS] = row[PIXELS] == 4 ? 1 : -1);
              return of("mnist-pair", Loss.logistic(), some, RecipeBudget.FULL);
            });
  }

  /** Means of 4 x 4 pixels, then the class. */
  private static Optional<List<double[]>> images() {
    Path folder = AdultHessian.folder();
    Path images = folder.resolve("t10k-images-idx3-ubyte.gz");
    Path labels = folder.resolve("t10k-labels-idx1-ubyte.gz");
    if (!Files.exists(images) || !Files.exists(labels)) {
      return Optional.empty();
    }
    byte[] pixels = SolverData.idx(images, 16);
    byte[] classes = SolverData.idx(labels, 8);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < classes.length; i++) {
      double[] row = new double[PIXELS + 1];
      for (int p = 0; p < 784; p++) {
        row[p / 112 * 7 + p % 28 / 4] += (pixels[784 * i + p] & 0xff) / 4080.0;
      }
      row[PIXELS] = classes[i];
      rows.add(row);
    }
    return Optional.of(rows);
  }

  String name() {
    return name;
  }

  Loss loss() {
    return loss;
  }

  RecipeBudget budget() {
    return budget;
  }

  int classes() {
    return isOfClasses() ? 10 : 2;
  }

  private boolean isOfClasses() {
    return loss.labels() == Labels.CLASSES;
  }

  int features() {
    return x[0].length;
  }

  Schema schema() {
    return Schema.of(
        new Schema.Field(Rows.FEATURES, features(), Storage.DENSE),
        new Schema.Field(Rows.LABEL, 1, isOfClasses() ? Storage.KEY : Storage.DENSE),
        new Schema.Field(ROW, 1, Storage.KEY));
  }

  /** Rows to train on, to validate with, both together, and to test with. */
  record Split(
      InProcessTable train, InProcessTable validation, InProcessTable both, InProcessTable test) {}

  Split split(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, y.length).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    int trained = tuned * 2 / 3;
    return new Split(
        table(order.subList(0, trained)),
        table(order.subList(trained, tuned)),
        table(order.subList(0, tuned)),
        table(order.subList(tuned, tuned + tested)));
  }

  private InProcessTable table(List<Integer> rows) {
    int p = features();
    double[] values = new double[rows.size() * p];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(x[rows.get(i)], 0, values, i * p, p);
    }
    double[] labels = rows.stream().mapToDouble(i -> y[i]).toArray();
    int[] classes = rows.stream().mapToInt(i -> (int) y[i]).toArray();
    return InProcessTable.of(
        schema(),
        new Block(
            rows.size(),
            Column.dense(rows.size(), p, values),
            isOfClasses() ? Column.keys(classes) : Column.dense(rows.size(), 1, labels),
            Column.keys(rows.stream().mapToInt(Integer::intValue).toArray())));
  }

  String described() {
    return "%s: %s features, %s rows to train on, %s to validate with, %s to test with"
        .formatted(name, features(), tuned * 2 / 3, tuned - tuned * 2 / 3, tested);
  }
}
