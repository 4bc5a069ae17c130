package org.tacit.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/**
 * One line of the catalogue that the laws of projections run over.
 *
 * @param set the set with these parameters
 * @param points where points and their directions are drawn from
 * @param parameters where parameters are drawn from
 * @param moves where their directions are drawn from
 * @param degrees of each parameter 1 if it is measured in the units of points, else 0
 * @param violation how far a point is outside the set, in plain Java
 */
record SetCase(
    String name,
    Function<List<Var>, Projection> set,
    Draw points,
    List<Draw> parameters,
    List<Draw> moves,
    List<Integer> degrees,
    BiFunction<Matrix, List<Matrix>, Double> violation) {
  /** The case at a random place. */
  MapCase at(Random random) {
    List<Matrix> arguments = new ArrayList<>(List.of(points.from(random).times(2)));
    List<Matrix> directions = new ArrayList<>(List.of(points.from(random)));
    parameters.forEach(draw -> arguments.add(draw.from(random)));
    moves.forEach(draw -> directions.add(draw.from(random)));
    return new MapCase(v -> set.apply(v.subList(1, v.size())).of(v.get(0)), arguments, directions);
  }

  /** A case with its point, and its parameters as far as they have units, times {@code unit}. */
  MapCase scaled(MapCase trial, double unit) {
    List<Matrix> arguments = new ArrayList<>(List.of(trial.arguments().get(0).times(unit)));
    for (int i = 0; i < degrees.size(); i++) {
      Matrix parameter = trial.arguments().get(i + 1);
      arguments.add(degrees.get(i) == 1 ? parameter.times(unit) : parameter);
    }
    return new MapCase(trial.map(), arguments, trial.directions());
  }

  @Override
  public String toString() {
    return name;
  }
}
