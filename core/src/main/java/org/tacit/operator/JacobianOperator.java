package org.tacit.operator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Transposed;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.pass.Passes;
import org.tacit.pass.RowValues;
import org.tacit.pass.Table;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * The Jacobian df(x)/dx of a program's value f in one of its replicated column vectors x, at a
 * point, as an operator.
 *
 * <p>Built once as a program (linearise), then placed at points: what the products need of the
 * point is computed in one pass and kept as row values; after that every product is one pass, or
 * none when it does not touch rows.
 */
public final class JacobianOperator implements ClosableOperator {
  private static final String DIRECTION = "direction";

  private final Linearised program;
  private final Placed placed;
  private final boolean isTransposed;

  private JacobianOperator(Linearised program, Placed placed, boolean isTransposed) {
    this.program = program;
    this.placed = placed;
    this.isTransposed = isTransposed;
  }

  /** The linear program of f in x, not yet at any point. */
  public static Linearised of(Var f, Var x, Structure structure) {
    return new Linearised(f, x, structure, false);
  }

  /** The same where f is the gradient in x of an objective: its Hessian. */
  public static Linearised ofGradient(Var f, Var x, Structure structure) {
    return new Linearised(f, x, structure, structure.isSymmetric());
  }

  @Override
  public int rows() {
    return isTransposed ? program.cols : program.rows;
  }

  @Override
  public int cols() {
    return isTransposed ? program.rows : program.cols;
  }

  @Override
  public Structure structure() {
    return program.structure;
  }

  @Override
  public boolean isHessian() {
    return program.isHessian;
  }

  @Override
  public Matrix apply(Matrix x) {
    Program product = isTransposed ? program.transposed : program.forward;
    return placed.passes.columns(product, placed.values, Map.of(DIRECTION, x)).get("product");
  }

  @Override
  public LinearOperator transpose() {
    return program.structure.isSymmetric()
        ? this
        : new JacobianOperator(program, placed, !isTransposed);
  }

  @Override
  public Cost cost() {
    return program.cost(placed.passes);
  }

  /** Exact where {@link Diagonal} finds the form of a generalised linear model. One pass. */
  @Override
  public Optional<Matrix> diagonal() {
    return program
        .diagonal
        .get()
        .map(diagonal -> placed.passes.evaluate(diagonal, placed.inputs).get("diagonal"));
  }

  @Override
  public List<Integer> blocks() {
    return program.blocks.get();
  }

  @Override
  public void close() {
    placed.rows.forEach(RowValues::close);
  }

  /** The point, and what is kept there: the passes have the row values of the products. */
  private record Placed(
      Map<String, Matrix> inputs,
      Passes passes,
      Map<String, Matrix> values,
      List<RowValues> rows) {}

  /** The linear program of a value in a vector: made once, placed at many points. */
  public static final class Linearised {
    private final Structure structure;
    private final boolean isHessian;
    private final int rows;
    private final int cols;
    private final Program forward;
    private final Program transposed;
    private final Supplier<Optional<Program>> diagonal;
    private final Supplier<List<Integer>> blocks;
    private final Program whole;
    private final Program onDriver;
    private final List<Program> byTable;

