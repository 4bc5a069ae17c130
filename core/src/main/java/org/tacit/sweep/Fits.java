package org.tacit.sweep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Cost;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.Structure;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Composite;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.pass.SharedDesk.Ended;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.solver.SuitedStep;

/** Fits of models of one sweep, any number at once, which share their passes. */
final class Fits {
  private static final int NEWTON_STEPS = 3;
  private static final int PROXIMAL_STEPS = 6;

  /** Taken for each candidate that the path solves after another. */
  private static final double HESSIANS = 4;

  /** Taken by a fit without a Hessian beyond what one with it takes. */
  private static final double PRODUCTS = 32;

  private final FoldedRows rows;
  private final List<FoldModel> models;
  private final Method method;
  private final Passes passes;
  private Optional<Matrix> eta = Optional.empty();

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

  /** A model, and where its fit begins, with a Hessian near there, if any. */
  record Start(int fold, Matrix theta, Matrix x, Optional<Curvature> curvature) {
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
    return problem(own, start, step(start));
  }

  private Problem problem(Passes own, Start start, AnchoredStep step) {
    return model(start.fold).problem(bind(own, start.fold, "inner"), start.theta, step);
  }

  /** At no point yet. */
  private AnchoredStep step(Start start) {
    return model(start.fold).kept().step(start.theta).heldAt(eta);
  }

  /**
   * From now on automatic steps are what this start's is: of another step F is another function
   * with the same roots, and a step of its own would take Hessians for each fit. A pass, or those
   * of power iterations.
   */
  void holdStep(Start start) {
    AnchoredStep step = step(start);
    step.held(bind(passes, start.fold, "inner"), start.x);
    eta = step.eta();
  }

  /**
   * Whether chord steps with factors of whole Hessians suit: F is the gradient of a strongly convex
   * objective, and the Hessians of a path cost no more than a few products, or than the products
   * that all fits together need without them, in passes of all.
   */
  boolean isByFactors(int candidates) {
    return isConvex() && isWorthHessians(onAllRows(), candidates);
  }

  /** The same of proximal chord steps, for a convex composite objective. */
  boolean isByModels(int candidates) {
    Condition condition = model(FoldedRows.ALL).condition();
    boolean isConvex =
        condition
            .as(Composite.class)
            .filter(parts -> parts.curvature() == Structure.POSITIVE_DEFINITE)
            .isPresent();
    return method.solver().isEmpty() && isConvex && isWorthHessians(onAllRows(), candidates);
  }

  private boolean isWorthHessians(Problem whole, int candidates) {
    Cost cost = whole.cost();
    double hessians = HESSIANS * (Math.sqrt(candidates) + 1) * cost.factorised();
    double products = PRODUCTS * cost.product(models.size() * candidates);
    return (cost.isCheapInSteps() || hessians <= products) && !whole.isHeld();
  }

  /** Whether Hessians of two thetas differ by what they have without rows. */
  boolean isThetaApart() {
    return model(FoldedRows.ALL).isThetaApart();
  }

