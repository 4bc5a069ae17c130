package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;

/**
 * The pairs of points of a periodic square that are within reach of each other, as a table whose
 * rows are the pairs; made again where a point has moved so far that the list may have holes.
 *
 * <pre>
 *   first, second   which points, i &lt; j
 *   image           the whole sides between them: x_i - x_j - image is to the nearest image
 * </pre>
 *
 * <p>A list holds what is nearer than reach + margin, and so all that is nearer than the reach
 * until a point has moved by half of the margin (Verlet 1967). It is made by cells, in time
 * proportional to the number of points (Allen and Tildesley, Computer Simulation of Liquids, 2nd
 * ed., section 5.3). Programs gather their points by {@link org.tacit.primitive.Var#rows}. Points
 * are 2 n x 1, x and y of each in turn, and need not be in the square. Farther out than {@value
 * #FARTHEST} sides they are refused as not finite, and more than {@value #MOST} pairs a point by
 * name.
 */
final class NeighbourList {
  /** The columns. */
  public static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("first", 1, Storage.KEY),
          new Schema.Field("second", 1, Storage.KEY),
          new Schema.Field("image", 2, Storage.DENSE));

  private static final int BLOCK = 20_000;

  /** In sides from the origin, beyond which a place in the square has too few digits. */
  private static final double FARTHEST = 1e9;

  /** Pairs a point, on average, that a list may hold: what has come together is no list. */
  private static final long MOST = 1000;

  private final String name;
  private final double side;
  private final double reach;
  private final double margin;
  private Passes passes = Passes.none();
  private Optional<Matrix> madeAt = Optional.empty();
  private int made;

  private NeighbourList(String name, double side, double reach, double margin) {
    this.name = name;
    this.side = side;
    this.reach = reach;
    this.margin = margin;
  }

  /**
   * An empty list, which is made at its first positions.
   *
   * @param name of the table
   * @param side of the square, at least twice the reach
   * @param margin what a list reaches further
   */
  public static NeighbourList of(String name, double side, double reach, double margin) {
    if (!(reach > 0 && margin > 0 && side >= 2 * reach && Double.isFinite(side))) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid reach %s and margin %s in a square of %s (must be > 0, the side at least"
                  + " twice the reach)",
              reach, margin, side));
    }
    return new NeighbourList(name, side, reach, margin);
  }

  /** A pair i &lt; j of points, the whole sides between them, and how far apart they are. */
  public record Pair(int i, int j, double acrossX, double acrossY, double distance) {}

  /** How often a list was made. */
  public int made() {
    return made;
  }

  /** Passes over a table of all pairs within reach, and some further. */
  public Passes near(Matrix points) {
    double still = margin / 2 / Math.sqrt(2);
    if (madeAt.filter(then -> points.minus(then).maxAbs() <= still).isEmpty()) {
      passes = passes.with(name, table(pairs(points, reach + margin)));
      madeAt = Optional.of(points);
      made++;
    }
    return passes;
  }

  /** All pairs within reach. */
  public List<Pair> pairs(Matrix points) {
    return pairs(points, reach);
  }

  /**
   * The pairs of discs of these diameters, n x 1, at most the reach, that overlap by more than a
   * part of half of their sum.
   */
  public List<Pair> overlapping(Matrix points, Matrix diameters, double part) {
    return pairs(points).stream()
        .filter(
            pair -> 2 * pair.distance < (1 - part) * (diameters.at(pair.i) + diameters.at(pair.j)))
        .toList();
  }

  private static Table table(List<Pair> pairs) {
    List<List<Block>> partitions = new ArrayList<>();
    for (int from = 0; from == 0 || from < pairs.size(); from += BLOCK) {
      partitions.add(List.of(block(pairs.subList(from, Math.min(pairs.size(), from + BLOCK)))));
    }
    return InProcessTable.of(SCHEMA, partitions);
  }

  private static Block block(List<Pair> pairs) {
    double[] image =
        pairs.stream()
            .flatMapToDouble(pair -> DoubleStream.of(pair.acrossX, pair.acrossY))
            .toArray();
    return new Block(
        pairs.size(),
        Column.keys(pairs.stream().mapToInt(Pair::i).toArray()),
        Column.keys(pairs.stream().mapToInt(Pair::j).toArray()),
        Column.dense(pairs.size(), 2, image));
  }

  private List<Pair> pairs(Matrix points, double within) {
    if (!(points.maxAbs() <= FARTHEST * side)) {
      throw NotANumberException.of("neighbours");
    }
    double[] x = points.toArray();
    int n = x.length / 2;
    int cells = Math.max(1, (int) (side / within));
    List<List<Integer>> members = new ArrayList<>();
    for (int c = 0; c < cells * cells; c++) {
      members.add(new ArrayList<>());
    }
    for (int i = 0; i < n; i++) {
      members.get(cell(x[2 * i], cells) * cells + cell(x[2 * i + 1], cells)).add(i);
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int c : around(cell(x[2 * i], cells), cells)) {
        for (int d : around(cell(x[2 * i + 1], cells), cells)) {
          for (int j : members.get(c * cells + d)) {
            if (i < j) {
              Pair pair = pair(x, i, j);
              if (pair.distance < within) {
                pairs.add(pair);
              }
            }
          }
        }
      }
      requireSpread(pairs.size(), n, within);
    }
    return pairs;
  }

  private static void requireSpread(long pairs, int n, double within) {
    if (pairs > MOST * n) {
      throw new IllegalArgumentException(
          String.format(
              "Invalid points: more than %s pairs of %s points are within %s (must be at most"
                  + " %s a point: spread them over the square, or shorten the reach)",
              MOST * n, n, within, MOST));
    }
  }

  private Pair pair(double[] x, int i, int j) {
    double dx = x[2 * i] - x[2 * j];
    double dy = x[2 * i + 1] - x[2 * j + 1];
    double acrossX = side * Math.rint(dx / side);
    double acrossY = side * Math.rint(dy / side);
    return new Pair(i, j, acrossX, acrossY, Math.hypot(dx - acrossX, dy - acrossY));
  }

  private int cell(double at, int cells) {
    double part = at / side - Math.floor(at / side);
    return Math.min(cells - 1, (int) (part * cells));
  }

  private static int[] around(int cell, int cells) {
    return cells < 3
        ? IntStream.range(0, cells).toArray()
        : new int[] {(cell + cells - 1) % cells, cell, (cell + 1) % cells};
  }
}
