package org.tacit.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.SharedDesk.Ended;
import org.tacit.program.Program;
import org.tacit.solver.Stopping;

/**
 * Fits of folds by chord steps, each started where the fit of all rows is, with its Hessian: in
 * rounds, a pass each. A candidate is one solve at the desk. At the common start of its folds X x
 * and all that does not depend on the fold are evaluated once, F of fold k being X' (m_k r); after
 * it the folds are instances of one program, and those of all candidates one wide product. With few
 * candidates that is wider, and so faster, at the start too.
 *
 * <p>A fit whose steps do not contract goes on as a solve of its own, when the others are over;
 * where one meets NaN or fails, so do all of its candidate, from the start, and no other candidate
 * is touched.
 */
record LockstepFits(Fits fits) {
  /** Candidates whose products are as wide as a few vectors. */
  private static final int WIDE = 8;

  /** One fit, in the round that it is in. */
  private final class Member {
    private final Fits.Start start;
    private final Stopping until;
    private final ChordSteps.Enough enough;
    private final Matrix x;
    private final Matrix theta;
    private Optional<ChordSteps> steps = Optional.empty();
    private Optional<Kind> asked;
    private Optional<List<Double>> losses = Optional.empty();

    Member(Fits.Start start, double reference) {
      this.start = start;
      this.until = fits.until(reference);
      this.enough = fits.enough(until);
      this.x = own(start.x());
      this.theta = own(start.theta());
      this.asked = start.curvature().map(known -> Kind.RESIDUAL);
    }

    /** Another object: works whose instances share some are not joined. */
    private static Matrix own(Matrix shared) {
      return shared.map(v -> v);
    }

    private ChordSteps begun(Matrix f) {
      Curvature known = start.curvature().orElseThrow();
      return new ChordSteps(enough, known::factors, x, f);
    }

    private void goOn(ChordSteps all) {
      all.spend(1);
      steps = Optional.of(all);
      asked = asking(all, all.next().filter(Matrix::isFinite));
    }

    private Optional<Kind> asking(ChordSteps all, Optional<Matrix> next) {
      if (next.isPresent()) {
        return Optional.of(all.isNextLast() ? Kind.BOTH : Kind.RESIDUAL);
      }
      return all.isFound() && losses.isEmpty() ? Optional.of(Kind.LOSSES) : Optional.empty();
    }

    Map<String, Matrix> instance() {
      Map<String, Matrix> values = new LinkedHashMap<>(fits.bound(start.fold()));
      values.put("x", steps.map(all -> all.next().orElseGet(all::x)).orElse(x));
      values.put("theta", theta);
      return values;
    }

    void told(FoldModel.Seen seen) {
      if (seen.residual().isEmpty()) {
        losses = seen.losses();
        asked = Optional.empty();
      } else if (steps.isEmpty()) {
        goOn(begun(seen.residual().get()));
      } else {
        ChordSteps all = steps.get();
        boolean isLess = all.isLess(all.next().orElseThrow(), seen.residual());
        losses = isLess && all.isFound() ? seen.losses() : Optional.empty();
        goOn(all);
      }
    }

    /** From the start again, as if nothing were known. */
    void forget() {
      steps = Optional.empty();
      asked = Optional.empty();
      losses = Optional.empty();
    }

    Optional<Scored> ended() {
      return losses.map(known -> Scored.of(steps.orElseThrow().found(), () -> losses));
    }

    /** By itself, after the steps so far. */
    Scored solved(Passes own) {
      return steps.map(so -> after(so, own)).orElseGet(() -> fits.scored(own, start, until));
    }

    private Scored after(ChordSteps so, Passes own) {
      FoldResidual residual = fits.residual(own, start);
      Curvature known = start.curvature().orElseThrow();
      Solution found = fits.chords(own, start, residual, known::factors, until).after(so);
      return Scored.of(found, () -> residual.losses(found.value()));
    }
  }

  /** What is asked for at a point. */
  enum Kind {
    RESIDUAL,
    LOSSES,
    BOTH
  }

  /** Of a candidate. */
  private record From(Matrix theta, Matrix x) {}

  /** What is asked of one model for one candidate. */
  private record Errand(From candidate, FoldModel model, Kind kind) {}

  /** How each ends, with the outer losses of the fold, from starts with Hessians. */
  List<Scored> score(List<Fits.Start> starts, List<Double> references) {
    List<Member> all =
        IntStream.range(0, starts.size())
            .mapToObj(i -> new Member(starts.get(i), references.get(i)))
            .toList();
    boolean isFirst = true;
    while (round(all, isFirst)) {
      isFirst = false;
    }
    List<Member> left = all.stream().filter(member -> member.ended().isEmpty()).toList();
    List<Function<Passes, Scored>> solves = new ArrayList<>();
    left.forEach(member -> solves.add(member::solved));
    List<Scored> rest = Fits.scored(fits.all(solves));
    return all.stream()
        .map(member -> member.ended().orElseGet(() -> rest.get(left.indexOf(member))))
        .toList();
  }

  /** Whether anything was asked for. */
  private boolean round(List<Member> all, boolean isFirst) {
    Map<Errand, List<Member>> asked = new LinkedHashMap<>();
    for (Member member : all) {
      From from = new From(member.start.theta(), member.start.x());
      FoldModel model = fits.model(member.start.fold());
      member.asked.ifPresent(
          kind ->
              asked
                  .computeIfAbsent(new Errand(from, model, kind), errand -> new ArrayList<>())
                  .add(member));
    }
    Optional<Program> start = isFirst ? atStart(asked) : Optional.empty();
    Map<List<Member>, Function<Passes, Boolean>> solves = new LinkedHashMap<>();
    asked.forEach(
        (errand, members) -> solves.put(members, own -> told(own, errand, members, start)));
    run(solves);
    return !asked.isEmpty();
  }

  /**
   * Of many candidates with the same folds of one model, whose sums of one candidate, which go by
   * one job, keep to the memory.
   */
  private Optional<Program> atStart(Map<Errand, List<Member>> asked) {
    List<List<Integer>> folds =
        asked.values().stream()
            .map(members -> members.stream().map(member -> member.start.fold()).toList())
            .distinct()
            .toList();
    List<FoldModel> models = asked.keySet().stream().map(Errand::model).distinct().toList();
    return asked.size() >= WIDE
            && folds.size() == 1
            && models.size() == 1
            && fits.mayAddUp(folds.get(0).size())
        ? Optional.of(models.get(0).residuals(folds.get(0).stream().map(fits::bound).toList()))
        : Optional.empty();
  }

  private static boolean told(
      Passes own, Errand errand, List<Member> members, Optional<Program> start) {
    Passes named = own.in(errand.kind == Kind.LOSSES ? "outer" : "inner");
    Member first = members.get(0);
    List<FoldModel.Seen> seen =
        start
            .map(residuals -> FoldModel.seen(named, residuals, first.theta, first.x))
            .orElseGet(
                () ->
                    errand.model.seen(
                        named, errand.kind, members.stream().map(Member::instance).toList()));
    IntStream.range(0, members.size()).forEach(i -> members.get(i).told(seen.get(i)));
    return true;
  }

  private void run(Map<List<Member>, Function<Passes, Boolean>> solves) {
    List<Ended<Boolean>> ended = fits.all(List.copyOf(solves.values()));
    int at = 0;
    for (List<Member> members : solves.keySet()) {
      if (ended.get(at++).failure().isPresent()) {
        members.forEach(Member::forget);
      }
    }
  }
}
