package org.tacit.solver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.MirrorDescent;
import org.tacit.optimality.ProximalGradient;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/** Composite and constrained problems on 24 rows. */
final class CompositeProblems {
  private static final SampleRows SAMPLE = SampleRows.composite();
  private static final Rows ROWS = SAMPLE.symbols();
  private static final int N = 24;
  private static final int P = 12;
  private static final int WIDE = 40;
  private static final int K = 3;
  private static final Matrix Y = SAMPLE.column("label");

  private CompositeProblems() {}

  static Map<String, SolverProblem> all() {
    Map<String, SolverProblem> all = new LinkedHashMap<>();
    addPenalised(all);
    addBounded(all);
    addGrouped(all);
    addSimplexes(all);
    return all;
  }

  private static SolverProblem of(
      SolverProblem.Kind kind, List<Condition> conditions, Matrix theta, Reference reference) {
    int n = conditions.get(0).unknowns();
    return new SolverProblem(kind, SAMPLE, conditions, theta, Matrix.zeros(n, 1), reference);
  }

  private static Var squares(String features, Var w) {
    return ROWS.column(features).matmul(w).minus(ROWS.label()).square().meanRows().times(0.5);
  }

  /**
   * The minimum of 1/2 mean (X (scale w - shift) - y)^2 + ridge/2 |w|^2 + g, given the proximal map
   * of g.
   */
  private record Plain(String features, double scale, double shift, double ridge) {
    Plain(String features, double scale, double shift) {
      this(features, scale, shift, 0);
    }

    Matrix minimise(Matrix start, DoubleFunction<UnaryOperator<Matrix>> prox) {
      Matrix x = SAMPLE.column(features).times(scale);
      Matrix gram = x.transpose().times(x).times(1.0 / N).plus(ridge, Matrix.identity(x.cols()));
      Matrix target = x.transpose().times(Y).times(1.0 / N);
      Matrix moved = gram.times(Matrix.filled(gram.rows(), 1, shift / scale));
      double step = 1 / PlainSteps.largest(gram);
      return PlainSteps.descend(
          start, step, w -> gram.times(w).minus(target).minus(moved), prox.apply(step));
    }
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

  private static void addPenalised(Map<String, SolverProblem> all) {
    all.put("lasso", lasso("features", P));
    all.put("wide lasso", lasso("more", WIDE));
    all.put(
        "logistic lasso",
        of(
            SolverProblem.Kind.PENALISED,
            List.of(ProximalGradient.of(P, 1, (w, t) -> logistic(w), CompositeProblems::soft)),
            Matrix.scalar(0.05),
            new Reference(t -> logisticLasso(t.value()), (x, t) -> t.value() * l1(x))));
    all.put("elastic net", elasticNet());
  }

  private static void addBounded(Map<String, SolverProblem> all) {
    SolverProblem.Kind kind = SolverProblem.Kind.BOUNDED;
    Condition nnls =
        ProximalGradient.onSet(
            P, 1, (w, t) -> squares("features", w.minus(t)), t -> Projection.ontoNonNegative());
    all.put(
        "nnls",
        of(
            kind,
            List.of(nnls),
            Matrix.scalar(0.1),
            Reference.of(
                t ->
                    new Plain("features", 1, t.value())
                        .minimise(Matrix.zeros(P, 1), step -> v -> v.map(e -> Math.max(0, e))))));
    all.put(
        "box",
        of(
            kind,
            List.of(
                ProximalGradient.onSet(
                    P, 2, (w, t) -> squares("features", w), CompositeProblems::box)),
            Matrix.column(-0.1, 0.15),
            Reference.of(
                t ->
                    new Plain("features", 1, 0)
                        .minimise(Matrix.zeros(P, 1), step -> v -> clipped(v, t)))));
    all.put(
        "logistic box",
        of(
            kind,
            List.of(
                ProximalGradient.onSet(
                    P, 2, (w, t) -> ridge(logistic(w), w, 0.02), CompositeProblems::box)),
            Matrix.column(-0.2, 0.3),
            Reference.of(CompositeProblems::logisticBox)));
    all.put(
        "wide box",
        of(
            kind,
            List.of(
                ProximalGradient.onSet(
                    WIDE, 2, (w, t) -> ridge(squares("more", w), w, 0.1), CompositeProblems::box)),
            Matrix.column(-0.05, 0.08),
            Reference.of(
                t ->
                    new Plain("more", 1, 0, 0.1)
                        .minimise(Matrix.zeros(WIDE, 1), step -> v -> clipped(v, t)))));
  }

