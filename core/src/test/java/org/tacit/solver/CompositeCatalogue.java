package org.tacit.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.BlockProximalGradient;
import org.tacit.optimality.Condition;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProjectedGradient;
import org.tacit.optimality.ProximalGradient;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.RowBlocks;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Box;
import org.tacit.projection.NonNegative;
import org.tacit.projection.Projection;
import org.tacit.projection.Simplex;
import org.tacit.prox.ElasticNet;
import org.tacit.prox.GroupLasso;
import org.tacit.prox.Lasso;

/** Composite and constrained problems on a seeded table of 24 rows, by name. */
final class CompositeCatalogue {
  private static final int ROWS = 24;
  private static final int P = 12;
  private static final int WIDE = 40;
  private static final int K = 3;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("more", WIDE, Storage.DENSE),
          new Schema.Field("classes", K, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE),
          new Schema.Field("row", 1, Storage.KEY));
  private static final Rows TRAIN = new Rows("train", SCHEMA);
  private static final Matrix UNIFORM = Matrix.filled(ROWS * K, 1, 1.0 / K);

  /** A problem, where to start, and the part g of its objective where that is finite. */
  record Case(
      Condition condition,
      Matrix theta,
      Matrix start,
      ToDoubleBiFunction<Matrix, Matrix> penalty) {}

  private static final Map<String, Case> CASES = cases();

  private CompositeCatalogue() {}

  static Case of(String name) {
    return CASES.get(name);
  }

  /** A problem's conditions, that by a proximal map first. */
  static List<Case> fixedPointsOf(String name) {
    String plain = name.replace(" by entropy", "");
    return Stream.of(plain, plain + " by entropy")
        .filter(CASES::containsKey)
        .map(CASES::get)
        .toList();
  }

  static Passes passes(int partitions) {
    Random random = new Random(31);
    double[] classes = new double[ROWS * K];
    for (int i = 0; i < ROWS; i++) {
      classes[i * K + (i * 7 + i / 5) % K] = 1;
    }
    Matrix rows =
        Matrix.beside(
            List.of(
                RandomMatrix.normal(ROWS, P, random),
                RandomMatrix.normal(ROWS, WIDE, random),
                Matrix.adopting(ROWS, K, classes),
                RandomMatrix.normal(ROWS, 1, random),
                Matrix.adopting(ROWS, 1, IntStream.range(0, ROWS).asDoubleStream().toArray())));
    return Passes.over(
        "train", InProcessTable.of(SCHEMA, RowBlocks.of(SCHEMA, rows, partitions, 4)));
  }

  private static Var squares(String features, Var w) {
    return TRAIN.column(features).matmul(w).minus(TRAIN.label()).square().meanRows().times(0.5);
  }

  private static Var logistic(Var w) {
    Var sign = TRAIN.label().sign();
    return TRAIN.features().matmul(w).times(sign).negate().softplus().meanRows();
  }

  /** W = X' (Y - x) / theta. */
  static Var primal(Var x, Var theta) {
    Var gap = TRAIN.column("classes").minus(x.reshape(ROWS, K).rows(TRAIN.column("row")));
    return TRAIN.features().transpose().matmul(gap).divide(theta);
  }

  /** The dual of the multiclass support vector machine: theta/2 |W|^2 + (x, Y). */
  private static Var dual(Var x, Var theta) {
    Var mine = x.reshape(ROWS, K).rows(TRAIN.column("row"));
    return primal(x, theta)
        .square()
        .sum()
        .times(theta)
        .times(0.5)
        .plus(mine.times(TRAIN.column("classes")).sum());
  }

  private static Projection simplexRows() {
    return v -> Simplex.ofRows(Var.constant(1)).of(v.reshape(ROWS, K)).reshape(ROWS * K, 1);
  }

  private static double l1(Matrix x) {
    double sum = 0;
    for (double value : x.toArray()) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static double groups(Matrix x) {
    double sum = 0;
    for (int j = 0; j < x.rows(); j += 4) {
      sum += x.transpose().columns(j, j + 4).norm();
    }
    return sum;
  }

  private static Map<String, Case> cases() {
    Map<String, Case> cases = new LinkedHashMap<>();
    Matrix zeros = Matrix.zeros(P, 1);
    ProximalGradient.ProximalMap lasso = (v, t, step) -> new Lasso(t).of(v, step);
    ToDoubleBiFunction<Matrix, Matrix> none = (x, t) -> 0;
    cases.put(
        "lasso",
        new Case(
            ProximalGradient.of(P, 1, (w, t) -> squares("features", w), lasso),
            Matrix.scalar(0.15),
            zeros,
            (x, t) -> t.value() * l1(x)));
    cases.put(
        "wide lasso",
        new Case(
            ProximalGradient.of(WIDE, 1, (w, t) -> squares("more", w), lasso),
            Matrix.scalar(0.15),
            Matrix.zeros(WIDE, 1),
            (x, t) -> t.value() * l1(x)));
    cases.put(
        "logistic lasso",
        new Case(
            ProximalGradient.of(P, 1, (w, t) -> logistic(w), lasso),
            Matrix.scalar(0.05),
            zeros,
            (x, t) -> t.value() * l1(x)));
    cases.put(
        "elastic net",
        new Case(
            ProximalGradient.of(
                P,
                2,
                (w, t) -> squares("features", w),
                (v, t, step) ->
                    new ElasticNet(t.slice(Side.ROWS, 0, 1), t.slice(Side.ROWS, 1, 2)).of(v, step)),
            Matrix.column(0.1, 0.8),
            zeros,
            (x, t) -> t.at(0) * (l1(x) + t.at(1) / 2 * x.dot(x))));
    cases.put("group lasso", groupLasso(zeros));
    cases.put("blocks with steps", blocks(zeros));
    cases.put(
        "nnls",
        new Case(
            ProjectedGradient.of(
                P, 1, (w, t) -> squares("features", w.minus(t)), t -> new NonNegative()),
            Matrix.scalar(0.1),
            zeros,
            none));
    cases.put(
        "box",
        new Case(
            ProjectedGradient.of(P, 2, (w, t) -> squares("features", w), CompositeCatalogue::box),
            Matrix.column(-0.1, 0.15),
            zeros,
            none));
    cases.put(
        "logistic box",
        new Case(
            ProjectedGradient.of(
                P,
                2,
                (w, t) -> logistic(w).plus(w.square().sum().times(0.01)),
                CompositeCatalogue::box),
            Matrix.column(-0.2, 0.3),
            zeros,
            none));
    cases.put(
        "wide box",
        new Case(
            ProjectedGradient.of(
                WIDE,
                2,
                (w, t) -> squares("more", w).plus(w.square().sum().times(0.05)),
                CompositeCatalogue::box),
            Matrix.column(-0.05, 0.08),
            Matrix.filled(WIDE, 1, 1),
            none));
    addSimplexes(cases, none);
    return Map.copyOf(cases);
  }

  private static Projection box(Var t) {
    return new Box(t.slice(Side.ROWS, 0, 1), t.slice(Side.ROWS, 1, 2));
  }

  private static Case groupLasso(Matrix start) {
    return new Case(
        ProximalGradient.of(
            P,
            1,
            (w, t) -> squares("features", w),
            (v, t, step) -> GroupLasso.ofRows(t).of(v.reshape(P / 4, 4), step).reshape(P, 1)),
        Matrix.scalar(0.3),
        start,
        (x, t) -> t.value() * groups(x));
  }

  private static Case blocks(Matrix start) {
    List<BlockProximalGradient.Block> blocks = new ArrayList<>();
    for (int j = 0; j < P / 4; j++) {
      blocks.add(
          new BlockProximalGradient.Block(
              4, (v, t, step) -> GroupLasso.ofAll(t).of(v, step), 0.1 * (j + 1)));
    }
    return new Case(
        BlockProximalGradient.of(blocks, 1, (w, t) -> squares("features", w)),
        Matrix.scalar(0.3),
        start,
        (x, t) -> t.value() * groups(x));
  }

  private static void addSimplexes(
      Map<String, Case> cases, ToDoubleBiFunction<Matrix, Matrix> none) {
    ProximalGradient.Smooth shifted = (w, t) -> squares("features", w.times(3).minus(t));
    Matrix even = Matrix.filled(P, 1, 1.0 / P);
    cases.put(
        "simplex",
        new Case(
            ProjectedGradient.of(P, 1, shifted, t -> Simplex.ofAll(Var.constant(1))),
            Matrix.scalar(0.4),
            even,
            none));
    cases.put(
        "simplex by entropy",
        new Case(MirrorDescent.ofSimplex(P, 1, shifted), Matrix.scalar(0.4), even, none));
    cases.put(
        "svm dual",
        new Case(
            ProjectedGradient.of(ROWS * K, 1, CompositeCatalogue::dual, t -> simplexRows()),
            Matrix.scalar(2),
            UNIFORM,
            none));
    cases.put(
        "svm dual by entropy",
        new Case(
            MirrorDescent.ofSimplexRows(ROWS * K, K, 1, CompositeCatalogue::dual),
            Matrix.scalar(2),
            UNIFORM,
            none));
  }
}
