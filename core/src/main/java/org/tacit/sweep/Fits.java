package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.AnchoredStep;
import org.tacit.optimality.Composite;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.pass.SharedDesk.Ended;
import org.tacit.solver.ResidualScale;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;
import org.tacit.solver.SuitedStep;

/** Fits of models of one sweep, any number at once, which share their passes. */
final class Fits {
  /** A next step of this part of x is short enough, */
  private static final double SHORT = 1e-9;

  /** or of so many times the tolerance, which is what few digits are asked by, */
  private static final double FOR_RELATIVE = 10;

  private static final double FOR_ABSOLUTE = 100;

  /** which says less of them where it is absolute; of this part where rounding leaves no other. */
  private static final double MOST_SHORT = 1e-6;

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

    /** The same model at another point, of whose Hessian nothing is known. */
    Start at(Matrix point) {
      return new Start(fold, theta, point);
    }
  }

  FoldModel model(int fold) {
    return models.get(fold - FoldedRows.ALL);
  }

  List<FoldModel> models() {
    return models;
  }

  Method method() {
    return method;
  }

  /** The start of solves at a theta of which nothing is known. */
  Matrix cold() {
    return model(FoldedRows.ALL).condition().start();
  }

  int folds() {
    return models.size() - 1;
  }

  /** What solves give, in order, in shared passes. */
  <T> List<Ended<T>> all(List<Function<Passes, T>> solves) {
    return SharedDesk.solveAll(passes, solves, method.mostBytes());
  }

  /** What passes of a fold bind. */
  Map<String, Matrix> bound(int fold) {
    return rows.bound(fold);
  }

  private Passes bind(Passes own, int fold) {
    return rows.bind(own.in("inner"), fold);
  }

  Problem problem(Passes own, Start start) {
    return problem(own, start, step(start));
  }

  Problem problem(Passes own, Start start, AnchoredStep step) {
    return model(start.fold).problem(bind(own, start.fold), start.theta, step);
  }

  /** The same without passes of a solve of its own. */
  Problem problem(Start start, AnchoredStep step) {
    return problem(passes, start, step);
  }

  Problem onAllRows() {
    return problem(
        passes,
        new Start(
            FoldedRows.ALL,
            Matrix.zeros(model(FoldedRows.ALL).condition().parameters(), 1),
            cold()));
  }

  /** At no point yet. */
  AnchoredStep step(Start start) {
    return model(start.fold).kept().step(start.theta).heldAt(eta);
  }

  /**
   * From now on automatic steps are what this start's is: of another step F is another function
   * with the same roots, and a step of its own would take Hessians for each fit. A pass, or those
   * of power iterations.
   */
  void holdStep(Start start) {
    AnchoredStep step = step(start);
    step.held(bind(passes, start.fold), start.x);
    eta = step.eta();
  }

  /** Whether Hessians of two thetas differ by what they have without rows. */
  boolean isThetaApart() {
    return model(FoldedRows.ALL).isThetaApart();
  }

  /** Whether so many matrices of the unknowns may be held at once. */
  boolean mayHold(int matrices) {
    return bytes(matrices) <= method.mostBytes();
  }

  /** Whether so many sums of the length of x may be of one job. */
  boolean mayAddUp(int sums) {
    return (double) sums * Double.BYTES * cold().rows() <= method.mostBytes();
  }

  private double bytes(int matrices) {
    return (double) matrices * Double.BYTES * cold().rows() * cold().rows();
  }

  /** How many candidates may hold so many matrices of the unknowns each at once. */
  int mostHeld(int matrices) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, method.mostBytes() / bytes(matrices)));
  }

  /**
   * What tolerances are relative to, |F| at the cold start, of an automatic step eta |F| / eta:
   * each fit has that of its own start. One pass, where needed.
   */
  List<Double> references(List<Start> starts) {
    if (method.until().relativeTolerance() == 0) {
      return starts.stream().map(start -> 0.0).toList();
    }
    List<Function<Passes, Double>> solves = new ArrayList<>();
    for (Start start : starts) {
      solves.add(
          own -> {
            AnchoredStep step = step(start);
            return ResidualScale.at(cold(), problem(own, start, step), step).perStep();
          });
    }
    return all(solves).stream().map(ended -> ended.value().orElse(Double.NaN)).toList();
  }

  /** Where a fit ends that has the step that is held, or none. */
  Stopping until(double reference) {
    double step = eta.map(Matrix::value).orElse(1.0);
    return method.until().withTolerances(0, method.until().bound(finite(reference) * step));
  }

  private static double finite(double reference) {
    return Double.isFinite(reference) ? reference : 0;
  }

  /** What chord steps to an absolute tolerance end at. */
  ChordSteps.Enough enough(Stopping until) {
    Stopping asked = method.until();
    double absolute = Math.min(MOST_SHORT, FOR_ABSOLUTE * asked.absoluteTolerance());
    double step = Math.max(SHORT, Math.max(FOR_RELATIVE * asked.relativeTolerance(), absolute));
    return new ChordSteps.Enough(until, step, Math.max(MOST_SHORT, step));
  }

  /** How solves ended. */
  static List<SweepResult.Fit> fits(List<Ended<Solution>> all) {
    return all.stream()
        .map(
            ended ->
                ended
                    .value()
                    .map(SweepResult.Fit::of)
                    .orElseGet(() -> SweepResult.Fit.failed(ended.failure().orElseThrow())))
        .toList();
  }

  /** By the ordinary solver, or from Hessians where the starts have some. */
  List<SweepResult.Fit> solve(List<Start> starts, List<Double> references) {
    return score(starts, references, ChordFit::from).stream().map(Scored::fit).toList();
  }

  /**
   * The same with the outer losses of the folds: by chord steps in lockstep where some begin so.
   */
  List<Scored> score(List<Start> starts, List<Double> references) {
    boolean isTogether =
        !isComposite() && starts.stream().anyMatch(start -> start.curvature.isPresent());
    return isTogether
        ? new LockstepFits(this).score(starts, references)
        : score(starts, references, ChordFit::from);
  }

  /** The same from starts that are expected to be solutions. */
  List<Scored> scoreSolved(List<Start> starts, List<Double> references) {
    return score(starts, references, ChordFit::fromSolution);
  }

  /** Where chord steps begin. */
  private interface Beginning {
    Solution of(ChordFit fit, Matrix x);
  }

  private List<Scored> score(List<Start> starts, List<Double> references, Beginning beginning) {
    List<Function<Passes, Scored>> solves = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Start start = starts.get(i);
      double reference = references.get(i);
      solves.add(own -> scored(own, start, reference, beginning));
    }
    return scored(all(solves));
  }

  private Scored scored(Passes own, Start start, double reference, Beginning beginning) {
    FoldResidual residual = residual(own, start);
    Solution found =
        start
            .curvature
            .map(
                known ->
                    isComposite()
                        ? byModels(own, start, step(start), known, reference)
                        : beginning.of(
                            chords(own, start, residual, known::factors, until(reference)),
                            start.x))
            .orElseGet(() -> fromNothing(own, start, residual, reference));
    return Scored.of(found, () -> residual.losses(found.value()));
  }

  /** Whose error is looked at where that takes a Hessian or two, as chord steps look at it. */
  private Solution fromNothing(Passes own, Start start, FoldResidual residual, double reference) {
    if (isComposite() && method.solver().isEmpty() && new Suited(this).isConvexComposite()) {
      return byOwnModels(own, start, reference);
    }
    Solution found = ordinary(own, start, reference);
    Problem problem = problem(own, start);
    return method.solver().isEmpty() && new Suited(this).isByOwnHessian(problem)
        ? new ErrorOrientedNewton(problem, residual, enough(until(reference))).assured(found)
        : found;
  }

  /** One fit on its own passes, whose F has no automatic step. */
  Scored scored(Passes own, Start start, Stopping until) {
    FoldResidual residual = residual(own, start);
    Solution found =
        start
            .curvature
            .map(known -> chords(own, start, residual, known::factors, until).from(start.x))
            .orElseGet(
                () ->
                    ordinary(own, new SuitedStep.Start(method.ordinary(), start.x), start, until));
    return Scored.of(found, () -> residual.losses(found.value()));
  }

  /** How solves that score ended. */
  static List<Scored> scored(List<Ended<Scored>> all) {
    return all.stream()
        .map(
            ended ->
                ended
                    .value()
                    .orElseGet(
                        () -> Scored.of(SweepResult.Fit.failed(ended.failure().orElseThrow()))))
        .toList();
  }

  FoldResidual residual(Passes own, Start start) {
    return new FoldResidual(model(start.fold), bind(own, start.fold), start);
  }

  /** Chord steps by these factors. */
  ChordFit chords(
      Passes own, Start start, FoldResidual residual, Supplier<Nearby> factors, Stopping until) {
    var otherwise = new ChordFit.Ordinary(method.ordinary(), cold(), enough(until));
    return new ChordFit(problem(own, start), residual, factors, otherwise);
  }

  /** Proximal chord steps; a model that they do not solve is left to the ordinary solver. */
  Solution byModels(Passes own, Start start, AnchoredStep step, Curvature known, double reference) {
    CompositeProblem problem = problem(own, start, step).as(CompositeProblem.class).orElseThrow();
    Solution soon =
        new ProximalFit(problem, enough(until(reference))).from(start.x, known.matrix());
    boolean isEnd = soon.outcome().isConverged() || soon.outcome() == Outcome.NOT_TRUSTED;
    return isEnd ? soon : byOwnModels(own, start, reference);
  }

  private Solution byOwnModels(Passes own, Start start, double reference) {
    Solution found = ordinary(own, start, reference);
    CompositeProblem problem = problem(own, start).as(CompositeProblem.class).orElseThrow();
    return problem.cost().isCheapWhole() && !problem.isHeld()
        ? new ProximalFit(problem, enough(until(reference))).assured(found)
        : found;
  }

  private boolean isComposite() {
    return model(FoldedRows.ALL).condition().as(Composite.class).isPresent();
  }

  Solution ordinary(Passes own, Start start, double reference) {
    var relativeTo = Optional.of(new ResidualScale(finite(reference), 1));
    var from = new SuitedStep.Start(method.ordinary(), start.x, relativeTo);
    return ordinary(own, from, start, method.until());
  }

  private Solution ordinary(Passes own, SuitedStep.Start from, Start start, Stopping until) {
    var at = new SuitedStep.At(bind(own, start.fold), start.theta, step(start));
    return SuitedStep.of(model(start.fold).kept(), at, from, until).solution();
  }

  /** {@link FoldModel#withoutRows} at a start, along v. No pass. */
  FoldModel.WithoutRows withoutRows(Start at, Matrix v) {
    return model(at.fold).withoutRows(bind(passes, at.fold), at.theta, at.x, v);
  }

  /** B v of the model on all rows. */
  Matrix alongTheta(Matrix theta, Matrix x, Matrix v) {
    return model(FoldedRows.ALL).alongTheta(bind(passes, FoldedRows.ALL), theta, x, v);
  }
}
