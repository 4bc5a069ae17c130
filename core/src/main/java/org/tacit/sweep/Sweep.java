package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.operator.Cost;
import org.tacit.optimality.Condition;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * Folds by candidates by outer losses of one model ({@link org.tacit.sweep}): every fit on the rows
 * that a fold keeps, to the caller's tolerance, and its losses on those that it holds out.
 * Immutable.
 */
public final class Sweep {
  /** The stage, as journals are told, in which the rows of folds are counted. */
  public static final String COUNTS = "fold counts";

  /** The stage of the fits on all rows. */
  public static final String PATH = "path";

  /** The stage of the fits on the rows that folds keep, and of their losses. */
  public static final String FOLDS = "folds";

  private static final double TOLERANCE = 1e-10;
  private static final int MAX_ITERATIONS = 500;

  /** Taken for each candidate that the path solves after another. */
  private static final double HESSIANS = 4;

  /** Taken by a fit without a Hessian beyond what one with it takes. */
  private static final double PRODUCTS = 32;

  private final Swept swept;
  private final Folds folds;
  private final Candidates candidates;
  private final Fits.Method method;

  private Sweep(Swept swept, Folds folds, Candidates candidates, Fits.Method method) {
    int parameters = swept.stated().condition().parameters();
    if (candidates.thetas().get(0).rows() != parameters) {
      throw new IllegalArgumentException(
          "Invalid candidates: of %s numbers (must be %s, the length of theta)"
              .formatted(candidates.thetas().get(0).rows(), parameters));
    }
    this.swept = swept;
    this.folds = folds;
    this.candidates = candidates;
    this.method = method;
  }

  /**
   * Of any condition, written on {@code rows} as its losses are.
   *
   * @param losses by name; 1 x 1, in the condition's symbols, on the rows that are held out
   */
  public static Sweep of(
      Condition condition, Rows rows, Map<String, Var> losses, Folds folds, Candidates candidates) {
    return of(Swept.of(new Subject(rows, condition, losses)), folds, candidates);
  }

  /**
   * Of a model, on the rows bound to {@link Model#TRAIN}, with these losses of what each fold holds
   * out. Where its penalties are of standardised columns, each fold's are in units of the rows that
   * it keeps.
   */
  public static Sweep of(
      Model model, List<? extends OuterLoss> losses, Folds folds, Candidates candidates) {
    return of(Swept.of(model, losses), folds, candidates);
  }

  private static Sweep of(Swept swept, Folds folds, Candidates candidates) {
    Stopping until = Stopping.relative(TOLERANCE, MAX_ITERATIONS);
    return new Sweep(
        swept, folds, candidates, new Fits.Method(Optional.empty(), until, SharedDesk.BYTES));
  }

  /** The same with every fit by this solver, in shared passes all the same. */
  public Sweep with(Solver solver) {
    return with(new Fits.Method(Optional.of(solver), method.until(), method.mostBytes()));
  }

  /**
   * The same to other tolerances: |F| at most the relative one times |F| at the condition's start,
   * plus the absolute one.
   */
  public Sweep until(Stopping stopping) {
    return with(new Fits.Method(method.solver(), stopping, method.mostBytes()));
  }

  /**
   * The same with passes of at most so many bytes of inputs and sums, and with no more of Hessians
   * and their factors held at once; one candidate's at least.
   */
  public Sweep within(long mostBytes) {
    return with(new Fits.Method(method.solver(), method.until(), mostBytes));
  }

  private Sweep with(Fits.Method other) {
    return new Sweep(swept, folds, candidates, other);
  }

  /**
   * Whether the Hessians of a path cost no more than a few products, or than the products that all
   * fits together need without them, in passes of all: then fits are by Hessians, where nothing
   * else keeps them from it.
   */
  public static boolean isWorthHessians(Cost cost, int folds, int candidates) {
    double hessians = HESSIANS * (Math.sqrt(candidates) + 1) * cost.factorised();
    double products = PRODUCTS * cost.product((1 + folds) * candidates);
    return cost.isCheapInSteps() || hessians <= products;
  }

  /** All fits, on the table that the passes bind. */
  public SweepResult run(Passes passes) {
    passes.tell(journal -> journal.stageBegan(COUNTS, folds.count()));
    Fits fits = fits(passes);
    List<Fits.Start> cold = cold(fits);
    boolean isAffine = new Suited(fits).isAffine();
    passes.tell(
        journal ->
            journal.stageBegan(
                isAffine ? FOLDS : PATH, isAffine ? cold.size() : candidates.count()));
    Optional<AffineFits> affine =
        isAffine
            ? AffineFits.of(fits, candidates.thetas().get(0), folds.count())
            : Optional.empty();
    return result(
        affine
            .map(systems -> solved(fits, systems, cold))
            .orElseGet(() -> byPath(passes, fits, cold)));
  }

  /** Of all rows and of the folds, whose counts take a pass. */
  Fits fits(Passes passes) {
    FoldedRows rows = swept.rows(passes, folds);
    IdentityHashMap<Subject, FoldModel> models = new IdentityHashMap<>();
    List<FoldModel> byFold =
        swept.byFold(passes, rows, folds).stream()
            .map(on -> models.computeIfAbsent(on, subject -> FoldModel.of(subject, rows)))
            .toList();
    return new Fits(passes, rows, byFold, method);
  }

