package org.tacit.experiment;

import java.util.Arrays;
import java.util.Random;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Stationarity;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/**
 * Soft spheres in a periodic square: the first half of diameter 1, the others of diameter theta,
 * with sum over pairs of overlap^2 / 2 + (count / 2) |mean of x|^2. The last term, zero at the
 * minimum, picks the packing whose centre stays at the origin.
 *
 * @param box the length of its sides
 */
record SoftSpheres(int count, double box) {
  private static final double TOUCHING = 1e-9;

  /** So many, covering this fraction of the square where theta is as given. */
  static SoftSpheres of(int count, double fraction, double theta) {
    Matrix diameters = diameters(count, theta);
    double area = Math.PI / 4 * diameters.dot(diameters);
    return new SoftSpheres(count, Math.sqrt(area / fraction));
  }

  static Matrix diameters(int count, double theta) {
    double[] all = new double[count];
    Arrays.fill(all, 0, count / 2, 1);
    Arrays.fill(all, count / 2, count, theta);
    return Matrix.column(all);
  }

  /** Places at random, with their centre at the origin: x and y of each in turn. */
  Matrix start(Random random) {
    Matrix drawn = Matrix.zeros(count, 2).map(none -> box * random.nextDouble());
    Matrix ones = Matrix.filled(count, 1, 1);
    Matrix centre = ones.transpose().times(drawn).times(1.0 / count);
    return drawn.minus(ones.times(centre)).reshape(2 * count, 1);
  }

  Condition stationary() {
    return Stationarity.of(Parameters.vector(2 * count), Parameters.vector(1), this::energy);
  }

  NeighbourList neighbours() {
    return NeighbourList.of("pairs", box, 1, 0.3);
  }

  private Var energy(Var x, Var theta) {
    Var large = Var.constant(Matrix.filled(count / 2, 1, 1));
    Var small = theta.broadcastTo(Shape.of(count - count / 2, 1));
    Var overlap = Pairs.of("pairs").overlap(x, Var.concatenate(Side.ROWS, large, small));
    Var centre = x.reshape(count, 2).meanRows().square().sum();
    return overlap.square().sumRows().plus(centre.times(count)).times(0.5);
  }

  /** How many pairs are in contact; those that FIRE left touching are not. */
  int contacts(Matrix x, double theta) {
    return neighbours().overlapping(x, diameters(count, theta), TOUCHING).size();
  }

  /** A packing, and where it goes. */
  Picture picture(double theta, SensitivityCheck of) {
    String title = "Where " + count + " jammed spheres go as the small ones grow";
    return BoxPicture.of(box, diameters(count, theta), of.x(), of.moved())
        .picture("packing", title, "blue: diameter 1; orange: theta = " + theta);
  }
}
