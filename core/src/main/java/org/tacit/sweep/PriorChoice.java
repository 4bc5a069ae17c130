package org.tacit.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.bilevel.BilevelResult;
import org.tacit.bilevel.OuterFunction;
import org.tacit.bilevel.OuterOptimiser;
import org.tacit.bilevel.Prior;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.Outcome;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * The strength of a {@link Prior} on theta, chosen by parts of the outer loss that theta is not
 * tuned on. With the loss J = 1/H sum_h L_h in H parts, every strength rho and part h has thetas of
 * their own,
 *
 * <pre>
 *   theta_(rho,h) = argmin 1/(H-1) sum_(k != h) L_k(x*(theta), theta) + P_rho(theta)
 *   score(rho) = 1/H sum_h L_h(x*(theta_(rho,h)), theta_(rho,h))
 * </pre>
 *
 * <p>and the strength of the least score is chosen; the caller then tunes on all parts with it. The
 * parts are
 *
 * <ul>
 *   <li>folds of the rows that the outer loss reads, such as validation rows: the rows of part h
 *       are then used for neither the unknowns nor the thetas that they judge;
 *   <li>or the folds of a {@link CrossValidation}: L_h is the loss of the model without fold h, on
 *       fold h, and its thetas are tuned on the other folds' losses. (The rows of fold h are
 *       training rows of the other folds' models, as in any choice of thetas by folds that are not
 *       nested.)
 * </ul>
 *
 * <p>A strength is not ranked where a tuning fails, or its inner solve does not converge. Cost in
 * passes: all tunings together those of the one that takes most, and one for the scores; the counts
 * of folds of validation rows one.
 */
public final class PriorChoice {
  private final ImplicitFunction inner;
  private final List<Var> losses;
  private final Passes passes;

  private PriorChoice(ImplicitFunction inner, List<Var> losses, Passes passes) {
    if (losses.size() < 2) {
      throw new IllegalArgumentException(
          "Invalid parts of the outer loss: %s (must be two or more, to tune on some and judge by another)"
              .formatted(losses.size()));
    }
    this.inner = inner;
    this.losses = List.copyOf(losses);
    this.passes = passes;
  }

  /**
   * By folds of the rows of a mean outer loss.
   *
   * @param loss 1 x 1, written on {@code rows} in the symbols of the inner condition
   */
  public static PriorChoice of(
      ImplicitFunction inner, Var loss, Rows rows, Folds folds, Passes passes) {
    Subject subject = new Subject(rows, inner.condition(), Map.of("loss", loss));
    FoldedRows folded = FoldedRows.of(passes, rows, folds, subject.totals());
    return new PriorChoice(
        inner,
        IntStream.range(0, folds.count()).mapToObj(h -> folded.heldOut(h).apply(loss)).toList(),
        passes);
  }

  /** By the folds of a cross-validated loss; {@code inner} solves its condition. */
  public static PriorChoice of(ImplicitFunction inner, CrossValidation folds, Passes passes) {
    return new PriorChoice(inner, folds.losses(), passes);
  }

  /**
   * A strength with what its thetas have on the part that they were not tuned on.
   *
   * @param losses L_h for each part; empty where there is none
   * @param reason why the strength is not ranked
   */
  public record Tried(Prior prior, List<OptionalDouble> losses, Optional<String> reason) {
    public Tried {
      losses = List.copyOf(losses);
    }

    /** Their mean; empty where one is missing. */
    public OptionalDouble score() {
      return reason.isEmpty() ? OptionalDouble.of(mean()) : OptionalDouble.empty();
    }

    private double mean() {
      return losses.stream().mapToDouble(OptionalDouble::orElseThrow).average().orElseThrow();
    }

    /** Of the mean: the deviation of the losses, by H - 1, over the root of H. */
    public OptionalDouble standardError() {
      if (reason.isPresent()) {
        return OptionalDouble.empty();
      }
      double mean = mean();
      double sum = losses.stream().mapToDouble(l -> Math.pow(l.orElseThrow() - mean, 2)).sum();
      return OptionalDouble.of(Math.sqrt(sum / (losses.size() - 1) / losses.size()));
    }
  }

