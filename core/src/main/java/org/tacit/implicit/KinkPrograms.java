package org.tacit.implicit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tacit.autodiff.Substitution;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.primitive.Kinked;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;

/**
 * What is measured at the places where F or the outer value may have kinks ({@link KinkSites}): a
 * number for each place, sums over its elements and rows, so that no pass is added.
 *
 * @param all the places
 * @param ofPenalty those of the proximal map alone
 * @param areHidden whether there are others, inside of solutions that are values here
 */
record KinkPrograms(List<Node> all, Set<Node> ofPenalty, boolean areHidden) {
  /**
   * What of its size a compared value may be from a kink and count as on it: some 1e5 units of
   * rounding, which is what cancelling sums leave.
   */
  static final double ROUNDING = 1e-11;

  KinkPrograms {
    all = List.copyOf(all);
    ofPenalty = Set.copyOf(ofPenalty);
  }

  static KinkPrograms of(DerivativeEquations equations) {
    Condition condition = equations.condition();
    List<Var> moving = List.of(condition.x(), condition.theta());
    List<Var> smooth = new ArrayList<>();
    equations.outer().ifPresent(smooth::add);
    condition.as(Composite.class).map(Composite::gradient).ifPresent(smooth::add);
    List<Var> values = new ArrayList<>(smooth);
    values.add(condition.residual());
    List<Node> all = KinkSites.in(values, moving);
    Set<Node> ofPenalty =
        new LinkedHashSet<>(condition.as(Composite.class).isPresent() ? all : List.of());
    KinkSites.in(smooth, moving).forEach(ofPenalty::remove);
    return new KinkPrograms(all, ofPenalty, KinkSites.areHidden(values, moving));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** How many elements are on a kink to rounding, 1 x places. */
  Var standing() {
    return beside(site -> KinkSites.standing(site, ROUNDING));
  }

  /** {@link KinkSites#nearness}, 1 x places. */
  Var nearness() {
    return beside(KinkSites::nearness);
  }

  /** How many elements are in another piece when values are replaced by those there, 1 x places. */
  Var crossed(Map<Var, Var> there) {
    return beside(
        site -> {
          Var margins = Margin.of(site);
          Var before = Margin.pieces(margins);
          Var after = Margin.pieces(Substitution.in(margins, there));
          return Var.constant(1).minus(before.equalTo(after)).sum();
        });
  }

  private Var beside(Function<Node, Var> number) {
    return Var.concatenate(Side.COLS, all.stream().map(number).toList());
  }

  /** What holds on kinks of the proximal map, and on no others. */
  List<String> kinksOfPenalty() {
    List<Integer> places = IntStream.range(0, all.size()).boxed().toList();
    List<String> others =
        kinks(places.stream().filter(k -> !ofPenalty.contains(all.get(k))).toList());
    return kinks(places).stream().filter(kink -> !others.contains(kink)).toList();
  }

  /** What holds at these places where there is a kink, each said once. */
  List<String> kinks(Collection<Integer> places) {
    return places.stream().map(k -> ((Kinked) all.get(k).operation()).kink()).distinct().toList();
  }
}
