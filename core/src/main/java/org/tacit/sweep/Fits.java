package org.tacit.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
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
  private static final int NEWTON_STEPS = 3;

  /** Taken for each candidate that the path solves after another. */
  private static final double HESSIANS = 4;

  /** Taken by a fit without a Hessian beyond what one with it takes. */
  private static final double PRODUCTS = 32;

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

  /** A model, and where its fit begins, with the factors of a Hessian near there, if any. */
  record Start(int fold, Matrix theta, Matrix x, Optional<Supplier<Nearby>> factors) {
    Start(int fold, Matrix theta, Matrix x) {
      this(fold, theta, x, Optional.empty());
    }
  }

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
   * objective, and the Hessians of a path cost no more than a few products, or than the products
   * that all fits together need without them, in passes of all.
   */
  boolean isByFactors(int candidates) {
    Problem whole = onAllRows();
    Cost cost = whole.cost();
    double hessians = HESSIANS * (Math.sqrt(candidates) + 1) * cost.factorised();
    double products = PRODUCTS * cost.product(models.size() * candidates);
    return isConvex() && (cost.isCheapInSteps() || hessians <= products) && !whole.isHeld();
  }

  /**
   * Whether every fit is a linear system of a matrix that one pass gives for each fold, whatever
   * theta is.
   */
  boolean isAffine() {
    Problem whole = onAllRows();
    return isConvex()
        && whole.isAffine()
        && whole.cost().isCheapWhole()
        && !whole.isHeld()
        && models.stream().allMatch(FoldModel::isThetaApart);
  }

  /** F is the gradient of a strongly convex objective, and no other solver is asked for. */
  private boolean isConvex() {
    Condition condition = model(FoldedRows.ALL).condition();
    return method.solver().isEmpty()
        && condition.structure() == Structure.POSITIVE_DEFINITE
        && condition.as(Condition.Gradient.class).isPresent();
  }

  private Problem onAllRows() {
    FoldModel model = model(FoldedRows.ALL);
    Matrix theta = Matrix.zeros(model.condition().parameters(), 1);
    return model.problem(rows.passes(FoldedRows.ALL), theta);
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
    return fits(all(solves(starts, references)));
  }

  private List<Function<Passes, Solution>> solves(List<Start> starts, List<Double> references) {
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      Stopping until = until(references.get(i));
      solves.add(
          own ->
              start
                  .factors
                  .map(known -> byChords(own, start, known, until))
                  .orElseGet(() -> ordinary(own, start, until)));
    }
    return solves;
  }

  /** A fit with the outer losses of its solution, where there is one and they are asked for. */
  record Scored(Fit fit, Optional<Ended<List<Double>>> losses) {}

  /** The same with the outer losses of all but the fits on all rows; one pass more. */
  List<Scored> score(List<Start> starts, List<Double> references) {
    return scored(starts, solve(starts, references), Map.of());
  }

  /**
   * The same from starts that are expected to be solutions: losses there share their first pass.
   */
  List<Scored> scoreSolved(List<Start> starts, List<Double> references) {
    List<Integer> asked = asked(starts);
    List<Function<Passes, Either>> solves = new ArrayList<>();
    solves(starts, references)
        .forEach(solve -> solves.add(own -> new Either(Optional.of(solve.apply(own)), List.of())));
    asked.forEach(
        i -> solves.add(own -> new Either(Optional.empty(), lossesAt(own, starts.get(i)))));
    List<Ended<Either>> both = all(solves);
    List<Fit> found =
        both.subList(0, starts.size()).stream()
            .map(
                ended ->
                    ended
                        .value()
                        .map(either -> Fit.of(either.solution.orElseThrow()))
                        .orElseGet(() -> Fit.failed(ended.failure().orElseThrow())))
            .toList();
    Map<Integer, Ended<List<Double>>> known = new HashMap<>();
    for (int j = 0; j < asked.size(); j++) {
      Ended<Either> at = both.get(starts.size() + j);
      int i = asked.get(j);
      boolean isThere = found.get(i).x().filter(starts.get(i).x::equals).isPresent();
      if (isThere) {
        known.put(i, new Ended<>(at.value().map(Either::losses), at.failure()));
      }
    }
    return scored(starts, found, known);
  }

  /** What ends a solve, or a look at the losses. */
  private record Either(Optional<Solution> solution, List<Double> losses) {}

  private static List<Integer> asked(List<Start> starts) {
    return IntStream.range(0, starts.size())
        .filter(i -> starts.get(i).fold != FoldedRows.ALL)
        .boxed()
        .toList();
  }

  private List<Scored> scored(
      List<Start> starts, List<Fit> found, Map<Integer, Ended<List<Double>>> known) {
    Map<Integer, Ended<List<Double>>> losses = new HashMap<>(known);
    List<Integer> missing =
        asked(starts).stream()
            .filter(i -> found.get(i).isConverged() && !known.containsKey(i))
            .toList();
    List<Function<Passes, List<Double>>> solves = new ArrayList<>();
    for (int i : missing) {
      Start start = starts.get(i);
      Start there = new Start(start.fold, start.theta, found.get(i).x().orElseThrow());
      solves.add(own -> lossesAt(own, there));
    }
    if (!missing.isEmpty()) {
      List<Ended<List<Double>>> more = all(solves);
      IntStream.range(0, missing.size()).forEach(j -> losses.put(missing.get(j), more.get(j)));
    }
    return IntStream.range(0, starts.size())
        .mapToObj(i -> new Scored(found.get(i), Optional.ofNullable(losses.get(i))))
        .toList();
  }

  /** The outer losses of a solution on the rows that its fold holds out. */
  private List<Double> lossesAt(Passes own, Start at) {
    return model(at.fold).losses(bind(own, at.fold, "outer"), at.theta, at.x);
  }

  private Solution byChords(Passes own, Start start, Supplier<Nearby> known, Stopping until) {
    return new ChordFit(problem(own, start), known, otherwise(until)).from(start.x);
  }

  private ChordFit.Ordinary otherwise(Stopping until) {
    return new ChordFit.Ordinary(method.ordinary(), cold(), until);
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

  /** What one pass tells of a start: F, or the Hessian, each where there is one. */
  record Seen(Optional<Matrix> residual, Optional<DenseOperator> hessian) {}

  /** F and the Hessian at each of the starts, in one pass. */
  List<Seen> look(List<Start> starts) {
    List<Function<Passes, Seen>> looks = new ArrayList<>();
    for (Start start : starts) {
      looks.add(
          own ->
              new Seen(
                  Optional.of(problem(own, start).evaluate(start.x).residual()), Optional.empty()));
    }
    for (Start start : starts) {
      looks.add(own -> new Seen(Optional.empty(), problem(own, start).wholeJacobian(start.x)));
    }
    List<Ended<Seen>> seen = all(looks);
    return IntStream.range(0, starts.size())
        .mapToObj(
            i ->
                new Seen(
                    seen.get(i).value().flatMap(Seen::residual),
                    seen.get(starts.size() + i).value().flatMap(Seen::hessian)))
        .toList();
  }

  /** {@link FoldModel#withoutRows} at a start, along v. No pass. */
  FoldModel.WithoutRows withoutRows(Start at, Matrix v) {
    return model(at.fold).withoutRows(bind(passes, at.fold, "inner"), at.theta, at.x, v);
  }

  /** What is known where a fit stands. */
  private record Point(Start start, Optional<Matrix> residual, Nearby factors) {
    static Point of(Start start, Seen seen) {
      Nearby factors = seen.hessian.map(ChordFit::factors).orElse(Nearby.NOTHING);
      return new Point(start, seen.residual.filter(Matrix::isFinite), factors);
    }

    double norm() {
      return residual.map(Matrix::norm).orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether Newton's method has a step from here. */
    boolean canStep() {
      return residual.isPresent() && factors.knows(start.x.rows());
    }

    Start stepped() {
      return new Start(start.fold, start.theta, start.x.minus(factors.solve(residual.get())));
    }
  }

  private List<Point> points(List<Start> starts) {
    List<Seen> seen = look(starts);
    return IntStream.range(0, starts.size())
        .mapToObj(i -> Point.of(starts.get(i), seen.get(i)))
        .toList();
  }

  /**
   * From starts that are near their solutions, of which no Hessian is known: F and Hessians of all
   * in one pass, then chord steps. One alone, whose Hessians cost little beside a pass, takes some
   * of Newton's steps before, a pass each.
   */
  List<Fit> solveWithHessians(List<Start> starts, List<Double> references) {
    List<Point> points = points(starts);
    if (starts.size() == 1) {
      points = List.of(stepped(points.get(0), until(references.get(0)).absoluteTolerance()));
    }
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Point at = points.get(i);
      ChordFit.Ordinary otherwise = otherwise(until(references.get(i)));
      solves.add(
          own -> {
            ChordFit fit =
                new ChordFit(problem(own, at.start), () -> at.factors, otherwise)
                    .holding(at.factors);
            Matrix x = at.start.x;
            return at.residual.map(f -> fit.from(x, f)).orElseGet(() -> fit.from(x));
          });
    }
    return fits(all(solves));
  }

  /** After Newton's steps, as long as they are steps forward. */
  private Point stepped(Point from, double enough) {
    Point at = from;
    for (int step = 0; step < NEWTON_STEPS && at.norm() > enough && at.canStep(); step++) {
      Point next = points(List.of(at.stepped())).get(0);
      if (!(next.norm() < at.norm())) {
        break;
      }
      at = next;
    }
    return at;
  }

  /** B v of the model on all rows. */
  Matrix alongTheta(Matrix theta, Matrix x, Matrix v) {
    return model(FoldedRows.ALL).alongTheta(bind(passes, FoldedRows.ALL, "inner"), theta, x, v);
  }
}
