package org.tacit.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacit.matrix.Matrix;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;

/**
 * The Hessian of an objective that sees rows through their margins alone ({@link MarginForm}), made
 * once and placed at many points: whole, by its symmetry,
 *
 * <pre>
 *   H = R + J' C J = R + P' G P      G = sum_i (x_i, 1) (x_i, 1)' (x) C_i
 * </pre>
 *
 * <p>or, of fewer margins than unknowns, by rows that the driver holds: products take no passes,
 * and its {@link Dual} is a small system. R is the Hessian without rows, and P goes from unknowns
 * to weights and shifts. G has a block X' diag(c) X for each pair of outputs, of which the upper
 * triangle is summed: n p^2 flop a pair, a quarter of what products with unit vectors take.
 */
public final class MarginHessian {
  /** Numbers of rows on the driver: 256 MB. */
  private static final long NUMBERS = 1L << 25;

  private final MarginForm form;
  private final JacobianOperator.Linearised hessian;
  private final JacobianOperator.Linearised rest;
  private final JacobianOperator.Linearised map;
  private final Program curvature;
  private final Program sums;
  private final Set<String> rowInputs;
  private volatile Matrix fixedMap;

  private MarginHessian(
      MarginForm form, Var objective, Var v, JacobianOperator.Linearised hessian) {
    this.form = form;
    this.hessian = hessian;
    this.rest = JacobianOperator.of(form.rest(), v, Structure.SYMMETRIC);
    Var weights = form.weights().reshape(form.weights().shape().size(), 1);
    Var shift = form.shift().reshape(form.outputs(), 1);
    this.map =
        JacobianOperator.of(Var.concatenate(Side.ROWS, weights, shift), v, Structure.GENERAL);
    this.sums = sums(form);
    Map<String, Node> columns = new LinkedHashMap<>();
    for (Var column : form.curvature()) {
      columns.put("curvature " + columns.size(), column.node());
    }
    this.curvature = Program.of(columns);
    this.rowInputs =
        Program.of("f", objective.node()).inputs().entrySet().stream()
            .filter(input -> input.getValue().isSharded())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  private static Program sums(MarginForm form) {
    List<Var> pairs = new ArrayList<>();
    for (int c = 0; c < form.outputs(); c++) {
      pairs.add(form.curvature().get(c).slice(Side.COLS, c, form.outputs()));
    }
    Var curvature = Var.concatenate(Side.COLS, pairs);
    Node gram = Node.of(new Gram(), List.of(form.x().node(), curvature.node()));
    Var crossed = form.x().transpose().matmul(curvature);
    return Program.of(
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
        .map(form -> new MarginHessian(form, objective, v, hessian));
  }

  /** All elements at the point given by {@code inputs}. One pass. */
  public DenseOperator whole(Passes passes, Map<String, Matrix> inputs) {
    Map<String, Matrix> summed = passes.evaluate(sums, inputs);
    Matrix p = map(passes, inputs);
    double[] h = rest.whole(passes, inputs).matrix().toArray();
    addSandwich(p, Blocks.of(form.outputs(), summed).all(), h);
    return new DenseOperator(Matrix.adopting(p.cols(), p.cols(), h), hessian.structure());
  }

  /** P, which is made once where it is the same at every point. */
  private Matrix map(Passes passes, Map<String, Matrix> inputs) {
    if (!map.inputs().isEmpty()) {
      return map.whole(passes, inputs).matrix();
    }
    Matrix known = fixedMap;
    if (known == null) {
      known = map.whole(passes, inputs).matrix();
      fixedMap = known;
    }
    return known;
  }

  /** Whether there are fewer margins than unknowns, in rows that the driver can hold. */
  public boolean canBeHeld(Passes passes) {
    Table table = passes.table(form.table());
    return table.rowCount() > 0
        && table.rowCount() * form.outputs() < hessian.unknowns()
        && table.numbers() <= NUMBERS
        && rowInputs.stream()
            .allMatch(name -> passes.rowValues(name).filter(MarginHessian::isOneNumber).isPresent())
        && passes.onDriver(form.table()).isPresent();
  }

  private static boolean isOneNumber(RowValues values) {
    return values.width() == 1 && values.groups() == 1;
  }

  /** What products with held rows cost, and the dual with its factors. */
  public Cost costHeld(Passes passes) {
    Table table = passes.table(form.table());
    return Cost.ofRows(
        hessian.unknowns(), (double) table.numbers(), (int) table.rowCount() * form.outputs());
  }

  /**
   * By rows that the driver holds, at the point given by {@code inputs}. A pass to bring the rows,
   * once a table; then one for each point.
   */
  public ClosableOperator held(Passes passes, Map<String, Matrix> inputs) {
    InProcessTable rows = passes.onDriver(form.table()).orElseThrow();
    Passes here = passes.onDriver(form.table(), rows, rowInputs);
    Matrix blocks = HeldHessian.blocks(rows, here.keep(curvature, inputs).values(), form.outputs());
    Passes free = here.uncounted();
    RowProducts x = new RowProducts(rows.column(form.column()));
    HeldHessian.Parts parts =
        new HeldHessian.Parts(
            hessian.at(free, inputs),
            rest.at(free, inputs),
            new MarginMap(map.at(free, inputs), x, form.outputs()),
            blocks);
    return new HeldHessian(parts, costHeld(passes));
  }

  /** Adds P' G P; P is mostly zeros. */
  private static void addSandwich(Matrix p, Matrix g, double[] h) {
    int n = p.cols();
    int m = p.rows();
    double[] all = g.window().data();
    double[] half = new double[Math.multiplyExact(m, n)];
    double[] sum = new double[n * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double value = p.at(i, j);
        if (value != 0) {
          for (int k = 0; k < m; k++) {
            half[k * n + j] += value * all[i * m + k];
          }
        }
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double value = p.at(i, j);
        if (value != 0) {
          for (int k = 0; k <= j; k++) {
            sum[j * n + k] += value * half[i * n + k];
          }
        }
      }
    }
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < n; k++) {
        h[j * n + k] += sum[Math.max(j, k) * n + Math.min(j, k)];
      }
    }
  }

  /** G from its sums: weights feature by feature, then shifts, each output by output. */
  private record Blocks(int outputs, Matrix gram, Matrix crossed, Matrix total) {
    static Blocks of(int outputs, Map<String, Matrix> sums) {
      return new Blocks(outputs, sums.get("gram"), sums.get("crossed"), sums.get("total"));
    }

    Matrix all() {
      int features = gram.rows();
      int size = Math.multiplyExact(features + 1, outputs);
      double[] all = new double[Math.multiplyExact(size, size)];
      int pair = 0;
      for (int c = 0; c < outputs; c++) {
        for (int e = c; e < outputs; e++) {
          for (int j = 0; j <= features; j++) {
            for (int k = j; k <= features; k++) {
              double element = element(pair, j, k);
              all[(j * outputs + c) * size + k * outputs + e] = element;
              all[(j * outputs + e) * size + k * outputs + c] = element;
              all[(k * outputs + c) * size + j * outputs + e] = element;
              all[(k * outputs + e) * size + j * outputs + c] = element;
            }
          }
          pair++;
        }
      }
      return Matrix.adopting(size, size, all);
    }

    /** That of features j &lt;= k, the last being the shift. */
    private double element(int pair, int j, int k) {
      int features = gram.rows();
      if (j == features) {
        return total.at(pair);
      }
      return k == features ? crossed.at(j, pair) : gram.at(j, pair * features + k);
    }
  }
}
