package org.tacit.implicit;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Cone;
import org.tacit.optimality.ProximalGradient;
import org.tacit.primitive.Var;
import org.tacit.projection.AffineSet;
import org.tacit.projection.Box;
import org.tacit.projection.BoxSection;
import org.tacit.projection.CappedSimplex;
import org.tacit.projection.ExponentialCone;
import org.tacit.projection.Extent;
import org.tacit.projection.Halfspace;
import org.tacit.projection.Isotonic;
import org.tacit.projection.L1Ball;
import org.tacit.projection.L1Sphere;
import org.tacit.projection.L2Ball;
import org.tacit.projection.LInfinityBall;
import org.tacit.projection.NonNegative;
import org.tacit.projection.OrderSimplex;
import org.tacit.projection.Permutahedron;
import org.tacit.projection.Polyhedron;
import org.tacit.projection.Projection;
import org.tacit.projection.SecondOrderCone;
import org.tacit.projection.Simplex;
import org.tacit.projection.SparseSimplex;
import org.tacit.projection.Transport;
import org.tacit.prox.ElasticNet;
import org.tacit.prox.GroupLasso;
import org.tacit.prox.Indicator;
import org.tacit.prox.Lasso;
import org.tacit.prox.LogPenalty;
import org.tacit.prox.NonNegativeLasso;
import org.tacit.prox.NonNegativeRidge;
import org.tacit.prox.NuclearNorm;
import org.tacit.prox.Prox;
import org.tacit.prox.SortedL1;
import org.tacit.prox.TotalVariation;

/**
 * A set or a penalty g with a point theta on a kink of argmin over x of 1/2 |x - theta|^2 + g(x).
 *
 * @param prox of points and results of theta's size
 */
record KinkCase(String name, Prox prox, Matrix theta) {
  private static final Var ONE = Var.constant(1);

  static List<KinkCase> all() {
    return List.of(
        set(new NonNegative(), 0, 1, -1),
        set(Box.hypercube(ONE), 0, 0.5, 2),
        set(new Box(Var.constant(-1), ONE), 1, 0.2, -3),
        set(new LInfinityBall(ONE), 1, 0.3, -2),
        set(Simplex.ofAll(ONE), 1, 1, 0.5),
        set(SparseSimplex.ofAll(2, ONE), 1, 0, -2),
        set(CappedSimplex.ofAll(Var.constant(0.6), ONE), 0.6, 0.3, 0.1),
        set(L1Ball.ofAll(ONE), 0.5, -0.3, 0.2),
        set(L1Sphere.ofAll(ONE), 1, -1, 0.5),
        set(L2Ball.ofAll(ONE), 0.6, 0.8),
        set(Halfspace.ofAll(column(1, 2), Var.constant(1.3)), 0.5, 0.4),
        set(
            new BoxSection(
                Extent.WHOLE, Var.constant(-1), ONE, column(1, 2, -1), Var.constant(1.1)),
            1,
            0.2,
            0.3),
        squares(new Transport(column(1, 1), column(1, 1)), 1, 0, 0, 1),
        set(
            new Polyhedron(
                new AffineSet(Var.constant(Matrix.of(1, 3, 1, 1, 1)), ONE),
                Var.constant(Matrix.of(1, 3, 1, 0, 0)),
                Var.constant(0.5)),
            0.5,
            0.3,
            0.2),
        set(Isotonic.ofAll(), 1, 1, 2),
        set(Isotonic.ofAll().decreasing(), 3, 1, 1),
        set(OrderSimplex.ofAll(Var.constant(-1), ONE), 1, 0.2, -0.5),
        set(Permutahedron.ofAll(column(3, 2, 1)), 5, 4, 1),
        set(new SecondOrderCone(), 5, 3, 4),
        set(new ExponentialCone(), 0, 1, 1),
        new KinkCase(
            "PsdCone",
            new Indicator(Cone.positiveSemidefinite(2).projection()),
            Matrix.column(1, Math.sqrt(2), 1)),
        penalty(new Lasso(ONE), 1, 3, -0.2),
        penalty(new ElasticNet(ONE, ONE), -1, 3, -0.2),
        penalty(new NonNegativeLasso(ONE), 1, 3, -0.2),
        penalty(new NonNegativeRidge(ONE), 0, 3, -0.2),
        penalty(new LogPenalty(ONE, Var.constant(2)), 0.5, 3, -0.2),
        penalty(GroupLasso.ofAll(Var.constant(5)), 3, 4),
        penalty(SortedL1.ofAll(column(2, 1, 0.5)), 4, -3, 2),
        penalty(TotalVariation.ofAll(ONE), 0, 1, 5),
        new KinkCase(
            "NuclearNorm",
            (x, step) -> new NuclearNorm(ONE).of(x.reshape(2, 2), step).reshape(4, 1),
            Matrix.column(1, 0, 0, 3)));
  }

  /** Those of which no point is on a kink, or none that has a value. */
  static List<String> smooth() {
    return List.of(
        "AffineSet",
        "Hyperplane",
        "L2Sphere",
        "KlSimplex",
        "EntropicTransport",
        "Ridge",
        "NegativeLog",
        "NoPenalty",
        "Indicator");
  }

  private static Var column(double... elements) {
    return Var.constant(Matrix.column(elements));
  }

  private static KinkCase set(Projection set, double... theta) {
    return new KinkCase(set.getClass().getSimpleName(), new Indicator(set), Matrix.column(theta));
  }

  /** Of 2 x 2 matrices. */
  private static KinkCase squares(Projection set, double... theta) {
    return new KinkCase(
        set.getClass().getSimpleName(),
        (x, step) -> set.of(x.reshape(2, 2)).reshape(4, 1),
        Matrix.column(theta));
  }

  private static KinkCase penalty(Prox prox, double... theta) {
    return new KinkCase(prox.getClass().getSimpleName(), prox, Matrix.column(theta));
  }

  Condition condition() {
    int n = theta.rows();
    return ProximalGradient.of(
        n,
        n,
        (x, t) -> x.minus(t).square().sum().times(0.5),
        (point, t, eta) -> prox.of(point, eta));
  }

  @Override
  public String toString() {
    return name + " at " + theta;
  }
}
