package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.autodiff.Vjp;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Models of fewer rows than unknowns, a penalty each: what their Hessians are, and cost. */
class WideRowsTest {
  private static final int ROWS = 40;
  private static final int UNKNOWNS = 600;
  private static final int CLASSES = 3;

  /** A model of margins m = x w + b. */
  private enum Model {
    LOGISTIC(1, false, Storage.CSR),
    LOGISTIC_WITH_INTERCEPT(1, true, Storage.CSR),
    POISSON(1, false, Storage.DENSE),
    MULTINOMIAL(CLASSES, false, Storage.CSR),
    MULTINOMIAL_WITH_INTERCEPTS(CLASSES, true, Storage.DENSE);

    private final int outputs;
    private final boolean hasIntercept;
    private final Storage storage;

    Model(int outputs, boolean hasIntercept, Storage storage) {
      this.outputs = outputs;
      this.hasIntercept = hasIntercept;
      this.storage = storage;
    }

    int unknowns(int features) {
      return (features + (hasIntercept ? 1 : 0)) * outputs;
    }

    private Var loss(Rows rows, Var margins) {
      return switch (this) {
        case LOGISTIC, LOGISTIC_WITH_INTERCEPT -> margins.times(rows.label()).negate().softplus();
        case POISSON -> margins.exp().minus(margins.times(rows.column("class")));
        default -> margins.logSumExp().minus(margins.lookup(rows.column("class")));
      };
    }

    /** Weights feature by feature, scaled and, beside an intercept, of centred columns. */
    Var objective(Rows rows, int features, Var v, Var theta) {
      Var w = v.slice(Side.ROWS, 0, features * outputs).reshape(Shape.of(features, outputs));
      Matrix scales = Matrix.column(new Random(5).doubles(features, 0.5, 2).toArray());
      Var scaled = w.times(Var.constant(scales));
      Var margins = rows.features().matmul(scaled);
      Var penalty = theta.exp().times(scaled.square()).sum().times(0.5);
      if (hasIntercept) {
        int from = features * outputs;
        Var b = v.slice(Side.ROWS, from, from + outputs).reshape(Shape.of(1, outputs));
        Var centre = Var.constant(Matrix.filled(1, features, 0.1));
        margins = margins.plus(b.minus(centre.matmul(scaled)));
        penalty = outputs == 1 ? penalty : penalty.plus(b.sum().square().times(0.5));
      }
      return loss(rows, margins).meanRows().plus(penalty);
    }
  }

  private record Data(Model model, int features, Passes passes, Condition condition) {
    static Data of(Model model, int count, int features) {
      Random random = new Random(3);
      Schema schema =
          Schema.of(
              new Schema.Field("features", features, model.storage),
              new Schema.Field("label", 1, Storage.DENSE),
              new Schema.Field("class", 1, Storage.KEY));
      double[] labels = random.ints(count, 0, 2).mapToDouble(i -> 2.0 * i - 1).toArray();
      Block block =
          new Block(
              count,
              features(model.storage, count, features, random),
              Column.dense(count, 1, labels),
              Column.keys(random.ints(count, 0, CLASSES).toArray()));
      Rows rows = new Rows("train", schema);
      Condition condition =
          Stationarity.ofStronglyConvex(
              Parameters.vector(model.unknowns(features)),
              Parameters.vector(features),
              (v, t) -> model.objective(rows, features, v, t));
      Passes passes = Passes.over("train", InProcessTable.of(schema, block));
      return new Data(model, features, passes, condition);
    }

    private static Column features(Storage storage, int count, int features, Random random) {
      int perRow = storage == Storage.CSR ? 30 : features;
      int[] start = new int[count + 1];
      int[] index = new int[count * perRow];
      double[] value = new double[index.length];
      for (int i = 0; i < count; i++) {
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < perRow && storage == Storage.CSR) {
          chosen.add((int) (features * Math.pow(random.nextDouble(), 2)));
        }
        int at = start[i];
        for (int j : chosen) {
          index[at++] = j;
        }
        start[i + 1] = (i + 1) * perRow;
        for (int k = start[i]; k < start[i + 1]; k++) {
          value[k] = random.nextGaussian() / Math.sqrt(perRow);
        }
      }
      return storage == Storage.CSR
          ? Column.sparse(features, start, index, value)
          : Column.dense(count, features, value);
    }

