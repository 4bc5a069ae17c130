package org.tacit.solver;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.LeastSquares;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** Objectives that are smooth, with a log penalty for each unknown; Rosenbrock's with weights. */
final class SmoothProblems {
  private static final SampleRows SAMPLE = SampleRows.smooth();
  private static final Rows ROWS = SAMPLE.symbols();
  private static final Matrix X = SAMPLE.column("features");
  private static final Matrix Y = SAMPLE.column("label");
  private static final int N = X.rows();
  private static final int P = X.cols();
  private static final int CLASSES = 3;

  /** The largest eigenvalue of X'X / n. */
  private static final double LARGEST = PlainSteps.largest(X.transpose().times(X).times(1.0 / N));

  private SmoothProblems() {}

  static Map<String, SolverProblem> all() {
    return Map.of(
        "ridge regression", ridge(),
        "logistic regression", logistic(),
        "multinomial regression", multinomial(),
        "rosenbrock of rows", rosenbrock(),
        "rosenbrock squares", rosenbrockSquares(),
        "tanh squares", tanhSquares(),
        "enzyme kinetics", enzymeKinetics());
  }

  private static SolverProblem penalised(
      SolverProblem.Kind kind, Condition condition, UnaryOperator<Matrix> solution) {
    int n = condition.unknowns();
    return new SolverProblem(
        kind,
        SAMPLE,
        List.of(condition),
        Matrix.filled(n, 1, -1.5),
        Matrix.zeros(n, 1),
        Reference.of(solution));
  }

  private static Var penalty(Var w, Var t) {
    return t.exp().times(w.square()).sum().times(0.5);
  }

  static Var ridge(Var w, Var t) {
    return ROWS.features().matmul(w).minus(ROWS.label()).square().meanRows().plus(penalty(w, t));
  }

  /** (2 X'X / n + diag exp t) w = 2 X'y / n. */
  static Matrix ridgeSolution(Matrix t) {
    double[] system = X.transpose().times(X).times(2.0 / N).toArray();
    for (int j = 0; j < P; j++) {
      system[j * P + j] += Math.exp(t.at(j));
    }
    return Factorisation.lu(Matrix.adopting(P, P, system))
        .solve(X.transpose().times(Y).times(2.0 / N));
  }

  private static SolverProblem ridge() {
    var p = Parameters.vector(P);
    return penalised(
        SolverProblem.Kind.SMOOTH,
        Stationarity.ofStronglyConvex(p, p, SmoothProblems::ridge),
        SmoothProblems::ridgeSolution);
  }

  /** With the gradient of a mean loss of the scores X W, loss'' at most {@code curvature}. */
  private static Matrix descend(
      int outputs, double curvature, Matrix t, UnaryOperator<Matrix> slopes) {
    Matrix weights = t.map(Math::exp);
    return PlainSteps.descend(
        Matrix.zeros(P * outputs, 1),
        1 / (curvature * LARGEST + weights.maxAbs()),
        w -> {
          Matrix scores = X.times(w.reshape(P, outputs));
          Matrix gradient = X.transpose().times(slopes.apply(scores)).times(1.0 / N);
          return gradient.reshape(P * outputs, 1).plus(w.with(weights, (a, b) -> a * b));
        },
        v -> v);
  }

  private static SolverProblem logistic() {
    var p = Parameters.vector(P);
    Var sign = ROWS.label().sign();
    Condition condition =
        Stationarity.ofStronglyConvex(
            p,
            p,
            (w, t) ->
                ROWS.features()
                    .matmul(w)
                    .times(sign)
                    .negate()
                    .softplus()
                    .meanRows()
                    .plus(penalty(w, t)));
    return penalised(
        SolverProblem.Kind.SMOOTH,
        condition,
        t ->
            descend(
                1,
                0.25,
                t,
                scores ->
                    scores.with(
                        Y, (m, y) -> -Math.signum(y) / (1 + Math.exp(Math.signum(y) * m)))));
  }

  private static SolverProblem multinomial() {
    var m = Parameters.vector(P * CLASSES);
    Condition condition =
        Stationarity.ofStronglyConvex(
            m,
            m,
            (w, t) -> {
              Var scores = ROWS.features().matmul(w.reshape(P, CLASSES));
              Var hit = scores.times(ROWS.column("onehot")).sumCols();
              return scores.logSumExp().minus(hit).meanRows().plus(penalty(w, t));
            });
    return penalised(
        SolverProblem.Kind.SMOOTH,
        condition,
        t ->
            descend(
                CLASSES, 0.5, t, scores -> probabilities(scores).minus(SAMPLE.column("onehot"))));
  }

