package org.tacit.bench;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.tacit.loss.Loss;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * What kernels make of passes in process, two partitions on two threads: elementary functions
 * against copying, whole Hessians against dgemm, shared passes against the rates of memory and
 * dgemm, sparse and narrow tables against loops written by hand over the same arrays.
 */
final class KernelsBenchmark implements Bench.Benchmark {
  private static final int BLOCK_NUMBERS = 1 << 19;
  private static final Map<String, Part> PARTS = all();

  private final Set<String> chosen;

  private KernelsBenchmark(Set<String> chosen) {
    this.chosen = chosen;
  }

  static KernelsBenchmark ofAll() {
    return new KernelsBenchmark(PARTS.keySet());
  }

  private interface Part {
    void run(Report report);
  }

  private static Map<String, Part> all() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("functions", KernelsBenchmark::functions);
    parts.put("adult", KernelsBenchmark::adult);
    parts.put("narrow", KernelsBenchmark::narrow);
    parts.put("hessian-50", report -> hessian(report, 1_200_000, 50));
    parts.put("hessian-100", report -> hessian(report, 200_000, 100));
    parts.put("hessian-500", report -> hessian(report, 200_000, 500));
    parts.put("columns", KernelsBenchmark::columns);
    return parts;
  }

  @Override
  public Set<String> parts() {
    return PARTS.keySet();
  }

  @Override
  public Bench.Benchmark of(List<String> parts) {
    return new KernelsBenchmark(Set.copyOf(parts));
  }

  @Override
  public void run(SparkSession spark, Report report) {
    PARTS.forEach(
        (name, part) -> {
          if (chosen.contains(name)) {
            System.out.println("== " + name);
            part.run(report);
          }
        });
  }

  /** Rows in arrays, and the same as a table in two partitions. */
  private record Data(RowLoops byHand, InProcessTable table) {
    static Data dense(int rows, int p) {
      Random random = new Random(p);
      double[] x = new double[rows * p];
      Arrays.setAll(x, i -> random.nextDouble() - 0.5);
      double[] y = random.ints(rows, 0, 2).asDoubleStream().toArray();
      return of(new RowLoops(p, new int[0], new int[0], x, y), Storage.DENSE);
    }

    static Data of(RowLoops rows, Storage storage) {
      int count = rows.label().length;
      int together = storage == Storage.CSR ? count : Math.max(1, BLOCK_NUMBERS / rows.p());
      List<List<Block>> partitions = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        List<Block> blocks = new ArrayList<>();
        int end = (t + 1) * count / 2;
        for (int from = t * count / 2; from < end; from += together) {
          blocks.add(block(rows, from, Math.min(end, from + together), storage));
        }
        partitions.add(blocks);
      }
      Schema schema =
          Schema.of(
              new Schema.Field(Rows.FEATURES, rows.p(), storage),
              new Schema.Field(Rows.LABEL, 1, Storage.DENSE));
      return new Data(rows, InProcessTable.of(schema, partitions));
    }

    private static Block block(RowLoops rows, int from, int to, Storage storage) {
      int p = rows.p();
      Column x =
          storage == Storage.CSR
              ? Column.sparse(
                  p, Arrays.copyOfRange(rows.start(), from, to + 1), rows.index(), rows.value())
              : Column.dense(to - from, p, Arrays.copyOfRange(rows.value(), from * p, to * p));
      double[] y = Arrays.stream(rows.label(), from, to).map(label -> 2 * label - 1).toArray();
      return new Block(to - from, x, Column.dense(to - from, 1, y));
    }

    Problem logistic(boolean hasIntercept) {
      var form =
          new PenalisedModel.Form(
              Loss.logistic(),
              Average.MEAN,
              hasIntercept,
              PenaltyKind.L2,
              PenaltyScope.ALL,
              List.of(),
              false);
      return ReadyCondition.of(PenalisedModel.of(form, table.schema(), 1).inner())
          .at(Passes.over(PenalisedModel.TRAIN, table), Matrix.scalar(-3));
    }
  }

  /** GF/s of dgemm of order 512 on two threads. */
  private static Runnable dgemm() {
    int n = 512;
    double[] a = new Random(1).doubles((long) n * n).toArray();
    List<double[]> out = List.of(new double[n * n], new double[n * n]);
    JavaBLAS blas = JavaBLAS.getInstance();
    return () ->
        out.parallelStream()
            .forEach(c -> blas.dgemm("N", "N", n, n, n, 1, a, 0, n, a, 0, n, 0, c, 0, n));
  }

  private static final double DGEMM_FLOP = 2 * 2.0 * 512 * 512 * 512;

  private static void functions(Report report) {
    int n = 20_000_000;
    Schema schema = Schema.of(new Schema.Field("z", 1, Storage.DENSE));
    List<List<Block>> partitions = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      double[] z = new Random(t).doubles(n / 2, -8, 8).toArray();
      partitions.add(List.of(new Block(n / 2, Column.dense(n / 2, 1, z))));
    }
    Passes passes = Passes.over("t", InProcessTable.of(schema, partitions));
    Var z = Var.column("t", "z", 1);
    Map<String, Double> seconds =
        new Sides()
            .with("copy", kept(passes, z))
            .with("softplus", kept(passes, z.softplus()))
            .with("sigmoid", kept(passes, z.sigmoid()))
            .with("exp", kept(passes, z.exp()))
            .with("log1p", kept(passes, z.square().log1p()))
            .medians(5, 11);
    seconds.forEach((side, time) -> report.figure(side, 1e9 * time / n, "ns a number"));
    for (String name : List.of("softplus", "sigmoid")) {
      report.ratioAtMost(name + "-to-copy", seconds.get(name) / seconds.get("copy"), 6);
    }
  }

  private static Runnable kept(Passes passes, Var value) {
    Program program = Program.of("z", value.node());
    return () -> passes.keep(program, Map.of()).values().forEach(each -> each.close());
  }

  /** Warmed until the compiler's threads, of which passes want the processors, are at rest. */
  private static void adult(Report report) {
    Optional<RowLoops> adult = SolverData.adultRows();
    if (adult.isEmpty()) {
      System.out.println("a9a is not there: skipped");
      return;
    }
    Data data = Data.of(adult.get(), Storage.CSR);
    int p = data.byHand().p();
    Matrix w = Matrix.column(new Random(2).doubles(p, -0.3, 0.3).toArray());
    double[] v = w.toArray();
    Problem problem = data.logistic(false);
    double[] curvature = data.byHand().curvature(v);
    var jacobian = problem.jacobian(w);
    Map<String, Double> seconds =
        new Sides()
            .with("evaluation", () -> problem.evaluate(w))
            .with("evaluation by hand", () -> data.byHand().evaluation(v))
            .with("product", () -> jacobian.apply(w))
            .with("product by hand", () -> data.byHand().product(curvature, v))
            .with("hessian", () -> problem.wholeJacobian(w))
            .with("hessian by hand", () -> data.byHand().hessian(v))
            .medians(1500, 301);
    seconds.forEach((side, time) -> report.figure(side, 1e3 * time, "ms"));
    for (String name : List.of("evaluation", "product", "hessian")) {
      report.ratioAtMost(
          "a9a-" + name + "-to-by-hand", seconds.get(name) / seconds.get(name + " by hand"), 2);
    }
    jacobian.close();
  }

  private static void narrow(Report report) {
    Data data = Data.dense(2_000_000, 10);
    double[] v = new Random(2).doubles(10, -1, 1).toArray();
    Matrix w = Matrix.column(v);
    Problem problem = data.logistic(false);
    Map<String, Double> seconds =
        new Sides()
            .with("evaluation", () -> problem.evaluate(w))
            .with("evaluation by hand", () -> data.byHand().evaluation(v))
            .medians(10, 21);
    seconds.forEach((side, time) -> report.figure(side, 1e3 * time, "ms"));
    report.ratioAtMost(
        "narrow-evaluation-to-by-hand",
        seconds.get("evaluation") / seconds.get("evaluation by hand"),
        1.5);
  }

  private static void hessian(Report report, int rows, int p) {
    Data data = Data.dense(rows, p);
    boolean hasIntercept = p == 50;
    Problem problem = data.logistic(hasIntercept);
    Matrix w =
        Matrix.column(new Random(2).doubles(p + (hasIntercept ? 1 : 0), -0.3, 0.3).toArray());
    Map<String, Double> seconds =
        new Sides()
            .with("hessian", () -> problem.wholeJacobian(w))
            .with("dgemm", dgemm())
            .medians(6, 9);
    double rate = 2e-9 * rows * p * p / seconds.get("hessian");
    double dgemm = 1e-9 * DGEMM_FLOP / seconds.get("dgemm");
    report.figure("whole Hessian", seconds.get("hessian"), "s");
    report.figure("whole Hessian", rate, "GF/s");
    report.figure("dgemm", dgemm, "GF/s");
    report.ratioAtLeast("hessian-rate-to-dgemm", rate / dgemm, 0.5);
  }

  private static void columns(Report report) {
    int rows = 200_000;
    int p = 100;
    Data data = Data.dense(rows, p);
    Problem problem = data.logistic(false);
    List<Integer> widths = List.of(1, 4, 16, 32, 100);
    Sides sides = new Sides();
    Random random = new Random(2);
    for (int c : widths) {
      List<Matrix> points =
          IntStream.range(0, c)
              .mapToObj(k -> Matrix.column(random.doubles(p, -0.3, 0.3).toArray()))
              .toList();
      sides.with(c + " columns", () -> problem.evaluateAll(points));
    }
    var jacobian = problem.jacobian(Matrix.zeros(p, 1));
    Matrix v = Matrix.filled(p, 1, 1);
    Map<String, Double> seconds =
        sides
            .with("fused, one column", () -> jacobian.apply(v))
            .with("dgemm", dgemm())
            .medians(6, 11);
    double bytes = 8.0 * rows * p;
    double fused = bytes / seconds.get("fused, one column");
    double dgemm = DGEMM_FLOP / seconds.get("dgemm");
    report.figure("fused, one column", 1e-9 * fused, "GB/s");
    report.figure("dgemm", 1e-9 * dgemm, "GF/s");
    for (int c : widths) {
      double time = seconds.get(c + " columns");
      double due = Math.max(bytes / fused, 4.0 * rows * p * c / dgemm);
      report.figure(c + " columns", 1e3 * time, "ms");
      report.ratioAtMost("pass-of-" + c + "-columns-to-rates", time / due, 1.4);
    }
    jacobian.close();
  }
}
