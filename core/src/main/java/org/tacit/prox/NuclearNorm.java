package org.tacit.prox;

import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.AtLeast;
import org.tacit.projection.PsdCone;

/**
 * g = lambda times the sum of the singular values of a small m x n matrix: U max(D - t, 0) V' with
 * t = step lambda. The dilation Z = [[0, X], [X', 0]] has the eigenvalues +-d, so the answer is
 * twice the upper right block of the {@link PsdCone} projection of Z - t I, and so are its
 * derivatives; where a singular value is t the derivative takes half of it. Cost: an
 * eigendecomposition of order m + n.
 */
public record NuclearNorm(Var lambda) implements Prox {
  @Override
  public Var of(Var point, Var step) {
    Var t = AtLeast.require("lambda of a nuclear norm", lambda, 0).times(step);
    int m = point.shape().rows().size();
    int n = point.shape().width();
    Var above = point.pad(Side.COLS, m, 0);
    Var below = point.transpose().pad(Side.COLS, 0, n);
    Var dilation = Var.concatenate(Side.ROWS, above, below);
    Var shift = Var.constant(Matrix.identity(m + n)).times(t);
    Var positive = new PsdCone().of(dilation.minus(shift));
    return positive.slice(Side.ROWS, 0, m).slice(Side.COLS, m, m + n).times(2);
  }
}
