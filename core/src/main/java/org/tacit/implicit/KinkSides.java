package org.tacit.implicit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.pass.NotANumberException;

/**
 * Whether A is regular on every side of kinks across which R does not jump. There the derivative
 * solves the equations of all sides; it is the solution's where no other one does: a sphere that
 * two others touch without force stays between them when they grow, and where they shrink nothing
 * holds it.
 *
 * <p>Sides are looked for along the solution's path, forth and back, and by a seeded change of
 * every element of x and theta and its opposite, which between them cross each kink. A is singular
 * there where {@link Regularity} says so, or finds A^-1 larger than here by {@value #LARGER}.
 *
 * <p>Cost, where there is a kink: a pass; for each side that is another a linearisation and a
 * linear solve. None where A is promised to be positive definite, on all sides.
 */
record KinkSides(KinkPoint point) {
  private static final double STEP = 1e-7;
  private static final double LARGER = 1e4;

  /**
   * The kink, where A is singular beyond one of these places.
   *
   * @param correction what is known here, whose s may have crossed them
   */
  Optional<Kink> at(Set<Integer> places, Displacement path, Correction correction) {
    if (places.isEmpty() || !Regularity.isAsked(point.programs().equations().condition())) {
      return Optional.empty();
    }
    try {
      Set<Integer> singular = new LinkedHashSet<>();
      List<Displacement> sides = sides(path, correction.s().norm());
      List<Map<String, Matrix>> there =
          point.evaluate(
              point.programs().moved(),
              sides.stream().map(side -> side.of(point.values())).toList());
      for (int k = 0; k < sides.size(); k++) {
        Matrix crossed = there.get(k).get("crossed");
        List<Integer> beyond = places.stream().filter(p -> crossed.at(0, p) > 0).toList();
        if (!beyond.isEmpty() && inverse(sides.get(k)) > LARGER * correction.inverse()) {
          singular.addAll(beyond);
        }
      }
      return singular.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Kink(point.programs().sites().kinks(singular), new Kink.Given.BesideNone()));
    } catch (NotANumberException | IllegalArgumentException outside) {
      return Optional.empty();
    }
  }

  private List<Displacement> sides(Displacement path, double error) {
    Random random = new Random(20210531);
    Matrix theta = point.theta();
    double farther = 2 * error;
    Matrix dx =
        Displacement.sizes(point.x()).map(v -> (STEP * v + farther) * Displacement.signed(random));
    Matrix dtheta = Displacement.sizes(theta).map(v -> STEP * v * Displacement.signed(random));
    List<Displacement> sides = new ArrayList<>(List.of(new Displacement(dx, dtheta)));
    if (path.isFinite()) {
      sides.add(path.ofLength(STEP * Displacement.sizes(theta).maxAbs()));
    }
    List.copyOf(sides).forEach(side -> sides.add(side.times(-1)));
    return sides;
  }

  private double inverse(Displacement side) {
    ImplicitSolution solution = point.solution();
    Solution there =
        new Solution(
            solution.x().plus(side.dx()),
            Outcome.CONVERGED,
            "beside",
            0,
            0,
            0,
            OptionalDouble.empty());
    try (ImplicitSolution beside = solution.beside(there, solution.theta().plus(side.dtheta()))) {
      Matrix probe = Regularity.probe(there.value().rows());
      return Regularity.inverse(beside.inverse(probe, false), 0);
    }
  }
}
