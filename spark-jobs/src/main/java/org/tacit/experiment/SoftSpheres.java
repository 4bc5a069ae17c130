package org.tacit.experiment;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.NeighbourList;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * Soft spheres in a periodic square: the first half of diameter 1, the others of diameter theta.
 *
 * <pre>
 *   U(x, theta) = sum over pairs of max(0, 1 - r / s)^2 / 2 + (count / 2) |mean of x|^2
 * </pre>
 *
 * <p>r is the distance and s the mean diameter of a pair, a row of a {@link NeighbourList}. Moving
 * all of them together leaves the pairs as they are; the last term, zero with its gradient where
 * the centre is at the origin, picks the packing that stays there, and makes its Hessian regular.
 *
 * @param box the length of its sides
 */
record SoftSpheres(int count, double box) {
  private static final String PAIRS = "pairs";
  private static final double FURTHER = 0.3;
  private static final double TOUCHING = 1 - 1e-9;

  /** So many, covering this fraction of the square where theta is as given. */
  static SoftSpheres of(int count, double fraction, double theta) {
    int large = count / 2;
    double area = Math.PI / 4 * (large + (count - large) * theta * theta);
    return new SoftSpheres(count, Math.sqrt(area / fraction));
  }

  double diameter(int i, double theta) {
    return i < count / 2 ? 1 : theta;
  }

  /** Places at random, with their centre at the origin: x and y of each in turn. */
  Matrix start(Random random) {
    double[] x = new double[2 * count];
    Arrays.setAll(x, i -> box * random.nextDouble());
    double[] centre = new double[2];
    for (int i = 0; i < x.length; i++) {
      centre[i % 2] += x[i] / count;
    }
    Arrays.setAll(x, i -> x[i] - centre[i % 2]);
    return Matrix.column(x);
  }

  Condition stationary() {
    return Stationarity.of(Parameters.vector(2 * count), Parameters.vector(1), this::energy);
  }

  /** Their pairs. */
  NeighbourList neighbours() {
    return NeighbourList.of(PAIRS, box, 1, FURTHER);
  }

  /**
   * The pairs i, j in contact, as numbers i count + j. What only touches is none: FIRE leaves a
   * sphere that nothing holds where the last of its contacts lets go of it.
   */
  Set<Integer> contacts(Matrix x, double theta) {
    return neighbours().pairs(x).stream()
        .filter(p -> p.distance() < TOUCHING * meanDiameter(p, theta))
        .map(p -> p.i() * count + p.j())
        .collect(Collectors.toSet());
  }

  private double meanDiameter(NeighbourList.Pair pair, double theta) {
    return (diameter(pair.i(), theta) + diameter(pair.j(), theta)) / 2;
  }

  /** How many spheres have no contact. */
  int rattlers(Set<Integer> contacts) {
    return count
        - (int) contacts.stream().flatMap(c -> Stream.of(c / count, c % count)).distinct().count();
  }

  private Var energy(Var x, Var theta) {
    Rows pairs = new Rows(PAIRS, NeighbourList.SCHEMA);
    Var first = pairs.column("first");
    Var second = pairs.column("second");
    Var places = x.reshape(count, 2);
    Var apart = places.rows(first).minus(places.rows(second)).minus(pairs.column("image"));
    Var large = Var.constant(Matrix.filled(count / 2, 1, 1));
    Var small = theta.broadcastTo(Shape.of(count - count / 2, 1));
    Var diameters = Var.concatenate(Side.ROWS, large, small);
    Var s = diameters.rows(first).plus(diameters.rows(second)).times(0.5);
    // What is compared is r / s with 1, so that it is known which overlaps are rounding.
    Var overlap = apart.normCols().divide(s).min(Var.constant(1)).negate().plus(1);
    Var centre = places.meanRows().square().sum().times(count / 2.0);
    return overlap.square().times(0.5).sumRows().plus(centre);
  }
}
