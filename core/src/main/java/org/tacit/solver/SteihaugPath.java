package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.LinearOperator;
import org.tacit.operator.Structure;

/**
 * The steps that conjugate gradients take towards the minimum of the model m(s) = g's + 1/2 s'Hs,
 * whose norms grow. It ends inside the trust region when |g + H s| is small enough, at its
 * boundary, or along a direction of negative curvature. A smaller region's step is a point of the
 * same path and needs no product. Source: Steihaug, SIAM J. Numer. Anal. 20 (1983).
 */
final class SteihaugPath {
  private final Matrix gradient;
  private final List<Node> nodes = new ArrayList<>();

  /** A step with its product. */
  record Node(Matrix s, Matrix hs) {
    private Node plus(double factor, Node other) {
      return new Node(s.plus(factor, other.s), hs.plus(factor, other.hs));
    }
  }

  private SteihaugPath(Matrix gradient) {
    this.gradient = gradient;
  }

  /** The whole Newton step of a small H where that is a minimum; else the path of its products. */
  static SteihaugPath ofSmall(Matrix hessian, Matrix gradient, double radius, double enough) {
    Optional<Matrix> newton = Factorisation.cholesky(hessian).map(h -> h.solve(gradient.times(-1)));
    if (newton.isEmpty() || !newton.get().isFinite() || newton.get().norm() > radius) {
      return of(new DenseOperator(hessian, Structure.SYMMETRIC), gradient, radius, enough);
    }
    SteihaugPath path = new SteihaugPath(gradient);
    Matrix zero = Matrix.zeros(gradient.rows(), 1);
    path.nodes.add(new Node(zero, zero));
    path.nodes.add(new Node(newton.get(), hessian.times(newton.get())));
    return path;
  }

  /** The path within {@code radius}; one product a step. */
  static SteihaugPath of(LinearOperator hessian, Matrix gradient, double radius, double enough) {
    SteihaugPath path = new SteihaugPath(gradient);
    Matrix zero = Matrix.zeros(gradient.rows(), 1);
    Node at = new Node(zero, zero);
    path.nodes.add(at);
    Matrix residual = gradient;
    Matrix p = gradient.times(-1);
    double squared = residual.dot(residual);
    for (int k = 0; k < 2 * gradient.rows() && Math.sqrt(squared) > enough; k++) {
      Node along = new Node(p, hessian.apply(p));
      double curvature = p.dot(along.hs());
      double reach = toRadius(at.s(), p, radius);
      double t = curvature > 0 ? Math.min(reach, squared / curvature) : reach;
      at = at.plus(t, along);
      path.nodes.add(at);
      if (t == reach) {
        break;
      }
      residual = gradient.plus(at.hs());
      double next = residual.dot(residual);
      p = p.times(next / squared).minus(residual);
      squared = next;
    }
    return path;
  }

  /** t with |s + t p| = radius. */
  private static double toRadius(Matrix s, Matrix p, double radius) {
    double pp = p.dot(p);
    double sp = s.dot(p);
    double left = radius * radius - s.dot(s);
    double root = Math.sqrt(sp * sp + pp * Math.max(0, left));
    return sp > 0 ? left / (sp + root) : (root - sp) / pp;
  }

  /** The path's point at this radius, or its end. */
  Node within(double radius) {
    for (int k = 1; k < nodes.size(); k++) {
      Node from = nodes.get(k - 1);
      Node to = nodes.get(k);
      if (to.s().norm() > radius) {
        Node along = to.plus(-1, from);
        return from.plus(toRadius(from.s(), along.s(), radius), along);
      }
    }
    return nodes.get(nodes.size() - 1);
  }

  /** -m(s), what the model wins. */
  double decrease(Node node) {
    return -gradient.dot(node.s()) - 0.5 * node.s().dot(node.hs());
  }
}
