package org.tacit.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The whole Hessian of an objective that sees rows through their margins alone ({@link
 * MarginForm}), by its symmetry:
 *
 * <pre>
 *   H = R + J' C J = R + P' G P      G = sum_i (x_i, 1) (x_i, 1)' (x) C_i
 * </pre>
 *
 * <p>with R the Hessian without rows, and P from unknowns to weights and shifts. G has a block X'
 * diag(c) X for each pair of outputs, of which the upper triangle is summed: n p^2 flop a pair, a
 * quarter of what products with unit vectors take. One pass.
 */
public final class MarginHessian {
  private final MarginForm form;
  private final Structure structure;
  private final JacobianOperator.Linearised rest;
  private final JacobianOperator.Linearised map;
  private final Program sums;

  private MarginHessian(MarginForm form, Var v, Structure structure) {
    this.form = form;
    this.structure = structure;
    this.rest = JacobianOperator.of(form.rest(), v, Structure.SYMMETRIC);
    Var weights = form.weights().reshape(form.weights().shape().size(), 1);
    Var shift = form.shift().reshape(form.outputs(), 1);
    this.map =
        JacobianOperator.of(Var.concatenate(Side.ROWS, weights, shift), v, Structure.GENERAL);
    List<Var> pairs = new ArrayList<>();
    for (int c = 0; c < form.outputs(); c++) {
      pairs.add(form.curvature().get(c).slice(Side.COLS, c, form.outputs()));
    }
    Var curvature = Var.concatenate(Side.COLS, pairs);
    Node gram = Node.of(new Gram(), List.of(form.x().node(), curvature.node()));
    Var crossed = form.x().transpose().matmul(curvature);
    this.sums =
        Program.of(
            Map.of(
                "gram", gram,
                "crossed", crossed.node(),
                "total", curvature.sumRows().node()));
  }

  /**
   * Of an objective in {@code v} and the products with its Hessian; empty where it does not have
   * the form.
   */
  public static Optional<MarginHessian> of(
      Var objective, Var v, JacobianOperator.Linearised hessian) {
    if (!hessian.structure().isSymmetric()) {
      return Optional.empty();
    }
    return MarginForm.of(objective, v)
        .filter(form -> hessian.tables().equals(Set.of(form.table())))
        .map(form -> new MarginHessian(form, v, hessian.structure()));
  }

  /** The Hessian at the point given by {@code inputs}. */
  public DenseOperator whole(Passes passes, Map<String, Matrix> inputs) {
    Map<String, Matrix> summed = passes.evaluate(sums, inputs);
    Matrix p = map.whole(passes, inputs).matrix();
    double[] h = rest.whole(passes, inputs).matrix().toArray();
    addSandwich(p, new Blocks(form.outputs(), summed).all(), h);
    return new DenseOperator(Matrix.adopting(p.cols(), p.cols(), h), structure);
  }

  /** Adds P' G P; P is mostly zeros. */
  private static void addSandwich(Matrix p, Matrix g, double[] h) {
    int n = p.cols();
    double[] half = new double[Math.multiplyExact(g.rows(), n)];
    eachElement(
        p,
        (i, j, value) -> {
          for (int k = 0; k < g.rows(); k++) {
            half[j * g.rows() + k] += value * g.at(i, k);
          }
        });
    double[] sum = new double[n * n];
    eachElement(
        p,
        (i, j, value) -> {
          for (int k = 0; k <= j; k++) {
            sum[j * n + k] += value * half[k * g.rows() + i];
          }
        });
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        h[j * n + k] += sum[Math.max(j, k) * n + Math.min(j, k)];
      }
    }
  }

  private static void eachElement(Matrix p, Visit visit) {
    for (int i = 0; i < p.rows(); i++) {
      for (int j = 0; j < p.cols(); j++) {
        double value = p.at(i, j);
        if (value != 0) {
          visit.at(i, j, value);
        }
      }
    }
  }

  private interface Visit {
    void at(int i, int j, double value);
  }

  /** G from its sums: weights feature by feature, then shifts, each output by output. */
  private record Blocks(int outputs, Map<String, Matrix> sums) {
    Matrix all() {
      Matrix gram = sums.get("gram");
      int features = gram.rows();
      int size = Math.multiplyExact(features + 1, outputs);
      double[] all = new double[Math.multiplyExact(size, size)];
      int pair = 0;
      for (int c = 0; c < outputs; c++) {
        for (int e = c; e < outputs; e++) {
          for (int j = 0; j <= features; j++) {
            for (int k = 0; k <= features; k++) {
              double element = element(pair, Math.min(j, k), Math.max(j, k));
              all[(j * outputs + c) * size + k * outputs + e] = element;
              all[(j * outputs + e) * size + k * outputs + c] = element;
            }
          }
          pair++;
        }
      }
      return Matrix.adopting(size, size, all);
    }

    /** That of features j &lt;= k, the last being the shift. */
    private double element(int pair, int j, int k) {
      int features = sums.get("gram").rows();
      if (j == features) {
        return sums.get("total").at(0, pair);
      }
      return k == features
          ? sums.get("crossed").at(j, pair)
          : sums.get("gram").at(j, pair * features + k);
    }
  }
}
