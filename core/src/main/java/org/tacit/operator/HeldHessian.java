package org.tacit.operator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
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
 * The Hessian of an objective of fewer margins than unknowns ({@link MarginForm}) at a point, whose
 * rows the driver holds: products take no passes, and its {@link Dual} is a small system.
 *
 * <p>Cost: a pass to bring the rows, once a table; then one for each point.
 */
public final class HeldHessian implements ClosableOperator {
  /** Numbers of rows on the driver: 256 MB. */
  private static final long NUMBERS = 1L << 25;

  private final JacobianOperator products;
  private final JacobianOperator rest;
  private final MarginMap j;
  private final RowRoots curvature;
  private final Cost cost;
  private final Optional<Dual> dual;

  private HeldHessian(Parts parts, Cost cost, Optional<Dual> dual) {
    this.products = parts.products;
    this.rest = parts.rest;
    this.j = parts.j;
    this.curvature = parts.curvature;
    this.cost = cost;
    this.dual = dual;
  }

  /** What it is made of: the Hessian R without rows, J, and C, whose blocks are whole. */
  private record Parts(
      JacobianOperator products, JacobianOperator rest, MarginMap j, RowRoots curvature) {}

  @Override
  public Cost cost() {
    return dual.isPresent() ? cost : cost.withoutDual();
  }

  @Override
  public Optional<Dual> dual() {
    return dual;
  }

  @Override
  public Optional<HeldBlock> block(Matrix isIn) {
    Support support = Support.of(isIn);
    return support.size() == 0
        ? Optional.empty()
        : Optional.of(new HeldBlock(support, rest, j, curvature, products::diagonal));
  }

  @Override
  public int rows() {
    return products.rows();
  }

  @Override
  public Matrix apply(Matrix x) {
    return products.apply(x);
  }

  @Override
  public Optional<Matrix> diagonal() {
    return products.diagonal();
  }

  @Override
  public Structure structure() {
    return products.structure();
  }

  @Override
  public HeldHessian transpose() {
    return this;
  }

  @Override
  public boolean isHeld() {
    return true;
  }

  @Override
  public void close() {
    products.close();
  }

  /** The programs of an objective's Hessian: made once, placed at many points. */
  public static final class Linearised {
    private final MarginForm form;
    private final JacobianOperator.Linearised hessian;
    private final JacobianOperator.Linearised rest;
    private final JacobianOperator.Linearised map;
    private final Program curvature;
    private final Set<String> rowInputs;

    private Linearised(
        MarginForm form, Var v, JacobianOperator.Linearised hessian, Set<String> rowInputs) {
      this.form = form;
      this.rowInputs = rowInputs;
      this.hessian = hessian;
      this.rest = JacobianOperator.of(form.rest(), v, Structure.SYMMETRIC);
      Var weights = form.weights().reshape(form.weights().shape().size(), 1);
      Var shift = form.shift().reshape(form.outputs(), 1);
      this.map =
          JacobianOperator.of(Var.concatenate(Side.ROWS, weights, shift), v, Structure.GENERAL);
      Map<String, Node> columns = new LinkedHashMap<>();
      for (Var column : form.curvature()) {
        columns.put("curvature " + columns.size(), column.node());
      }
      this.curvature = Program.of(columns);
    }

    /** Of an objective in {@code v} and the products with its Hessian; empty without the form. */
    public static Optional<Linearised> of(
        Var objective, Var v, JacobianOperator.Linearised hessian) {
      return MarginForm.of(objective, v)
          .filter(form -> hessian.tables().equals(Set.of(form.table())))
          .map(form -> new Linearised(form, v, hessian, rowInputs(objective)));
    }

    private static Set<String> rowInputs(Var objective) {
      return Program.of("f", objective.node()).inputs().entrySet().stream()
          .filter(input -> input.getValue().isSharded())
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    /** Whether there are fewer margins than unknowns, in rows that the driver can hold. */
    public boolean suits(Passes passes) {
      Table table = passes.table(form.table());
      return table.rowCount() > 0
          && table.rowCount() * form.outputs() < hessian.unknowns()
          && table.numbers() <= NUMBERS
          && rowInputs.stream()
              .allMatch(name -> passes.rowValues(name).filter(Linearised::isOneNumber).isPresent())
          && passes.onDriver(form.table()).isPresent();
    }

    private static boolean isOneNumber(RowValues values) {
      return values.width() == 1 && values.groups() == 1;
    }

    /** What products cost, and the dual with its factors. */
    public Cost cost(Passes passes) {
      Table table = passes.table(form.table());
      return Cost.ofRows(
          hessian.unknowns(), (double) table.numbers(), (int) table.rowCount() * form.outputs());
    }

    /** The operator at the point given by {@code inputs}. One pass. */
    public HeldHessian at(Passes passes, Map<String, Matrix> inputs) {
      InProcessTable rows = passes.onDriver(form.table()).orElseThrow();
      Passes here = passes.onDriver(form.table(), rows, rowInputs);
      Matrix blocks = blocks(rows, here.keep(curvature, inputs).values());
      Passes free = here.uncounted();
      JacobianOperator products = hessian.at(free, inputs);
      JacobianOperator withoutRows = rest.at(free, inputs);
      RowProducts x = new RowProducts(rows.column(form.column()));
      MarginMap margins = new MarginMap(map.at(free, inputs), x, form.outputs());
      Optional<Dual> dual =
          Dual.of(products, withoutRows, margins, RowRoots.of(blocks, form.outputs()));
      Parts parts = new Parts(products, withoutRows, margins, new RowRoots(blocks, form.outputs()));
      return new HeldHessian(parts, cost(passes), dual);
    }

    /** The values of rows beside each other, rows x outputs^2. */
    private Matrix blocks(InProcessTable rows, Collection<RowValues> curvature) {
      List<Matrix> columns = new ArrayList<>();
      for (RowValues column : curvature) {
        columns.add(together(rows.column(column), form.outputs()));
        column.close();
      }
      return Matrix.beside(columns);
    }

    private static Matrix together(List<Column> parts, int width) {
      int rows = parts.stream().mapToInt(Column::rows).sum();
      double[] all = new double[rows * width];
      int at = 0;
      for (Column part : parts) {
        Dense window = (Dense) part.cursor();
        System.arraycopy(window.data(), window.offset(), all, at, part.rows() * width);
        at += part.rows() * width;
      }
      return Matrix.adopting(rows, width, all);
    }
  }
}