  private static Matrix probabilities(Matrix scores) {
    double[] exp = scores.map(Math::exp).toArray();
    for (int i = 0; i < exp.length; i += CLASSES) {
      double sum = exp[i] + exp[i + 1] + exp[i + 2];
      for (int c = i; c < i + CLASSES; c++) {
        exp[c] /= sum;
      }
    }
    return Matrix.adopting(scores.rows(), CLASSES, exp);
  }

  /** sum over rows of (tanh(x w) - y)^2 / n, as squares with those of the penalty. */
  private static SolverProblem tanhSquares() {
    var p = Parameters.vector(P);
    Condition condition =
        LeastSquares.ofParts(
            p,
            p,
            (w, t) ->
                List.of(
                    ROWS.features().matmul(w).tanh().minus(ROWS.label()).divide(Math.sqrt(N)),
                    t.times(0.5).exp().times(w)));
    return penalised(
        SolverProblem.Kind.SQUARES,
        condition,
        t ->
            descend(
                1,
                4,
                t,
                scores ->
                    scores.with(
                        Y,
                        (m, y) -> {
                          double tanh = Math.tanh(m);
                          return (tanh - y) * (1 - tanh * tanh);
                        })));
  }

  private static SolverProblem ofTheta(SolverProblem.Kind kind, Condition condition) {
    return new SolverProblem(
        kind,
        SAMPLE,
        List.of(condition),
        Matrix.scalar(1),
        Matrix.column(-1.2, 1),
        Reference.of(t -> Matrix.column(t.value(), t.value() * t.value())));
  }

  /** (t - x)^2 + 100 (y - x^2)^2 as a mean over rows of weights whose mean is one. */
  private static SolverProblem rosenbrock() {
    return ofTheta(
        SolverProblem.Kind.CURVED,
        Stationarity.of(
            Parameters.vector(2),
            Parameters.vector(1),
            (v, t) -> {
              Var x = v.slice(Side.ROWS, 0, 1);
              Var valley = v.slice(Side.ROWS, 1, 2).minus(x.square()).times(10);
              Var ofRows = ROWS.weight().sqrt().times(valley); // read with x, not once a table
              return t.minus(x).square().plus(ofRows.square().meanRows());
            }));
  }

  private static SolverProblem rosenbrockSquares() {
    return ofTheta(
        SolverProblem.Kind.SQUARES,
        LeastSquares.ofParts(
            Parameters.vector(2),
            Parameters.vector(1),
            (v, t) -> {
              Var x = v.slice(Side.ROWS, 0, 1);
              Var valley = v.slice(Side.ROWS, 1, 2).minus(x.square()).times(10 / Math.sqrt(N));
              return List.of(t.minus(x), ROWS.weight().sqrt().times(valley));
            }));
  }

  /** r = c_0 x / (c_1 + x) - y + t, one error a row; c_0 is linear, and c_1 found by bisection. */
  private static SolverProblem enzymeKinetics() {
    SampleRows enzyme = SampleRows.enzyme();
    Rows rows = enzyme.symbols();
    Var x = rows.column("concentration");
    Condition condition =
        LeastSquares.of(
            Parameters.vector(2),
            Parameters.vector(1),
            (c, t) ->
                c.slice(Side.ROWS, 0, 1)
                    .times(x)
                    .divide(c.slice(Side.ROWS, 1, 2).plus(x))
                    .minus(rows.column("rate"))
                    .plus(t));
    return new SolverProblem(
        SolverProblem.Kind.FIT,
        enzyme,
        List.of(condition),
        Matrix.column(0),
        Matrix.column(0.9, 0.2),
        Reference.of(t -> kinetics(enzyme, t.value())));
  }

  private static Matrix kinetics(SampleRows enzyme, double shift) {
    Matrix x = enzyme.column("concentration");
    Matrix y = enzyme.column("rate").map(v -> v - shift);
    double half =
        PlainSteps.bisect(
            0.1,
            2,
            c -> {
              Matrix phi = x.map(v -> v / (c + v));
              double scale = phi.dot(y) / phi.dot(phi);
              return phi.times(scale).minus(y).dot(phi.with(x, (f, v) -> f / (c + v)));
            });
    Matrix phi = x.map(v -> v / (half + v));
    return Matrix.column(phi.dot(y) / phi.dot(phi), half);
  }
}