  /** How many candidates may hold so many matrices of the unknowns each at once. */
  int mostHeld(int matrices) {
    double each = (double) matrices * Double.BYTES * cold().rows() * cold().rows();
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, method.mostBytes() / each));
  }

  int folds() {
    return models.size() - 1;
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
    return model.problem(rows.passes(FoldedRows.ALL), theta, model.kept().step(theta));
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
                  .curvature
                  .map(known -> byChords(own, start, known, until))
                  .orElseGet(() -> ordinary(own, start, until)));
    }
    return solves;
  }

  /** A fit with the outer losses of its solution, where there is one and they are asked for. */
  record Scored(Fit fit, Optional<Ended<List<Double>>> losses) {
    /** The same without what the fit leaves for others. */
    Scored alone() {
      return new Scored(fit.alone(), losses);
    }
  }

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

  private Solution byChords(Passes own, Start start, Curvature known, Stopping until) {
    return isComposite()
        ? byModels(own, start, step(start), known, until)
        : new ChordFit(problem(own, start), known::factors, otherwise(until)).from(start.x);
  }

  private Solution byModels(
      Passes own, Start start, AnchoredStep step, Curvature known, Stopping until) {
    Solution soon =
        CompositeMinimiser.chords(known.matrix()).solve(problem(own, start, step), start.x, until);
    return soon.outcome().isConverged() ? soon : ordinary(own, start, until);
  }

  private boolean isComposite() {
    return model(FoldedRows.ALL).condition().as(Composite.class).isPresent();
  }

  private ChordFit.Ordinary otherwise(Stopping until) {
    return new ChordFit.Ordinary(method.ordinary(), cold(), until);
  }

  private Solution ordinary(Passes own, Start start, Stopping until) {
    return SuitedStep.of(
            model(start.fold).kept(),
            new SuitedStep.At(bind(own, start.fold, "inner"), start.theta, step(start)),
            new SuitedStep.Start(method.ordinary(), start.x),
            until)
        .solution();
  }

  /** What one pass tells of a start: F, or the Hessian, each where there is one. */
  record Seen(AnchoredStep step, Optional<Matrix> residual, Optional<Matrix> hessian) {}

  /** F and the Hessian at each of the starts, in one pass. */
  List<Seen> look(List<Start> starts) {
    List<AnchoredStep> steps = starts.stream().map(this::step).toList();
    List<Function<Passes, Optional<Matrix>>> looks = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      AnchoredStep step = steps.get(i);
      looks.add(own -> Optional.of(problem(own, start, step).evaluate(start.x).residual()));
    }
    starts.forEach(start -> looks.add(own -> hessian(own, start)));
    List<Ended<Optional<Matrix>>> seen = all(looks);
    return IntStream.range(0, starts.size())
        .mapToObj(
            i ->
                new Seen(
                    steps.get(i),
                    seen.get(i).value().flatMap(there -> there).filter(Matrix::isFinite),
                    finite(seen.get(starts.size() + i))))
        .toList();
  }

  private static Optional<Matrix> finite(Ended<Optional<Matrix>> seen) {
    return seen.value().flatMap(there -> there).filter(Matrix::isFinite);
  }

  /** The Hessians at these starts, in one pass. */
  List<Optional<Curvature>> curvatures(List<Start> starts) {
    List<Function<Passes, Optional<Matrix>>> looks = new ArrayList<>();
    starts.forEach(start -> looks.add(own -> hessian(own, start)));
    return all(looks).stream().map(Fits::finite).map(a -> a.map(Fits::curvature)).toList();
  }

  private static Curvature curvature(Matrix hessian) {
    return Curvature.of(() -> hessian);
  }

  private Optional<Matrix> hessian(Passes own, Start start) {
    Problem problem = problem(own, start);
    Optional<CompositeProblem> composite = problem.as(CompositeProblem.class);
    if (composite.isEmpty()) {
      return problem.wholeJacobian(start.x).map(DenseOperator::matrix);
    }
    return Optional.of(composite.get().wholeHessian(start.x).matrix());
  }

  /** {@link FoldModel#withoutRows} at a start, along v. No pass. */
  FoldModel.WithoutRows withoutRows(Start at, Matrix v) {
    return model(at.fold).withoutRows(bind(passes, at.fold, "inner"), at.theta, at.x, v);
  }

  /** What is known where a fit stands. */
  private record Point(Start start, Seen seen, Nearby factors) {
    static Point of(Start start, Seen seen) {
      return new Point(start, seen, seen.hessian.map(Nearby::of).orElse(Nearby.NOTHING));
    }

    double norm() {
      return seen.residual.map(Matrix::norm).orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether Newton's method has a step from here. */
    boolean canStep() {
      return seen.residual.isPresent() && factors.knows(start.x.rows());
    }

    Start stepped() {
      Matrix f = seen.residual.orElseThrow();
      return new Start(start.fold, start.theta, start.x.minus(factors.solve(f)));
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
            return at.seen.residual.map(f -> fit.from(x, f)).orElseGet(() -> fit.from(x));
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

  /** A fit with the Hessian of the smooth part where its chord steps began. */
  record FromHessian(Fit fit, Optional<Curvature> there) {}

  /**
   * The same for composite objectives: F and Hessians of all in one pass, then chord steps; one
   * alone takes proximal Newton steps before.
   */
  List<FromHessian> solveModels(List<Start> starts, List<Double> references) {
    List<Looked> points = looked(starts);
    if (starts.size() == 1) {
      points = List.of(closer(points.get(0), until(references.get(0)).absoluteTolerance()));
    }
    List<Function<Passes, Solution>> solves = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Looked at = points.get(i);
      Stopping until = until(references.get(i));
      solves.add(
          own ->
              at.curvature
                  .map(known -> byModels(own, at.start, at.seen.step, known, until))
                  .orElseGet(() -> ordinary(own, at.start, until)));
    }
    List<Fit> found = fits(all(solves));
    List<FromHessian> both = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      both.add(new FromHessian(found.get(i), points.get(i).curvature));
    }
    return both;
  }

  private record Looked(Start start, Seen seen, Optional<Curvature> curvature) {
    double norm() {
      return seen.residual.map(Matrix::norm).orElse(Double.POSITIVE_INFINITY);
    }
  }

  private List<Looked> looked(List<Start> starts) {
    List<Seen> seen = look(starts);
    return IntStream.range(0, starts.size())
        .mapToObj(
            i -> new Looked(starts.get(i), seen.get(i), seen.get(i).hessian.map(Fits::curvature)))
        .toList();
  }

  /** After proximal Newton steps, a pass each, as long as they are steps forward. */
  private Looked closer(Looked from, double enough) {
    Looked at = from;
    for (int step = 0; step < PROXIMAL_STEPS && at.norm() > enough; step++) {
      Optional<Looked> next = step(at).map(there -> looked(List.of(there)).get(0));
      if (next.isEmpty() || !(next.get().norm() < at.norm())) {
        break;
      }
      at = next.get();
    }
    return at;
  }

  private Optional<Start> step(Looked at) {
    if (at.seen.residual.isEmpty() || at.curvature.isEmpty()) {
      return Optional.empty();
    }
    Start start = at.start;
    CompositeProblem problem =
        problem(passes, start, at.seen.step).as(CompositeProblem.class).orElseThrow();
    return CompositeMinimiser.step(problem, problem.at(start.x), at.curvature.get().matrix())
        .map(x -> new Start(start.fold, start.theta, x));
  }

  /** B v of the model on all rows. */
  Matrix alongTheta(Matrix theta, Matrix x, Matrix v) {
    return model(FoldedRows.ALL).alongTheta(bind(passes, FoldedRows.ALL, "inner"), theta, x, v);
  }
}