    private Linearised(Var f, Var x, Structure structure, boolean isHessian) {
      this.structure = structure;
      this.isHessian = isHessian;
      this.rows = f.shape().size();
      this.cols = x.shape().size();
      Var tangent = Var.input(DIRECTION, x.shape());
      Var moved = Jvp.of(f, x, tangent);
      this.diagonal =
          once(() -> Diagonal.of(moved, tangent).map(d -> Program.of("diagonal", d.node())));
      this.blocks = once(() -> DiagonalBlocks.of(moved, tangent));
      Var cotangent = Var.input(DIRECTION, f.shape());
      Split split;
      if (structure.isSymmetric()) {
        split = Split.of(List.of(moved), List.of(tangent));
      } else {
        Var back = Transposed.of(List.of(moved), List.of(tangent), List.of(cotangent)).get(0);
        split = Split.of(List.of(moved, back), List.of(tangent, cotangent));
      }
      this.whole = Program.of("product", split.whole().get(0).node());
      this.forward = Program.of("product", split.varying().get(0).node());
      this.transposed =
          structure.isSymmetric() ? forward : Program.of("product", split.varying().get(1).node());
      this.onDriver = Program.of(kept(split, shape -> !shape.isSharded()));
      this.byTable =
          split.kept().values().stream()
              .map(Var::shape)
              .filter(Shape::isSharded)
              .map(Shape::table)
              .distinct()
              .map(table -> Program.of(kept(split, shape -> shape.table().equals(table))))
              .toList();
    }

    /** Found when first asked for: a program made again would be planned again. */
    private static <T> Supplier<T> once(Supplier<T> found) {
      return new Supplier<>() {
        private Optional<T> known = Optional.empty();

        @Override
        public synchronized T get() {
          if (known.isEmpty()) {
            known = Optional.of(found.get());
          }
          return known.get();
        }
      };
    }

    private static Map<String, Node> kept(Split split, Predicate<Shape> which) {
      Map<String, Node> those = new LinkedHashMap<>();
      split
          .kept()
          .forEach(
              (name, value) -> {
                if (which.test(value.shape())) {
                  those.put(name, value.node());
                }
              });
      return those;
    }

    /** The names of what the Jacobian depends on: all but x where f is affine in x. */
    public Set<String> inputs() {
      Set<String> names = new HashSet<>(whole.inputs().keySet());
      names.remove(DIRECTION);
      return names;
    }

    int unknowns() {
      return cols;
    }

    Structure structure() {
      return structure;
    }

    /** The rows that products read. */
    public long rows(Passes passes) {
      return tables().stream().mapToLong(name -> passes.table(name).rowCount()).sum();
    }

    /** The names of the tables that products read. */
    Set<String> tables() {
      return whole.tables();
    }

    /** What products cost on these passes: those over the tables that they read. */
    public Cost cost(Passes passes) {
      Set<String> tables = whole.tables();
      if (tables.isEmpty()) {
        return Cost.ofFunction(cols);
      }
      double numbers = 0;
      int widest = 1;
      for (String name : tables) {
        Table table = passes.table(name);
        numbers += table.numbers();
        for (Schema.Field field : table.schema().fields()) {
          widest = Math.max(widest, field.width());
        }
      }
      return Cost.ofPass(cols, numbers, Math.max(1, cols / widest));
    }

    /**
     * All columns at the point given by {@code inputs}, which bind every input of f: the products
     * with the unit vectors, in one pass that keeps nothing. What does not depend on the direction
     * is computed once a row.
     */
    public DenseOperator whole(Passes passes, Map<String, Matrix> inputs) {
      Map<String, Matrix> units = Map.of(DIRECTION, Matrix.identity(cols));
      return new DenseOperator(passes.columns(whole, inputs, units).get("product"), structure);
    }

    /**
     * The operator at the point given by {@code inputs}, which bind every input of f. One pass for
     * each table kept beside.
     */
    public JacobianOperator at(Passes passes, Map<String, Matrix> inputs) {
      Map<String, Matrix> values = passes.evaluate(onDriver, inputs);
      Passes there = passes;
      List<RowValues> rows = new ArrayList<>();
      try {
        for (Program program : byTable) {
          for (var kept : passes.keep(program, inputs).entrySet()) {
            there = there.with(kept.getKey(), kept.getValue());
            rows.add(kept.getValue());
          }
        }
      } catch (RuntimeException failed) {
        rows.forEach(RowValues::close);
        throw failed;
      }
      return new JacobianOperator(this, new Placed(Map.copyOf(inputs), there, values, rows), false);
    }
  }
}
