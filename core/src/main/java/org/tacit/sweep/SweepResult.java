package org.tacit.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.tacit.linsolve.Nearby;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * What a sweep found, in the order of the candidates and, for each, of the folds; whatever shared
 * its passes with what.
 *
 * @param strengths how strong each candidate's penalties are together ({@link
 *     org.tacit.model.Model#strength}); of a condition that is no model's, the sum of its thetas
 * @param folds their names
 * @param losses their names
 * @param whole for each candidate the fit on all rows: the refit, should it be chosen
 * @param trials candidates x folds, candidate after candidate
 */
public record SweepResult(
    Candidates candidates,
    List<Double> strengths,
    List<String> folds,
    List<String> losses,
    List<Fit> whole,
    List<Trial> trials) {
  public SweepResult {
    strengths = List.copyOf(strengths);
    folds = List.copyOf(folds);
    losses = List.copyOf(losses);
    whole = List.copyOf(whole);
    trials = List.copyOf(trials);
  }

  public Trial trial(int candidate, int fold) {
    return trials.get(candidate * folds.size() + fold);
  }

  /** The trials of a candidate, one a fold. */
  public List<Trial> trials(int candidate) {
    return trials.subList(candidate * folds.size(), (candidate + 1) * folds.size());
  }

  /**
   * The mean over the folds of their mean losses on the rows that they hold out; empty where a fold
   * has none.
   */
  public OptionalDouble mean(int loss, int candidate) {
    List<Trial> all = trials(candidate);
    return all.stream().allMatch(Trial::isUsable)
        ? all.stream().mapToDouble(trial -> trial.losses().get(loss)).average()
        : OptionalDouble.empty();
  }

  /** s / sqrt(K), s^2 = sum_k (loss_k - mean)^2 / (K - 1); empty for one fold. */
  public OptionalDouble standardError(int loss, int candidate) {
    OptionalDouble mean = mean(loss, candidate);
    int k = folds.size();
    if (mean.isEmpty() || k < 2) {
      return OptionalDouble.empty();
    }
    double squares =
        trials(candidate).stream()
            .mapToDouble(trial -> trial.losses().get(loss) - mean.getAsDouble())
            .map(d -> d * d)
            .sum();
    return OptionalDouble.of(Math.sqrt(squares / (k - 1) / k));
  }

  /** The candidate of the smallest mean, the first of equals; none where no candidate has one. */
  public OptionalInt best(int loss) {
    return IntStream.range(0, candidates.count())
        .filter(l -> mean(loss, l).isPresent())
        .boxed()
        .min(Comparator.comparingDouble(l -> mean(loss, l).getAsDouble()))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /**
   * The one-standard-error rule: of the candidates whose mean is at most the best one's plus its
   * standard error, that with the strongest penalties, and of equally strong ones the best: so the
   * best itself where candidates differ in no penalty, as in a parameter of the loss, of which
   * neither side is simpler. The best for one fold. Source: Breiman, Friedman, Olshen and Stone,
   * CART, section 3.4.3.
   */
  public OptionalInt oneStandardError(int loss) {
    OptionalInt best = best(loss);
    if (best.isEmpty()) {
      return best;
    }
    double most =
        mean(loss, best.getAsInt()).getAsDouble() + standardError(loss, best.getAsInt()).orElse(0);
    IntPredicate isWithin =
        l -> l == best.getAsInt() || mean(loss, l).orElse(Double.POSITIVE_INFINITY) <= most;
    boolean isOneFold = folds.size() < 2;
    return isOneFold
        ? best
        : IntStream.range(0, candidates.count())
            .filter(isWithin)
            .boxed()
            .max(
                Comparator.comparingDouble((Integer l) -> strengths.get(l))
                    .thenComparingDouble(l -> -mean(loss, l).getAsDouble())
                    .thenComparing(Comparator.reverseOrder()))
            .map(OptionalInt::of)
            .orElse(best);
  }

  /** The fit of a candidate on all rows, held-out ones and all. */
  public Fit refit(int candidate) {
    return whole.get(candidate);
  }

  /** The candidates that have no mean, with why: fold and reason. */
  public Optional<String> reason(int candidate) {
    return trials(candidate).stream()
        .filter(trial -> !trial.isUsable())
        .findFirst()
        .map(trial -> folds.get(trial.fold()) + ": " + trial.reason().orElseThrow());
  }

  /**
   * One candidate on one fold: the fit on the rows that the fold keeps, and the outer losses of it
   * on those that the fold holds out.
   *
   * @param candidate its number
   * @param fold its number
   * @param losses in the order of the sweep's; empty where the fit did not converge
   * @param failure why there are no losses though it did
   */
  public record Trial(
      int candidate, int fold, Fit fit, List<Double> losses, Optional<String> failure) {
    public Trial {
      losses = List.copyOf(losses);
    }

    /** Whether there are finite losses. */
    public boolean isUsable() {
      return !losses.isEmpty() && losses.stream().allMatch(Double::isFinite);
    }

    /** Why there are none. */
    public Optional<String> reason() {
      return isUsable()
          ? Optional.empty()
          : failure.or(fit::reason).or(() -> Optional.of("a loss is infinite"));
    }
  }

  /**
   * How one fit ended: with a solution, whatever its outcome, or with what stopped it.
   *
   * @param failure the message of what ended it where there is no solution
   */
  public record Fit(Optional<Solution> solution, Outcome outcome, Optional<String> failure) {
    static Fit of(Solution solution) {
      return new Fit(Optional.of(solution), solution.outcome(), Optional.empty());
    }

    static Fit failed(RuntimeException failure) {
      Outcome outcome =
          failure instanceof NotANumberException ? Outcome.NOT_FINITE : Outcome.STALLED;
      return new Fit(Optional.empty(), outcome, Optional.of(String.valueOf(failure.getMessage())));
    }

    /** The same without what it leaves for others. */
    Fit alone() {
      return new Fit(solution.map(found -> found.with(Nearby.NOTHING)), outcome, failure);
    }

    /** Whether it is a solution to the tolerance. */
    public boolean isConverged() {
      return outcome.isConverged();
    }

    /** x, in the condition's unknowns, where it converged. */
    public Optional<Matrix> x() {
      return isConverged() ? solution.map(Solution::value) : Optional.empty();
    }

    /** Why there is no solution, and what to do about it; empty where there is one. */
    public Optional<String> reason() {
      return isConverged()
          ? Optional.empty()
          : failure.or(() -> solution.map(s -> outcome.label() + " (" + s.advice() + ")"));
    }
  }
}