  /** Where nothing is known: all rows first, then fold after fold, of each candidate. */
  List<Fits.Start> cold(Fits fits) {
    List<Fits.Start> cold = new ArrayList<>();
    for (int k = FoldedRows.ALL; k < folds.count(); k++) {
      for (Matrix theta : candidates.thetas()) {
        cold.add(new Fits.Start(k, theta, fits.cold()));
      }
    }
    return cold;
  }

  /** All rows' fits first, then fold after fold, of each candidate. */
  private static List<Scored> solved(Fits fits, AffineFits systems, List<Fits.Start> cold) {
    List<Fits.Start> starts =
        cold.stream()
            .map(start -> known(() -> systems.solved(start.fold(), start.theta()), start))
            .toList();
    List<Double> references =
        cold.stream()
            .map(start -> known(() -> systems.reference(start.fold(), start.theta()), Double.NaN))
            .toList();
    return fits.scoreSolved(starts, references);
  }

  /** A candidate that meets NaN ends no other: its own fit says so. */
  private static <T> T known(Supplier<T> value, T otherwise) {
    return NotANumberException.orNothing(() -> Optional.of(value.get())).orElse(otherwise);
  }

  /**
   * By the candidate of the least curvature without rows, |D(theta) 1|, that has a step: where
   * smooth penalties are weak, F = x - prox(x - eta g) of a step short enough for strong ones is
   * lost in the rounding of x. Others, as the l1 penalty of an elastic net, say nothing of steps.
   */
  private void holdStep(Fits fits, List<Fits.Start> cold) {
    Matrix ones = Matrix.filled(fits.cold().rows(), 1, 1);
    List<Double> curvatures =
        cold.subList(0, candidates.count()).stream()
            .map(
                start ->
                    known(
                        () -> fits.withoutRows(start, ones).product().norm(),
                        Double.POSITIVE_INFINITY))
            .toList();
    List<Integer> weakestFirst = new ArrayList<>(candidates.path());
    Collections.reverse(weakestFirst);
    weakestFirst.sort(Comparator.comparingDouble(curvatures::get));
    boolean isHeld = false;
    for (int i = 0; i < weakestFirst.size() && !isHeld; i++) {
      Fits.Start start = cold.get(weakestFirst.get(i));
      isHeld =
          known(
              () -> {
                fits.holdStep(start);
                return true;
              },
              false);
    }
  }

  private List<Scored> byPath(Passes passes, Fits fits, List<Fits.Start> cold) {
    int l = candidates.count();
    Suited suited = new Suited(fits);
    Path.Way way = suited.path(l);
    if (way == Path.Way.MODELS || suited.isHeldComposite()) {
      holdStep(fits, cold);
    }
    List<Double> references = fits.references(cold);
    Path path = new Path(candidates, fits, references.subList(0, l), way);
    List<SweepResult.Fit> whole = path.solve();
    passes.tell(journal -> journal.stageBegan(FOLDS, folds.count() * l));
    Scored[] all = new Scored[cold.size()];
    for (List<Integer> group : path.groups()) {
      List<Optional<Curvature>> curvatures = path.curvatures(group);
      List<Fits.Start> starts = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      for (int k = 0; k < folds.count(); k++) {
        for (int i = 0; i < group.size(); i++) {
          int number = (1 + k) * l + group.get(i);
          numbers.add(number);
          starts.add(near(cold.get(number), whole.get(group.get(i)), curvatures.get(i)));
        }
      }
      List<Scored> scored = fits.score(starts, numbers.stream().map(references::get).toList());
      IntStream.range(0, numbers.size()).forEach(i -> all[numbers.get(i)] = scored.get(i).alone());
    }
    IntStream.range(0, l).forEach(c -> all[c] = Scored.of(whole.get(c)).alone());
    return List.of(all);
  }

  /** The same model where the one on all rows is solved. */
  private static Fits.Start near(
      Fits.Start cold, SweepResult.Fit whole, Optional<Curvature> curvature) {
    return whole.x().map(x -> new Fits.Start(cold.fold(), cold.theta(), x, curvature)).orElse(cold);
  }

  /** By candidate, from all rows' fits and then fold after fold. */
  private SweepResult result(List<Scored> all) {
    int l = candidates.count();
    List<SweepResult.Trial> trials = new ArrayList<>();
    for (int c = 0; c < l; c++) {
      for (int k = 0; k < folds.count(); k++) {
        Scored scored = all.get((1 + k) * l + c);
        trials.add(
            new SweepResult.Trial(
                c, k, scored.fit(), scored.losses().orElse(List.of()), scored.failure()));
      }
    }
    return new SweepResult(
        candidates,
        candidates.thetas().stream().map(swept.strength()::applyAsDouble).toList(),
        folds.names(),
        List.copyOf(swept.stated().losses().keySet()),
        all.subList(0, l).stream().map(Scored::fit).toList(),
        trials);
  }
}
