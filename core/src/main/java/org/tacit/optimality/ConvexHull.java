package org.tacit.optimality;

import java.util.function.Function;
import org.tacit.primitive.Var;
import org.tacit.projection.Extent;
import org.tacit.projection.Projection;

/**
 * The minimiser of f(x, theta) over the convex hull of the columns of V(theta), d x k: x = V(theta)
 * p with p on the simplex of k weights, so that the unknowns of its conditions are p and {@link
 * #point} gives x, with its direct dependence on theta.
 *
 * <p>p, and with it A^-1, is unique where f is strictly convex and the vertices with weight are
 * affinely independent; else the linear solve ends as SINGULAR, and the derivative of x, not that
 * of p, is still to be had in the least-squares sense. Source: arXiv 2105.15183, appendix on
 * Frank-Wolfe.
 *
 * @param count k, the number of vertices
 * @param parameters the length of theta
 * @param vertices V(theta)
 */
public record ConvexHull(int count, int parameters, Function<Var, Var> vertices) {
  public ConvexHull {
    if (count < 1) {
      throw new IllegalArgumentException("Invalid vertices: " + count + " (must be >= 1)");
    }
  }

  private static Projection simplex(Var anyTheta) {
    return Projection.ontoSimplex(Extent.WHOLE, Var.constant(1));
  }

  /** x = V(theta) p. */
  public Var point(Var p, Var theta) {
    Var matrix = vertices.apply(theta);
    if (matrix.shape().isSharded() || matrix.shape().width() != count) {
      throw new IllegalArgumentException(
          "Invalid vertices: %s (must be replicated, with %s columns)"
              .formatted(matrix.shape(), count));
    }
    return matrix.matmul(p);
  }

  /** The condition on p by {@link ProximalGradient#onSet}, with a step near 1 / L. */
  public Condition projectedGradient(ProximalGradient.Smooth smooth) {
    return ProximalGradient.onSet(count, parameters, onWeights(smooth), ConvexHull::simplex);
  }

  /** The same with step {@code eta}. */
  public Condition projectedGradient(ProximalGradient.Smooth smooth, double eta) {
    return ProximalGradient.onSet(count, parameters, onWeights(smooth), ConvexHull::simplex, eta);
  }

  /** The condition on p by {@link MirrorDescent}, with a step near 1 / L. */
  public Condition mirrorDescent(ProximalGradient.Smooth smooth) {
    return MirrorDescent.ofSimplex(count, parameters, onWeights(smooth));
  }

  /** The same with step {@code eta}. */
  public Condition mirrorDescent(ProximalGradient.Smooth smooth, double eta) {
    return MirrorDescent.ofSimplex(count, parameters, onWeights(smooth), eta);
  }

  private ProximalGradient.Smooth onWeights(ProximalGradient.Smooth smooth) {
    return (p, theta) -> smooth.of(point(p, theta), theta);
  }
}
