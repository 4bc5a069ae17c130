package org.tacit.projection;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Var;

/** Every convex set, one line each. */
final class SetCatalogue {
  private static final int N = 6;
  private static final Draw POINT = Draw.normal(N, 1);
  private static final Draw NUMBER = Draw.number(0.5, 2);

  private SetCatalogue() {}

  static List<SetCase> all() {
    return List.of(
        plain("non-negative", p -> Projection.ontoNonNegative(), p -> below(p, 0)),
        sized(
            "hypercube",
            p -> Projection.ontoBox(Var.constant(0), p),
            (p, r) -> below(p, 0) + above(p, r)),
        sized(
            "l-infinity ball", Projection::ontoLInfinityBall, (p, r) -> above(p.map(Math::abs), r)),
        sized(
            "simplex",
            r -> Projection.ontoSimplex(Extent.WHOLE, r),
            (p, r) -> below(p, 0) + off(sum(p), r)),
        sized(
            "l1 ball",
            r -> Projection.ontoL1Ball(Extent.WHOLE, r),
            (p, r) -> Math.max(0, sum(p.map(Math::abs)) - r)),
        sized(
            "l2 ball",
            r -> Projection.ontoL2Ball(Extent.WHOLE, r),
            (p, r) -> Math.max(0, p.norm() - r)),
        new SetCase(
            "capped simplex",
            v -> Projection.ontoCappedSimplex(Extent.WHOLE, v.get(0), v.get(1)),
            POINT,
            List.of(Draw.number(0.5, 0.7), NUMBER),
            List.of(NUMBER, NUMBER),
            List.of(1, 1),
            (p, m) -> below(p, 0) + above(p, m.get(0).value()) + off(sum(p), m.get(1).value())),
        new SetCase(
            "box",
            v -> Projection.ontoBox(v.get(0), v.get(1)),
            POINT,
            List.of(Draw.between(-1, 0, N, 1), Draw.between(0.1, 1, N, 1)),
            List.of(POINT, POINT),
            List.of(1, 1),
            (p, m) -> below(p.minus(m.get(0)), 0) + above(p.minus(m.get(1)), 0)),
        new SetCase(
            "hyperplane",
            v -> Projection.ontoHyperplane(Extent.WHOLE, v.get(0), v.get(1)),
            POINT,
            List.of(POINT, NUMBER),
            List.of(POINT, NUMBER),
            List.of(0, 1),
            (p, m) -> off(p.dot(m.get(0)), m.get(1).value())),
        new SetCase(
            "halfspace",
            v -> Projection.ontoHalfspace(Extent.WHOLE, v.get(0), v.get(1)),
            POINT,
            List.of(POINT, NUMBER),
            List.of(POINT, NUMBER),
            List.of(0, 1),
            (p, m) -> Math.max(0, p.dot(m.get(0)) - m.get(1).value())),
        new SetCase(
            "affine set",
            v -> Projection.ontoAffineSet(v.get(0), v.get(1)),
            POINT,
            List.of(Draw.normal(3, N), Draw.normal(3, 1)),
            List.of(Draw.normal(3, N), Draw.normal(3, 1)),
            List.of(0, 1),
            (p, m) -> m.get(0).times(p).minus(m.get(1)).norm()),
        new SetCase(
            "box section",
            v -> new BoxSection(Extent.WHOLE, v.get(0), v.get(1), v.get(2), v.get(3)),
            POINT,
            List.of(
                Draw.between(-1, -0.5, N, 1),
                Draw.between(0.5, 1, N, 1),
                Draw.normal(N, 1),
                Draw.number(-0.2, 0.2)),
            List.of(POINT, POINT, POINT, NUMBER),
            List.of(1, 1, 0, 1),
            (p, m) ->
                below(p.minus(m.get(0)), 0)
                    + above(p.minus(m.get(1)), 0)
                    + off(p.dot(m.get(2)), m.get(3).value())),
        new SetCase(
            "transport",
            v -> Projection.ontoTransport(v.get(0), v.get(1)),
            Draw.normal(3, 4),
            List.of(margin(3), margin(4)),
            List.of(Draw.normal(3, 1).summingTo(0), Draw.normal(4, 1).summingTo(0)),
            List.of(1, 1),
            (p, m) ->
                below(p, 0)
                    + p.times(Matrix.filled(4, 1, 1)).minus(m.get(0)).norm()
                    + p.transpose().times(Matrix.filled(3, 1, 1)).minus(m.get(1)).norm()),
        new SetCase(
            "polyhedron",
            v -> Projection.ontoPolyhedron(v.get(0), v.get(1), v.get(2), v.get(3)),
            POINT,
            List.of(
                Draw.normal(2, N),
                Draw.normal(2, 1).times(0.1),
                Draw.normal(8, N),
                Draw.between(0.5, 1.5, 8, 1)),
            List.of(Draw.normal(2, N), Draw.normal(2, 1), Draw.normal(8, N), Draw.normal(8, 1)),
            List.of(0, 1, 0, 1),
            (p, m) ->
                m.get(0).times(p).minus(m.get(1)).norm()
                    + above(m.get(2).times(p).minus(m.get(3)), 0)),
        plain("isotonic", p -> Projection.ontoIncreasing(Extent.WHOLE), SetCatalogue::descent),
        sized(
            "isotonic within bounds",
            r -> Projection.ontoIncreasing(Extent.WHOLE, r.negate(), r),
            (p, r) -> descent(p) + above(p.map(Math::abs), r)),
        plain(
            "decreasing", p -> Projection.ontoDecreasing(Extent.WHOLE), p -> descent(p.times(-1))),
        sized(
            "order simplex",
            r -> Projection.ontoDecreasing(Extent.WHOLE, r.negate(), r),
            (p, r) -> descent(p.times(-1)) + above(p.map(Math::abs), r)),
        new SetCase(
            "permutahedron",
            v -> Projection.ontoPermutahedron(Extent.WHOLE, v.get(0)),
            POINT,
            List.of(POINT),
            List.of(POINT),
            List.of(1),
            (p, m) -> off(sum(p), sum(m.get(0)))),
        plain(
            "second-order cone",
            p -> Projection.ontoSecondOrderCone(),
            p -> Math.max(0, Math.sqrt(p.dot(p) - p.at(0) * p.at(0)) - p.at(0))),
        new SetCase(
            "exponential cone",
            v -> Projection.ontoExponentialCone(),
            Draw.normal(3, 1),
            List.of(),
            List.of(),
            List.of(),
            (p, m) ->
                p.at(1) > 0
                    ? Math.max(0, p.at(1) * Math.exp(p.at(0) / p.at(1)) - p.at(2))
                    : -p.at(1) + Math.max(0, p.at(0)) + Math.max(0, -p.at(2))),
        new SetCase(
            "positive semidefinite cone",
            v -> Projection.ontoPsdCone(),
            Draw.symmetric(4),
            List.of(),
            List.of(),
            List.of(),
            (p, m) -> leastEigenvalueBelowZero(p)));
  }

