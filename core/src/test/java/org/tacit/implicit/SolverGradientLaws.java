package org.tacit.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tacit.breeze.Lu;
import org.tacit.linsolve.Auto;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.LeastSquares;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.pass.TableFactory;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.AcceleratedGradient;
import org.tacit.solver.Broyden;
import org.tacit.solver.GaussNewton;
import org.tacit.solver.Lbfgs;
import org.tacit.solver.LevenbergMarquardt;
import org.tacit.solver.Newton;
import org.tacit.solver.NewtonPolished;
import org.tacit.solver.NonlinearConjugateGradient;
import org.tacit.solver.Solver;
import org.tacit.solver.SteepestDescent;
import org.tacit.solver.Stopping;
import org.tacit.solver.TrustRegionNewton;

/** A derivative is that of the condition, whatever solver found the solution on which tables. */
public interface SolverGradientLaws {
  int FEATURES = 6;
  int CLASSES = 3;
  int ROWS = 90;
  Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", FEATURES, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE),
          new Schema.Field("onehot", CLASSES, Storage.DENSE));

  TableFactory tables();

  private static Matrix data() {
    Random random = new Random(21);
    Matrix features = RandomMatrix.normal(ROWS, FEATURES, random);
    Matrix noise = RandomMatrix.normal(ROWS, 1, random);
    Matrix label = features.columnAt(0).plus(0.5, features.columnAt(3)).plus(0.7, noise);
    double[] onehot = new double[ROWS * CLASSES];
    for (int i = 0; i < ROWS; i++) {
      onehot[i * CLASSES + (label.at(i) < -0.5 ? 0 : label.at(i) < 0.5 ? 1 : 2)] = 1;
    }
    return Matrix.beside(List.of(features, label, Matrix.of(ROWS, CLASSES, onehot)));
  }

  private static Var penalty(Var w, Var t) {
    return t.exp().times(w.square()).sum().times(0.5);
  }

  /** Objectives with a log penalty for each unknown. */
  private static Map<String, Condition> problems() {
    Rows rows = new Rows("train", SCHEMA);
    Var sign = rows.label().sign();
    var p = Parameters.vector(FEATURES);
    var m = Parameters.vector(FEATURES * CLASSES);
    return Map.of(
        "ridge",
        Stationarity.ofStronglyConvex(
            p,
            p,
            (w, t) ->
                rows.features()
                    .matmul(w)
                    .minus(rows.label())
                    .square()
                    .meanRows()
                    .plus(penalty(w, t))),
        "logistic",
        Stationarity.ofStronglyConvex(
            p,
            p,
            (w, t) ->
                rows.features()
                    .matmul(w)
                    .times(sign)
                    .negate()
                    .softplus()
                    .meanRows()
                    .plus(penalty(w, t))),
        "multinomial",
        Stationarity.ofStronglyConvex(
            m,
            m,
            (w, t) -> {
              Var scores = rows.features().matmul(w.reshape(FEATURES, CLASSES));
              Var hit = scores.times(rows.column("onehot")).sumCols();
              return scores.logSumExp().minus(hit).meanRows().plus(penalty(w, t));
            }));
  }

  private static Stream<Solver> smooth() {
    return Stream.of(
        new Lbfgs(),
        SteepestDescent.of(),
        NonlinearConjugateGradient.of(),
        new AcceleratedGradient(),
        new TrustRegionNewton(),
        Newton.of(),
        Newton.krylov(),
        new Broyden(),
        Solver.of(
            "users newton",
            (problem, start) -> {
              Matrix x = start;
              for (int k = 0; k < 7; k++) {
                try (var jacobian = problem.jacobian(x)) {
                  Matrix whole = jacobian.apply(Matrix.identity(problem.size()));
                  x = x.minus(Lu.of(whole).solve(problem.evaluate(x).residual()));
                }
              }
              return x;
            }));
  }

  /** The vjp of one seeded cotangent, from a start of zeros. */
  private static Matrix derivative(Condition condition, Solver solver, Table table) {
    Passes passes = Passes.over("train", table);
    ImplicitFunction function =
        ImplicitFunction.of(condition, solver, Auto.of(1e-10), Stopping.relative(1e-7, 1000));
    Matrix theta = Matrix.filled(condition.parameters(), 1, -1.5);
    try (ImplicitSolution solution = function.solve(passes, theta)) {
      assertThat(solution.inner().outcome().isConverged()).as(solver.name()).isTrue();
      Matrix cotangent = RandomMatrix.normal(condition.unknowns(), 1, new Random(3));
      return solution.vjp(cotangent).orThrow();
    }
  }

  @Test
  default void theDerivativeIsTheSameWhateverTheSolver() {
    problems()
        .forEach(
            (name, condition) -> {
              try (Table table = tables().of(SCHEMA, data(), 3)) {
                Matrix reference = derivative(condition, NewtonPolished.of(), table);
                assertThat(reference.norm()).isGreaterThan(1e-2);
                smooth()
                    .forEach(
                        solver ->
                            assertThat(derivative(condition, solver, table).minus(reference).norm())
                                .as(solver.name() + " on " + name)
                                .isLessThan(1e-5 * reference.norm()));
              }
            });
  }

  @Test
  default void soItIsOfLeastSquares() {
    Rows rows = new Rows("train", SCHEMA);
    var p = Parameters.vector(FEATURES);
    Condition tanh =
        LeastSquares.ofParts(
            p,
            p,
            (w, t) ->
                List.of(
                    rows.features().matmul(w).tanh().minus(rows.label()).divide(Math.sqrt(ROWS)),
                    t.times(0.5).exp().times(w)));
    try (Table table = tables().of(SCHEMA, data(), 2)) {
      Matrix reference = derivative(tanh, new TrustRegionNewton(), table);
      assertThat(reference.norm()).isGreaterThan(1e-2);
      for (Solver solver :
          List.of(new GaussNewton(), LevenbergMarquardt.of(), NewtonPolished.of())) {
        assertThat(derivative(tanh, solver, table).minus(reference).norm())
            .as(solver.name())
            .isLessThan(1e-5 * reference.norm());
      }
    }
  }
}
