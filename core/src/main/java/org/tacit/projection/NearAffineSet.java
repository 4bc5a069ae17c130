package org.tacit.projection;

import java.util.ArrayList;
import java.util.List;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.primitive.Differentiable;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Kernel;
import org.tacit.program.Shape;

/**
 * Points x, the columns of an n x k matrix, moved along the rows of A to where A x is about b: z =
 * x + A'u, or u itself, m x k. Inputs: x, A, b; rows of zeros are not rows. What {@link NearPlane}
 * is to one row: sums are in twice the precision, u counts as held, dz = dx + dA' u, and points
 * that are not far stay where they are.
 */
record NearAffineSet(Result result) implements Differentiable, Kernel {
  private static final double FAR = 8;
  private static final int MAX_ROUNDS = 40;

  /** What the output is. */
  enum Result {
    POINT,
    MULTIPLIERS
  }

  static Var of(Var x, Var a, Var b) {
    return Var.apply(new NearAffineSet(Result.POINT), List.of(x, a, b));
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    return result == Result.POINT
        ? inputs.get(0)
        : new Shape(inputs.get(1).rows(), inputs.get(0).cols());
  }

  @Override
  public Var jvp(List<Var> inputs, Var output, List<Var> tangents) {
    if (result == Result.MULTIPLIERS) {
      return Var.zero(output.shape());
    }
    Var u = Var.apply(new NearAffineSet(Result.MULTIPLIERS), inputs);
    return tangents.get(0).plus(tangents.get(1).transpose().matmul(u));
  }

  @Override
  public void evaluate(Operand[] inputs, Dense output) {
    double[][] a = ActiveConstraints.rows((Dense) inputs[1]);
    double[] b = ((Dense) inputs[2]).toMatrix().toArray();
    double[][] gram = gram(a);
    List<Matrix> found = new ArrayList<>();
    for (Matrix x : ((Dense) inputs[0]).toMatrix().columns()) {
      double[] z = x.toArray();
      double[] u = new double[b.length];
      move(a, b, gram, z, u);
      found.add(Matrix.column(result == Result.POINT ? z : u));
    }
    if (!found.isEmpty()) {
      Matrix.beside(found).window().copyTo(output);
    }
  }

  private static void move(double[][] a, double[] b, double[][] gram, double[] z, double[] u) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double[] excess = new double[b.length];
      for (int i = 0; i < b.length; i++) {
        CompensatedSum sum = new CompensatedSum().add(-b[i]);
        for (int j = 0; j < z.length; j++) {
          sum.addProduct(a[i][j], z[j]);
        }
        excess[i] = -sum.value();
      }
      double[] step = SpdSystem.solve(gram, excess);
      double[] next = z.clone();
      double before = 0;
      double after = 0;
      for (int j = 0; j < z.length; j++) {
        CompensatedSum sum = new CompensatedSum().add(z[j]);
        boolean isMoved = false;
        for (int i = 0; i < b.length; i++) {
          sum.addProduct(a[i][j], step[i]);
          isMoved |= a[i][j] != 0;
        }
        next[j] = sum.value();
        before = isMoved ? Math.max(before, Math.abs(z[j])) : before;
        after = isMoved ? Math.max(after, Math.abs(next[j])) : after;
      }
      if (!(before > FAR * after)) {
        return;
      }
      System.arraycopy(next, 0, z, 0, z.length);
      for (int i = 0; i < u.length; i++) {
        u[i] += step[i];
      }
    }
  }

  /** A A', with 1 for rows of zeros. */
  private static double[][] gram(double[][] a) {
    double[][] gram = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < a.length; k++) {
        for (int j = 0; j < a[i].length; j++) {
          gram[i][k] += a[i][j] * a[k][j];
        }
      }
      gram[i][i] = gram[i][i] == 0 ? 1 : gram[i][i];
    }
    return gram;
  }

  /** The equalities A y = b of {@link Projection#ontoAffineSet}. */
  record AffineSet(Var matrix, Var rightSide) {
    Var of(Var point) {
      return onRows(point, Var.apply(new IndependentRows(), List.of(matrix, rightSide)));
    }

    /** The projection of {@code point} on what is left of the set where G y &lt;= h. */
    Var where(Var g, Var h, Var point) {
      Var all = Var.concatenate(Side.ROWS, matrix, g);
      Var right = Var.concatenate(Side.ROWS, rightSide, h);
      Var unit = all.abs().maxCols().binaryScale();
      Var independent = Var.apply(new IndependentRows(), List.of(matrix, rightSide));
      Var kept = independent.pad(Side.ROWS, 0, h.shape().rows().size());
      Var held =
          Var.apply(
              new ActiveConstraints(matrix.shape().rows().size()),
              List.of(point, all.divide(unit), right.divide(unit), kept));
      return new AffineSet(all, right).onRows(point, held);
    }

    /** The projection on the equalities marked 1 in {@code kept} (m x 1), which are independent. */
    Var onRows(Var point, Var kept) {
      Var unit = matrix.abs().maxCols().binaryScale();
      Var a = matrix.times(kept).divide(unit);
      Var b = rightSide.times(kept).divide(unit);
      Var near = NearAffineSet.of(point, a, b);
      Var identity = Var.constant(Matrix.identity(matrix.shape().rows().size()));
      Var gram = a.matmul(a.transpose()).plus(identity.times(kept.negate().plus(1)));
      Var excess = a.matmul(near).minus(b);
      return near.minus(a.transpose().matmul(gram.solvePositiveDefinite(excess)));
    }
  }
}
