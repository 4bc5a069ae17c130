package org.tacit.projection;

import java.util.List;
import java.util.stream.IntStream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.primitive.LocallyConstant;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Which constraints C y (= or &lt;=) d hold the nearest point of a polyhedron, independent ones, m
 * x 1. Inputs: the point (n x 1), C (m x n), d (m x 1), and which equalities are kept (m x 1; the
 * first {@code equalities} rows are equalities). The dual active set method of Goldfarb and Idnani,
 * A numerically stable dual method for solving strictly convex quadratic programs, 1983. For a
 * point far away it is done again from nearer by.
 */
record ActiveConstraints(int equalities) implements LocallyConstant, Kernel {
  private static final double TOLERANCE = 1e-13;

  /** How many times as far from the origin as its projection a point may be. */
  private static final double FAR = 10;

  private static final int MAX_ROUNDS = 30;

  @Override
  public Shape shape(List<Shape> inputs) {
    Shape c = inputs.get(1);
    Shape.require(
        !inputs.get(0).isSharded() && inputs.get(0).equals(Shape.of(c.width(), 1)),
        "Invalid shapes: a point of %s with constraints of %s (must be n x 1 and m x n,"
            + " replicated)",
        inputs.get(0),
        c);
    return inputs.get(2);
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    ActiveSet set = solved(inputs);
    for (int i = 0; i < output.rows(); i++) {
      output.data()[output.at(i)] = set.holds(i) ? 1 : 0;
    }
  }

  @Override
  public String kink() {
    return "a constraint of a polyhedron is just met with no force to keep it so";
  }

  @Override
  public void margins(Operand[] inputs, Dense value, Margins margins) {
    ActiveSet set = solved(inputs);
    for (int i = 0; i < value.rows(); i++) {
      if (i < equalities) {
        margins.none(i, 0);
      } else {
        margins.set(i, 0, set.distance(i), set.size(i), value.data()[value.at(i)]);
      }
    }
  }

  private ActiveSet solved(Operand[] inputs) {
    double[] point = ((Dense) inputs[0]).toMatrix().toArray();
    double[][] matrix = rows((Dense) inputs[1]);
    double[] right = ((Dense) inputs[2]).toMatrix().toArray();
    double[] kept = ((Dense) inputs[3]).toMatrix().toArray();
    ActiveSet set = found(matrix, right, kept, point);
    for (int round = 0; set.farness(point) > FAR; round++) {
      if (round == MAX_ROUNDS) {
        throw unconverged(MAX_ROUNDS + " rounds");
      }
      point = set.nearer(point);
      set = found(matrix, right, kept, point);
    }
    return set;
  }

  private ActiveSet found(double[][] matrix, double[] right, double[] kept, double[] point) {
    ActiveSet set = new ActiveSet(matrix, right, point);
    set.meet(IntStream.range(0, equalities).filter(i -> kept[i] != 0).boxed().toList());
    int limit = 100 + 20 * right.length;
    for (int k = 0; ; k++) {
      int worst = worst(set, right.length);
      if (worst < 0) {
        return set;
      } else if (k == limit) {
        throw unconverged(limit + " constraints tried");
      }
      set.add(worst);
    }
  }

  private static IllegalArgumentException unconverged(String how) {
    return new IllegalArgumentException(
        "Unconverged polyhedron projection: "
            + how
            + " (must end; scale the constraints' rows and the point alike)");
  }

  /** The most violated inequality; -1 when none is. */
  private int worst(ActiveSet set, int count) {
    int worst = -1;
    double most = TOLERANCE;
    for (int i = equalities; i < count; i++) {
      double violation = set.relativeViolation(i);
      if (!set.holds(i) && violation > most) {
        most = violation;
        worst = i;
      }
    }
    return worst;
  }

  static double[][] rows(Dense x) {
    double[][] rows = new double[x.rows()][x.cols()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x.data(), x.at(i), rows[i], 0, x.cols());
    }
    return rows;
  }
}