  private static Var ridge(Var loss, Var w, double penalty) {
    return loss.plus(w.square().sum().times(penalty / 2));
  }

  private static Projection box(Var t) {
    return Projection.ontoBox(t.slice(Side.ROWS, 0, 1), t.slice(Side.ROWS, 1, 2));
  }

  private static Matrix clipped(Matrix v, Matrix bounds) {
    return v.map(e -> Math.min(bounds.at(1), Math.max(bounds.at(0), e)));
  }

  private static Var soft(Var v, Var t, Var step) {
    return Prox.lasso(t).of(v, step);
  }

  private static SolverProblem lasso(String features, int width) {
    return of(
        SolverProblem.Kind.PENALISED,
        List.of(
            ProximalGradient.of(width, 1, (w, t) -> squares(features, w), CompositeProblems::soft)),
        Matrix.scalar(0.15),
        new Reference(
            t ->
                new Plain(features, 1, 0)
                    .minimise(
                        Matrix.zeros(width, 1), step -> v -> PlainSteps.soft(v, step * t.value())),
            (x, t) -> t.value() * l1(x)));
  }

  private static SolverProblem elasticNet() {
    return of(
        SolverProblem.Kind.PENALISED,
        List.of(
            ProximalGradient.of(
                P,
                2,
                (w, t) -> squares("features", w),
                (v, t, step) ->
                    Prox.elasticNet(t.slice(Side.ROWS, 0, 1), t.slice(Side.ROWS, 1, 2))
                        .of(v, step))),
        Matrix.column(0.1, 0.8),
        new Reference(
            t ->
                new Plain("features", 1, 0)
                    .minimise(
                        Matrix.zeros(P, 1),
                        step ->
                            v ->
                                PlainSteps.soft(v, step * t.at(0))
                                    .times(1 / (1 + step * t.at(0) * t.at(1)))),
            (x, t) -> t.at(0) * (l1(x) + t.at(1) / 2 * x.dot(x))));
  }

  private static Var logistic(Var w) {
    Var sign = ROWS.label().sign();
    return ROWS.features().matmul(w).times(sign).negate().softplus().meanRows();
  }

  private static Matrix logisticLasso(double penalty) {
    double step = logisticStep(0);
    return PlainSteps.descend(
        Matrix.zeros(P, 1),
        step,
        w -> logisticGradient(w, 0),
        v -> PlainSteps.soft(v, step * penalty));
  }

  private static Matrix logisticBox(Matrix bounds) {
    return PlainSteps.descend(
        Matrix.zeros(P, 1),
        logisticStep(0.02),
        w -> logisticGradient(w, 0.02),
        v -> clipped(v, bounds));
  }

  private static double logisticStep(double ridge) {
    Matrix x = SAMPLE.column("features");
    return 1 / (PlainSteps.largest(x.transpose().times(x).times(1.0 / N)) / 4 + ridge);
  }

  private static Matrix logisticGradient(Matrix w, double ridge) {
    Matrix x = SAMPLE.column("features");
    Matrix slopes =
        x.times(w).with(Y, (m, y) -> -Math.signum(y) / (1 + Math.exp(Math.signum(y) * m)) / N);
    return x.transpose().times(slopes).plus(ridge, w);
  }