    /** Log penalties from far below to far above what rows weigh. */
    Matrix theta(double low, double high) {
      return Matrix.column(new Random(8).doubles(features, low, high).toArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void systemsAreSolvedOnTheDriverAsByTheWholeMatrix(Model model) {
    Data data = Data.of(model, ROWS, UNKNOWNS / model.outputs);
    Condition condition = data.condition();
    int n = condition.unknowns();
    Matrix theta = data.theta(-16, 2);
    Matrix x = Matrix.column(new Random(9).doubles(n, -0.5, 0.5).toArray());
    Var gradient = Vjp.gradient(condition.kind().objective().orElseThrow(), condition.x());
    Matrix whole =
        JacobianOperator.of(gradient, condition.x(), Structure.POSITIVE_DEFINITE)
            .at(data.passes(), Map.of("x", x, "theta", theta))
            .apply(Matrix.identity(n));
    Matrix b = Matrix.column(new Random(10).doubles(n, -1, 1).toArray());
    Problem problem = ReadyCondition.of(condition).at(data.passes(), theta);
    long before = data.passes().ledger().total();
    try (ClosableOperator a = problem.jacobian(x)) {
      assertThat(a.isHeld()).isTrue();
      assertThat(a.apply(b).minus(whole.times(b)).norm()).isLessThan(1e-12 * whole.norm());
      Solution solved = LinearSolver.auto(1e-9).prepare(a).solve(b);
      assertThat(data.passes().ledger().total() - before).isEqualTo(1);
      assertThat(solved.outcome().isConverged()).isTrue();
      assertThat(whole.times(solved.value()).minus(b).norm()).isLessThan(1e-8 * b.norm());
      Matrix exact =
          LinearSolver.dense(1e-9)
              .prepare(new DenseOperator(whole, Structure.POSITIVE_DEFINITE))
              .solve(b)
              .value();
      assertThat(solved.value().minus(exact).norm()).isLessThan(1e-6 * exact.norm());
    }
  }

  /** The dual's factors make M the matrix itself, but for intercepts. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void theDualIsTheMatrixButForIntercepts(Model model) {
    Data data = Data.of(model, ROWS, UNKNOWNS / model.outputs);
    int n = data.condition().unknowns();
    Matrix x = Matrix.column(new Random(9).doubles(n, -0.5, 0.5).toArray());
    Problem problem = ReadyCondition.of(data.condition()).at(data.passes(), data.theta(-6, 2));
    try (ClosableOperator a = problem.jacobian(x)) {
      var dual = a.dual().orElseThrow();
      Matrix b = Matrix.column(new Random(10).doubles(n, -1, 1).toArray());
      Matrix y =
          LinearSolver.dense(1e-12)
              .prepare(new DenseOperator(dual.system(), Structure.POSITIVE_DEFINITE))
              .solve(dual.reduced(b))
              .value();
      Matrix left = b.minus(a.apply(dual.expanded(b, y)));
      int free = model.hasIntercept ? model.outputs : 0;
      // M - A is diagonal, or a block, on intercepts, and so is what is left.
      Matrix others = left.reshape(1, n).columns(0, n - free);
      assertThat(others.norm()).isLessThan(1e-9 * b.norm());
    }
  }

  /** Thetas that drift apart do not make a step dearer. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void passesAThetaStayWhatTheyAre(Model model) {
    Data data = Data.of(model, 60, 2_000 / model.outputs);
    int n = data.condition().unknowns();
    ImplicitFunction function =
        ImplicitFunction.of(
            data.condition(),
            Solver.automatic(),
            LinearSolver.auto(1e-8),
            Stopping.relative(1e-8, 500));
    Matrix start = Matrix.zeros(n, 1);
    double reference = function.residualNorm(data.passes(), data.theta(-8, -8 + 1e-9), start);
    Stopping until = Stopping.relative(0, 500).withTolerances(0, 1e-7 * reference);
    List<Long> passes = new ArrayList<>();
    for (int k = 0; k < 5; k++) {
      long before = data.passes().ledger().total();
      Matrix theta = data.theta(-8 - 2 * k, -7.9 + k);
      try (ImplicitSolution solution = function.solve(data.passes(), theta, start, until)) {
        assertThat(solution.inner().outcome().isConverged()).isTrue();
        Derivative adjoint = solution.vjp(Matrix.filled(n, 1, 1));
        assertThat(adjoint.linearSolve().outcome().isConverged()).isTrue();
        start = solution.x();
      }
      passes.add(data.passes().ledger().total() - before);
    }
    assertThat(passes).allSatisfy(each -> assertThat(each).isLessThanOrEqualTo(30));
  }
}