  /**
   * What was found of each strength, in the order given.
   *
   * @param best the number of the one with the least score; empty where none is ranked
   */
  public record Found(List<Tried> tried, OptionalInt best) {
    public Found {
      tried = List.copyOf(tried);
    }

    /** The strongest prior whose score is at most a standard error above the best one's. */
    public OptionalInt oneStandardError() {
      if (best.isEmpty()) {
        return best;
      }
      Tried least = tried.get(best.getAsInt());
      double most = least.score().orElseThrow() + least.standardError().orElseThrow();
      return IntStream.range(0, tried.size())
          .filter(r -> tried.get(r).score().orElse(Double.NaN) <= most)
          .boxed()
          .max((a, b) -> Double.compare(strength(a), strength(b)))
          .map(OptionalInt::of)
          .orElse(best);
    }

    private double strength(int number) {
      return tried.get(number).prior().strength();
    }
  }

  /** The part h on which thetas are judged, and where they came to. */
  private record Judged(BilevelResult tuned, double loss) {}

  /**
   * Tries all priors from one start.
   *
   * @param function the outer function of a problem on passes: its linear solvers and bounds
   */
  public Found among(
      List<Prior> priors,
      OuterOptimiser optimiser,
      Matrix start,
      BiFunction<BilevelProblem, Passes, OuterFunction> function) {
    List<Function<Passes, Judged>> solves = new ArrayList<>();
    for (Prior prior : priors) {
      for (int h = 0; h < losses.size(); h++) {
        BilevelProblem problem = BilevelProblem.of(inner, without(h)).with(prior);
        Program loss = Program.of("value", losses.get(h).node());
        solves.add(
            own -> judged(optimiser.minimise(function.apply(problem, own), start), loss, own));
      }
    }
    var ended = SharedDesk.solveAll(passes, solves);
    int parts = losses.size();
    List<Tried> tried =
        IntStream.range(0, priors.size())
            .mapToObj(r -> tried(priors.get(r), ended.subList(r * parts, (r + 1) * parts)))
            .toList();
    return new Found(tried, best(tried));
  }

  /** Of all parts but one. */
  private Var without(int part) {
    return IntStream.range(0, losses.size())
        .filter(k -> k != part)
        .mapToObj(losses::get)
        .reduce(Var::plus)
        .orElseThrow()
        .divide(losses.size() - 1);
  }

  private static Judged judged(BilevelResult tuned, Program loss, Passes own) {
    Map<String, Matrix> at = Map.of("x", tuned.inner().value(), "theta", tuned.theta());
    return new Judged(tuned, own.in("outer").evaluate(loss, at).get("value").value());
  }

  private static Tried tried(Prior prior, List<SharedDesk.Ended<Judged>> parts) {
    List<OptionalDouble> losses = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (int h = 0; h < parts.size(); h++) {
      Optional<String> reason = reason(parts.get(h));
      losses.add(
          reason.isPresent()
              ? OptionalDouble.empty()
              : OptionalDouble.of(parts.get(h).orThrow().loss()));
      String part = "part " + h + ": ";
      reason.map(part::concat).ifPresent(reasons::add);
    }
    return new Tried(prior, losses, reasons.stream().findFirst());
  }

  private static Optional<String> reason(SharedDesk.Ended<Judged> ended) {
    if (ended.failure().isPresent()) {
      return ended.failure().map(failed -> String.valueOf(failed.getMessage()));
    }
    Judged judged = ended.orThrow();
    Outcome outcome = judged.tuned().inner().outcome();
    if (!outcome.isConverged()) {
      return Optional.of("the inner solve ended with " + outcome.label());
    }
    return Double.isFinite(judged.loss())
        ? Optional.empty()
        : Optional.of("the loss is not finite");
  }

  private static OptionalInt best(List<Tried> tried) {
    return IntStream.range(0, tried.size())
        .filter(r -> tried.get(r).score().isPresent())
        .boxed()
        .min(Comparator.comparingDouble(r -> tried.get(r).score().orElseThrow()))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }
}