  private static Draw margin(int n) {
    return Draw.between(0.5, 1.5, n, 1).summingTo(4);
  }

  private static SetCase plain(
      String name, Function<List<Var>, Projection> set, Function<Matrix, Double> violation) {
    return new SetCase(
        name, set, POINT, List.of(), List.of(), List.of(), (p, nothing) -> violation.apply(p));
  }

  private static SetCase sized(
      String name, Function<Var, Projection> set, BiFunction<Matrix, Double, Double> violation) {
    return new SetCase(
        name,
        v -> set.apply(v.get(0)),
        POINT,
        List.of(NUMBER),
        List.of(NUMBER),
        List.of(1),
        (p, m) -> violation.apply(p, m.get(0).value()));
  }

  private static double sum(Matrix x) {
    return x.dot(x.map(z -> 1));
  }

  private static double off(double a, double b) {
    return Math.abs(a - b);
  }

  private static double below(Matrix x, double bound) {
    return largest(x, z -> bound - z);
  }

  private static double above(Matrix x, double bound) {
    return largest(x, z -> z - bound);
  }

  private static double largest(Matrix x, DoubleUnaryOperator excess) {
    return x.map(z -> Math.max(0, excess.applyAsDouble(z))).maxAbs();
  }

  private static double descent(Matrix x) {
    double most = 0;
    for (int i = 1; i < x.size(); i++) {
      most = Math.max(most, x.at(i - 1) - x.at(i));
    }
    return most;
  }

  /** By Rayleigh quotients of the power method on c I - X. */
  private static double leastEigenvalueBelowZero(Matrix x) {
    double c = x.norm() + 1;
    Matrix v = Matrix.column(0.3, -0.5, 0.7, 0.4);
    for (int k = 0; k < 2000; k++) {
      Matrix next = v.times(c).minus(x.times(v));
      v = next.times(1 / next.norm());
    }
    return Math.max(0, -v.dot(x.times(v)));
  }
}
