package org.tacit.primitive;

import java.util.Set;
import java.util.stream.IntStream;
import org.tacit.matrix.Dense;
import org.tacit.matrix.Operand;
import org.tacit.program.Node;

/**
 * A primitive whose derivative jumps somewhere: on its kinks, which divide its inputs into pieces.
 * Which piece the inputs are in, and how far from the next, is what {@link #margins} tells.
 */
public interface Kinked extends Differentiable {
  /** What holds on a kink, in words that follow "where". */
  String kink();

  /** Whether the piece depends on input {@code i}. */
  default boolean switchesBy(int i) {
    return true;
  }

  /** Whether the piece of {@code node}, which is of this primitive, depends on what moves. */
  default boolean switches(Node node, Set<Node> moving) {
    return IntStream.range(0, node.inputs().size())
        .anyMatch(i -> switchesBy(i) && moving.contains(node.inputs().get(i)));
  }

  /** Whether each element of the value is of one element of each input. */
  default boolean isElementwise() {
    return false;
  }

  /**
   * Writes for each element of {@code value} = this({@code inputs}) how far what is compared is
   * from a kink (>= 0, infinite where there is none), the size of what is compared, and the number
   * of the piece.
   */
  void margins(Operand[] inputs, Dense value, Margins margins);

  /**
   * What a {@link Kinked} primitive writes of its value of w columns: w distances, w sizes and w
   * numbers of pieces beside each other.
   */
  final class Margins {
    private final Dense target;
    private final int width;

    public Margins(Dense target) {
      this.target = target;
      this.width = target.cols() / 3;
    }

    /** Those of element (i, j); a distance that is not finite says that there is no kink. */
    public void set(int i, int j, double distance, double size, double piece) {
      int at = target.at(i) + j;
      boolean isNear = Double.isFinite(distance) && Double.isFinite(size);
      target.data()[at] = isNear ? Math.abs(distance) : Double.POSITIVE_INFINITY;
      target.data()[at + width] = isNear ? size : 0;
      target.data()[at + 2 * width] = piece;
    }

    /** That element (i, j) has no kink. */
    public void none(int i, int j) {
      set(i, j, Double.POSITIVE_INFINITY, 0, 0);
    }
  }
}