  private static void addGrouped(Map<String, SolverProblem> all) {
    Condition rows =
        ProximalGradient.of(
            P,
            1,
            (w, t) -> squares("features", w),
            (v, t, step) ->
                Prox.groupLasso(Extent.ROWS, t).of(v.reshape(P / 4, 4), step).reshape(P, 1));
    List<ProximalGradient.Block> parts = new ArrayList<>();
    for (int j = 0; j < P / 4; j++) {
      parts.add(
          new ProximalGradient.Block(
              4, (v, t, step) -> Prox.groupLasso(Extent.WHOLE, t).of(v, step), 0.1 * (j + 1)));
    }
    Condition blocks = ProximalGradient.ofBlocks(parts, 1, (w, t) -> squares("features", w));
    Reference reference =
        new Reference(
            t ->
                new Plain("features", 1, 0)
                    .minimise(
                        Matrix.zeros(P, 1),
                        step -> v -> PlainSteps.shrinkRuns(v, 4, step * t.value())),
            (x, t) -> t.value() * groups(x));
    SolverProblem.Kind kind = SolverProblem.Kind.GROUPED;
    all.put("group lasso", of(kind, List.of(rows, blocks), Matrix.scalar(0.3), reference));
    all.put("blocks with steps", of(kind, List.of(blocks, rows), Matrix.scalar(0.3), reference));
  }

  /** W = X' (Y - x) / theta. */
  private static Var primal(Var x, Var theta) {
    Var gap = ROWS.column("classes").minus(x.reshape(N, K).rows(ROWS.column("row")));
    return ROWS.features().transpose().matmul(gap).divide(theta);
  }

  /** The dual of the multiclass support vector machine: theta/2 |W|^2 + (x, Y). */
  private static Var dual(Var x, Var theta) {
    Var mine = x.reshape(N, K).rows(ROWS.column("row"));
    return primal(x, theta)
        .square()
        .sum()
        .times(theta)
        .times(0.5)
        .plus(mine.times(ROWS.column("classes")).sum());
  }

  /** Its gradient is X X' (x - Y) / theta + Y. */
  private static Matrix dual(double theta) {
    Matrix x = SAMPLE.column("features");
    Matrix kernel = x.times(x.transpose()).times(1 / theta);
    Matrix classes = SAMPLE.column("classes");
    return PlainSteps.descend(
        Matrix.filled(N * K, 1, 1.0 / K),
        1 / PlainSteps.largest(kernel),
        v -> kernel.times(v.reshape(N, K).minus(classes)).plus(classes).reshape(N * K, 1),
        v -> PlainSteps.simplexRuns(v, K));
  }

  private static void addSimplexes(Map<String, SolverProblem> all) {
    ProximalGradient.Smooth shifted = (w, t) -> squares("features", w.times(3).minus(t));
    Condition projected =
        ProximalGradient.onSet(
            P, 1, shifted, t -> Projection.ontoSimplex(Extent.WHOLE, Var.constant(1)));
    Condition entropic = MirrorDescent.ofSimplex(P, 1, shifted);
    Matrix even = Matrix.filled(P, 1, 1.0 / P);
    Reference reference =
        Reference.of(
            t ->
                new Plain("features", 3, t.value())
                    .minimise(even, step -> v -> PlainSteps.simplexRuns(v, P)));
    addBoth(
        all,
        "simplex",
        new SolverProblem(
            SolverProblem.Kind.SIMPLEX,
            SAMPLE,
            List.of(projected, entropic),
            Matrix.scalar(0.4),
            even,
            reference));
    addBoth(all, "svm dual", machine());
  }

  private static SolverProblem machine() {
    Projection rows =
        v ->
            Projection.ontoSimplex(Extent.ROWS, Var.constant(1))
                .of(v.reshape(N, K))
                .reshape(N * K, 1);
    return new SolverProblem(
        SolverProblem.Kind.SIMPLEX,
        SAMPLE,
        List.of(
            ProximalGradient.onSet(N * K, 1, CompositeProblems::dual, t -> rows),
            MirrorDescent.ofSimplexRows(N * K, K, 1, CompositeProblems::dual)),
        Matrix.scalar(2),
        Matrix.filled(N * K, 1, 1.0 / K),
        Reference.of(t -> dual(t.value())));
  }

  private static void addBoth(Map<String, SolverProblem> all, String name, SolverProblem of) {
    all.put(name, of);
    all.put(
        name + " by entropy",
        new SolverProblem(
            SolverProblem.Kind.ENTROPIC,
            of.rows(),
            List.of(of.conditions().get(1), of.condition()),
            of.theta(),
            of.start(),
            of.reference()));
  }
}
