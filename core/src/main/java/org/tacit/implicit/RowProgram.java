package org.tacit.implicit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Operand;
import org.tacit.program.Kernel;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.program.Source;

/**
 * A program that acts on every row by itself, as a flat list of kernels that travels with a
 * primitive and is run on the rows of one tile. Values are numbered: arguments, then constants,
 * then the kernels' results.
 */
final class RowProgram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Values of a group of rows of one symbol, about: more are no faster together. */
  private static final int GROUP = 2048;

  private final boolean[] isByRow;
  private final Matrix[] constants;
  private final Step[] steps;
  private final int[] outputs;

  private RowProgram(boolean[] isByRow, List<Matrix> constants, List<Step> steps, int[] outputs) {
    this.isByRow = isByRow;
    this.constants = constants.toArray(new Matrix[0]);
    this.steps = steps.toArray(new Step[0]);
    this.outputs = outputs;
  }

  /** One kernel on numbered values. */
  private static final class Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Kernel kernel;
    private final int[] in;
    private final boolean isByRow;
    private final int fixedRows;
    private final int width;
    private final boolean follows;

    Step(Kernel kernel, int[] in, Shape shape, boolean follows) {
      this.kernel = kernel;
      this.in = in;
      this.isByRow = shape.isSharded();
      this.fixedRows = isByRow ? 0 : shape.rows().size();
      this.width = shape.width();
      this.follows = follows;
    }

    Dense room(int tileRows) {
      return Dense.zeros(isByRow ? tileRows : fixedRows, width);
    }

    void evaluate(Operand[] values, Dense result) {
      Operand[] inputs = new Operand[in.length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = values[in[i]];
      }
      kernel.evaluate(inputs, result);
    }
  }

  /** The program of {@code outputs} in terms of {@code arguments}, which are symbols. */
  static RowProgram of(List<Node> arguments, List<Node> outputs) {
    Map<Node, Integer> places = new HashMap<>();
    arguments.forEach(argument -> places.put(argument, places.size()));
    List<Node> nodes = Program.ancestors(outputs);
    List<Matrix> constants = new ArrayList<>();
    for (Node node : nodes) {
      if (node.operation() instanceof Source.Constant constant) {
        places.put(node, places.size());
        constants.add(constant.value());
      }
    }
    Set<Node> following = Program.dependents(nodes, Set.of(arguments.get(0)));
    List<Step> steps = new ArrayList<>();
    for (Node node : nodes) {
      if (!places.containsKey(node)) {
        int[] in = node.inputs().stream().mapToInt(places::get).toArray();
        places.put(node, places.size());
        steps.add(new Step(rowLocal(node), in, node.shape(), following.contains(node)));
      }
    }
    int[] results = outputs.stream().mapToInt(places::get).toArray();
    boolean[] isByRow = new boolean[arguments.size()];
    for (int i = 0; i < isByRow.length; i++) {
      isByRow[i] = arguments.get(i).shape().isSharded();
    }
    return new RowProgram(isByRow, constants, steps, results);
  }

  private static Kernel rowLocal(Node node) {
    boolean readsRows = node.inputs().stream().map(Node::shape).anyMatch(Shape::isSharded);
    boolean sums = readsRows && !node.shape().isSharded();
    if (node.operation() instanceof Kernel kernel && !sums) {
      return kernel;
    }
    throw new IllegalArgumentException(
        "Invalid equation of a row: "
            + node.operation().name()
            + " (must act on every row by itself, and read nothing but what it is given)");
  }

  /** What solves for some rows. */
  interface Solve {
    void of(Operand[] given, Dense solution);
  }

  /**
   * Solves for the rows of a tile in groups, the fewer rows the more unknowns they have: rows that
   * are done wait for the slowest beside them.
   */
  void inGroups(Operand[] given, Dense solution, Solve solve) {
    int rows = Math.max(1, GROUP / Math.max(1, solution.cols()));
    for (int from = 0; from < solution.rows(); from += rows) {
      int count = Math.min(rows, solution.rows() - from);
      Operand[] group = given.clone();
      for (int i = 0; i < group.length; i++) {
        group[i] = isByRow[i] ? given[i].window(from, count) : given[i];
      }
      solve.of(group, solution.window(from, count));
    }
  }

  /** This program on these arguments, of tiles of {@code tileRows} rows. */
  Run on(Operand[] given, int tileRows) {
    return new Run(given, tileRows);
  }

  /**
   * The program on one tile. What does not follow from the first argument, whose window may be
   * written to between evaluations, is evaluated once.
   */
  final class Run {
    private final Operand[] values = new Operand[isByRow.length + constants.length + steps.length];
    private final Dense[] results = new Dense[outputs.length];

    private Run(Operand[] given, int tileRows) {
      System.arraycopy(given, 0, values, 0, isByRow.length);
      for (int c = 0; c < constants.length; c++) {
        values[isByRow.length + c] = constants[c].window();
      }
      for (int s = 0; s < steps.length; s++) {
        Dense room = steps[s].room(tileRows);
        values[isByRow.length + constants.length + s] = room;
        if (!steps[s].follows) {
          steps[s].evaluate(values, room);
        }
      }
      for (int o = 0; o < results.length; o++) {
        results[o] = (Dense) values[outputs[o]];
      }
    }

    /** The outputs for what the first argument is now; written over by the next evaluation. */
    Dense[] now() {
      for (int s = 0; s < steps.length; s++) {
        if (steps[s].follows) {
          steps[s].evaluate(values, (Dense) values[isByRow.length + constants.length + s]);
        }
      }
      return results;
    }
  }
}
