package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.pass.SharedDesk.Ended;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.solver.SuitedStep;

/** Fits of models of one sweep, any number at once, which share their passes. */
final class Fits {
  private final FoldedRows rows;
  private final List<FoldModel> models;
  private final Method method;
  private final Passes passes;

  /**
   * On these passes, by a model for all rows and one for each fold, which may be the same.
   *
   * @param models that of {@link FoldedRows#ALL} first
   */
  Fits(Passes passes, FoldedRows rows, List<FoldModel> models, Method method) {
    this.passes = passes;
    this.rows = rows;
    this.models = List.copyOf(models);
    this.method = method;
  }

  /**
   * How they are solved.
   *
   * @param solver that of the caller; empty for what suits the problem
   * @param mostBytes of the inputs and sums of one pass
   */
  record Method(Optional<Solver> solver, Stopping until, long mostBytes) {
    Solver ordinary() {
      return solver.orElseGet(Solver::automatic);
    }
  }

  /** A model, and where its fit begins with what is known of its Hessian there. */
  record Start(int fold, Matrix theta, Matrix x, Nearby nearby) {}

  FoldModel model(int fold) {
    return models.get(fold - FoldedRows.ALL);
  }

  /** The start of solves at a theta of which nothing is known. */
  Matrix cold() {
    return model(FoldedRows.ALL).condition().start();
  }

  /** What solves give, in order, in shared passes. */
  private <T> List<Ended<T>> all(List<Function<Passes, T>> solves) {
    return SharedDesk.solveAll(passes, solves, method.mostBytes());
  }

  private Passes bind(Passes own, int fold, String phase) {
    return rows.bind(own.in(phase), fold);
  }

  private Problem problem(Passes own, Start start) {
    return model(start.fold).problem(bind(own, start.fold, "inner"), start.theta);
  }

  /**
   * Whether chord steps with factors of whole Hessians suit: F is the gradient of a strongly convex
   * objective, and a Hessian costs no more than a few products.
   */
  boolean isByFactors() {
    Condition condition = model(FoldedRows.ALL).condition();
    if (method.solver().isPresent()
        || condition.structure() != Structure.POSITIVE_DEFINITE
        || condition.as(Condition.Gradient.class).isEmpty()) {
      return false;
    }
    Matrix theta = Matrix.zeros(condition.parameters(), 1);
    Problem whole = model(FoldedRows.ALL).problem(rows.passes(FoldedRows.ALL), theta);
    return whole.cost().isCheapInSteps() && !whole.isHeld();
  }

  /** The norm that tolerances are relative to, |F| at the cold start. One pass, where needed. */
  List<Double> references(List<Start> starts) {
    if (method.until().relativeTolerance() == 0) {
      return starts.stream().map(start -> 0.0).toList();
    }
    List<Function<Passes, Double>> solves = new ArrayList<>();
    for (Start start : starts) {
      solves.add(own -> problem(own, start).evaluate(cold()).residual().norm());
    }
    return all(solves).stream().map(ended -> ended.value().orElse(Double.NaN)).toList();
  }

  private Stopping until(double reference) {
    double bound = method.until().bound(Double.isFinite(reference) ? reference : 0);
    return method.until().withTolerances(0, bound);
  }

  private static List<Fit> fits(List<Ended<Solution>> all) {
    return all.stream()
        .map(
            ended ->
                ended
                    .value()
                    .map(Fit::of)
                    .orElseGet(() -> Fit.failed(ended.failure().orElseThrow())))
        .toList();
  }

  /** By the ordinary solver, or from factors where the starts have some. */
  List<Fit> solve(List<Start> starts, List<Double> references) {
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      Stopping until = until(references.get(i));
      solves.add(
          own ->
              start.nearby.knows(start.x.rows())
                  ? byChords(own, start, until)
                  : ordinary(own, start, until));
    }
    return fits(all(solves));
  }

  private Solution byChords(Passes own, Start start, Stopping until) {
    return new ChordFit(problem(own, start), start.nearby, method.ordinary(), until).from(start.x);
  }

  private Solution ordinary(Passes own, Start start, Stopping until) {
    return SuitedStep.of(
            model(start.fold).kept(),
            bind(own, start.fold, "inner"),
            start.theta,
            new SuitedStep.Start(method.ordinary(), start.x),
            until)
        .solution();
  }

  /** What one pass tells of a start: F, or the Hessian. */
  private record Seen(Optional<Matrix> residual, Optional<Nearby> factors) {}

  /**
   * From starts that are near their solutions, of which no Hessian is known: F and Hessians of all
   * in one pass, then chord steps.
   */
  List<Fit> solveWithHessians(List<Start> starts, List<Double> references) {
    List<Function<Passes, Seen>> looks = new ArrayList<>();
    for (Start start : starts) {
      looks.add(
          own ->
              new Seen(
                  Optional.of(problem(own, start).evaluate(start.x).residual()), Optional.empty()));
    }
    for (Start start : starts) {
      looks.add(own -> new Seen(Optional.empty(), factors(problem(own, start), start.x)));
    }
    List<Ended<Seen>> seen = all(looks);
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      Stopping until = until(references.get(i));
      Optional<Matrix> residual = seen.get(i).value().flatMap(Seen::residual);
      Nearby factors =
          seen.get(starts.size() + i).value().flatMap(Seen::factors).orElse(Nearby.NOTHING);
      solves.add(
          own -> {
            var fit = new ChordFit(problem(own, start), factors, method.ordinary(), until);
            return residual.map(f -> fit.from(start.x, f)).orElseGet(() -> fit.from(start.x));
          });
    }
    return fits(all(solves));
  }

  private static Optional<Nearby> factors(Problem problem, Matrix x) {
    Optional<DenseOperator> whole = problem.wholeJacobian(x);
    return whole.map(ChordFit::factors);
  }

  /** The outer losses of solutions, where there are some, in one pass. */
  List<Ended<List<Double>>> losses(List<Start> at) {
    List<Function<Passes, List<Double>>> solves = new ArrayList<>();
    for (Start start : at) {
      solves.add(
          own -> model(start.fold).losses(bind(own, start.fold, "outer"), start.theta, start.x));
    }
    return all(solves);
  }

  /** B v of the model on all rows. */
  Matrix alongTheta(Matrix theta, Matrix x, Matrix v) {
    return model(FoldedRows.ALL).alongTheta(bind(passes, FoldedRows.ALL, "inner"), theta, x, v);
  }
}
