package org.tacit.implicit;

import java.util.List;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Cone;
import org.tacit.optimality.ProximalGradient;
import org.tacit.primitive.Var;
import org.tacit.projection.BoxSection;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;

/**
 * A set or a penalty g with a point theta on a kink of argmin over x of 1/2 |x - theta|^2 + g(x).
 *
 * @param prox of points and results of theta's size
 */
record KinkCase(String name, Prox prox, Matrix theta) {
  private static final Var ONE = Var.constant(1);

  static List<KinkCase> all() {
    return List.of(
        set("ontoNonNegative", Projection.ontoNonNegative(), 0, 1, -1),
        set("ontoBox", Projection.ontoBox(Var.constant(0), ONE), 0, 0.5, 2),
        set("ontoBox", Projection.ontoBox(Var.constant(-1), ONE), 1, 0.2, -3),
        set("ontoLInfinityBall", Projection.ontoLInfinityBall(ONE), 1, 0.3, -2),
        set("ontoSimplex", Projection.ontoSimplex(Extent.WHOLE, ONE), 1, 1, 0.5),
        set("ontoSparseSimplex", Projection.ontoSparseSimplex(Extent.WHOLE, 2, ONE), 1, 0, -2),
        set(
            "ontoCappedSimplex",
            Projection.ontoCappedSimplex(Extent.WHOLE, Var.constant(0.6), ONE),
            0.6,
            0.3,
            0.1),
        set("ontoL1Ball", Projection.ontoL1Ball(Extent.WHOLE, ONE), 0.5, -0.3, 0.2),
        set("ontoL1Sphere", Projection.ontoL1Sphere(Extent.WHOLE, ONE), 1, -1, 0.5),
        set("ontoL2Ball", Projection.ontoL2Ball(Extent.WHOLE, ONE), 0.6, 0.8),
        set(
            "ontoHalfspace",
            Projection.ontoHalfspace(Extent.WHOLE, column(1, 2), Var.constant(1.3)),
            0.5,
            0.4),
        set(
            "BoxSection",
            new BoxSection(
                Extent.WHOLE, Var.constant(-1), ONE, column(1, 2, -1), Var.constant(1.1)),
            1,
            0.2,
            0.3),
        squares("ontoTransport", Projection.ontoTransport(column(1, 1), column(1, 1)), 1, 0, 0, 1),
        squares("ontoBirkhoff", Projection.ontoBirkhoff(2), 1, 0, 0, 1),
        set(
            "ontoPolyhedron",
            Projection.ontoPolyhedron(
                Var.constant(Matrix.of(1, 3, 1, 1, 1)),
                ONE,
                Var.constant(Matrix.of(1, 3, 1, 0, 0)),
                Var.constant(0.5)),
            0.5,
            0.3,
            0.2),
        set("ontoIncreasing", Projection.ontoIncreasing(Extent.WHOLE), 1, 1, 2),
        set("ontoDecreasing", Projection.ontoDecreasing(Extent.WHOLE), 3, 1, 1),
        set(
            "ontoDecreasing",
            Projection.ontoDecreasing(Extent.WHOLE, Var.constant(-1), ONE),
            1,
            0.2,
            -0.5),
        set(
            "ontoPermutahedron",
            Projection.ontoPermutahedron(Extent.WHOLE, column(3, 2, 1)),
            5,
            4,
            1),
        set("ontoSecondOrderCone", Projection.ontoSecondOrderCone(), 5, 3, 4),
        set("ontoExponentialCone", Projection.ontoExponentialCone(), 0, 1, 1),
        new KinkCase(
            "ontoPsdCone",
            Prox.indicator(Cone.positiveSemidefinite(2).projection()),
            Matrix.column(1, Math.sqrt(2), 1)),
        penalty("lasso", Prox.lasso(ONE), 1, 3, -0.2),
        penalty("elasticNet", Prox.elasticNet(ONE, ONE), -1, 3, -0.2),
        penalty("nonNegativeLasso", Prox.nonNegativeLasso(ONE), 1, 3, -0.2),
        penalty("nonNegativeRidge", Prox.nonNegativeRidge(ONE), 0, 3, -0.2),
        penalty("logPenalty", Prox.logPenalty(ONE, Var.constant(2)), 0.5, 3, -0.2),
        penalty("groupLasso", Prox.groupLasso(Extent.WHOLE, Var.constant(5)), 3, 4),
        penalty("sortedL1", Prox.sortedL1(Extent.WHOLE, column(2, 1, 0.5)), 4, -3, 2),
        penalty("totalVariation", Prox.totalVariation(Extent.WHOLE, ONE), 0, 1, 5),
        new KinkCase(
            "nuclearNorm",
            (x, step) -> Prox.nuclearNorm(ONE).of(x.reshape(2, 2), step).reshape(4, 1),
            Matrix.column(1, 0, 0, 3)));
  }

  /** Those of which no point is on a kink, or none that has a value. */
  static List<String> smooth() {
    return List.of(
        "ontoAffineSet",
        "ontoHyperplane",
        "ontoL2Sphere",
        "ontoKlSimplex",
        "ontoKlTransport",
        "ontoKlBirkhoff",
        "ridge",
        "negativeLog",
        "none",
        "indicator");
  }

  private static Var column(double... elements) {
    return Var.constant(Matrix.column(elements));
  }

  private static KinkCase set(String name, Projection set, double... theta) {
    return new KinkCase(name, Prox.indicator(set), Matrix.column(theta));
  }

  /** Of 2 x 2 matrices. */
  private static KinkCase squares(String name, Projection set, double... theta) {
    return new KinkCase(
        name, (x, step) -> set.of(x.reshape(2, 2)).reshape(4, 1), Matrix.column(theta));
  }

  private static KinkCase penalty(String name, Prox prox, double... theta) {
    return new KinkCase(name, prox, Matrix.column(theta));
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
