package org.tacit.operator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tacit.matrix.Column;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.RowValues;

/**
 * The Hessian of an objective of fewer margins than unknowns ({@link MarginForm}) at a point, whose
 * rows the driver holds: products take no passes, and its {@link Dual} is a small system.
 */
final class HeldHessian implements ClosableOperator {
  private final JacobianOperator products;
  private final JacobianOperator rest;
  private final MarginMap j;
  private final RowRoots curvature;
  private final Cost cost;
  private final Optional<Dual> dual;

  /** Of these parts, whose products and systems cost this. */
  HeldHessian(Parts parts, Cost cost) {
    this.products = parts.products;
    this.rest = parts.rest;
    this.j = parts.j;
    this.curvature = new RowRoots(parts.blocks, j.outputs());
    this.cost = cost;
    this.dual = Dual.of(products, rest, j, RowRoots.of(parts.blocks, j.outputs()));
  }

  /** What it is made of: products with it, the Hessian R without rows, J, and the blocks of C. */
  record Parts(JacobianOperator products, JacobianOperator rest, MarginMap j, Matrix blocks) {}

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
  public boolean isHessian() {
    return products.isHessian();
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

  /** C of these rows at a point: the values of each beside each other, rows x outputs^2. */
  static Matrix blocks(InProcessTable rows, Collection<RowValues> curvature, int outputs) {
    List<Matrix> columns = new ArrayList<>();
    for (RowValues column : curvature) {
      columns.add(together(rows.column(column), outputs));
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
