package org.tacit.primitive;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tacit.program.Node;
import org.tacit.program.Shape;

/**
 * A product ((x b) a) m of many instances side by side: x their values by rows, b a number of each
 * instance and a one of each row, if there are such, and m 1 where the key of a row equals an
 * instance's (or where not), 0 elsewhere.
 *
 * @param byInstance b
 * @param byRow a
 * @param isEqual whether m is 1 where keys are equal
 */
public record Masked(
    Node x,
    Optional<Node> byInstance,
    Optional<Node> byRow,
    Node instanceKey,
    Node rowKey,
    boolean isEqual) {
  /**
   * What a node is such a product of, if it is one, of products of two.
   *
   * @param isWide what has a value of its own for each of several instances
   */
  public static Optional<Masked> of(Node node, Predicate<Node> isWide) {
    return new Pattern(isWide).of(node);
  }

  private record Pattern(Predicate<Node> isWide) {
    Optional<Masked> of(Node node) {
      return product(node, this::isMask).map(masked -> of(masked.wide, masked.factor));
    }

    private Masked of(Node masked, Node mask) {
      Optional<Product> ofRow = product(masked, this::isByRow);
      Node rest = ofRow.map(Product::wide).orElse(masked);
      Optional<Product> ofInstance = product(rest, this::isByInstance);
      int row = isByRow(mask.inputs().get(0)) ? 0 : 1;
      return new Masked(
          ofInstance.map(Product::wide).orElse(rest),
          ofInstance.map(Product::factor),
          ofRow.map(Product::factor),
          mask.inputs().get(1 - row),
          mask.inputs().get(row),
          ((Compare) mask.operation()).relation() == Compare.Relation.EQUAL);
    }

    /** A product of wide numbers by rows and a factor. */
    private record Product(Node wide, Node factor) {}

    private Optional<Product> product(Node node, Predicate<Node> isFactor) {
      if (!(node.operation() instanceof Times) || !isWideByRow(node)) {
        return Optional.empty();
      }
      return IntStream.range(0, 2)
          .mapToObj(i -> new Product(node.inputs().get(1 - i), node.inputs().get(i)))
          .filter(product -> isFactor.test(product.factor) && isWideByRow(product.wide))
          .findFirst();
    }

    private boolean isWideByRow(Node node) {
      return isColumn(node) && isWide.test(node);
    }

    private boolean isByRow(Node node) {
      return isColumn(node) && !isWide.test(node);
    }

    private static boolean isColumn(Node node) {
      return node.shape().isSharded() && node.shape().width() == 1;
    }

    private boolean isByInstance(Node node) {
      return node.shape().equals(Shape.SCALAR) && isWide.test(node);
    }

    private boolean isMask(Node node) {
      return node.operation() instanceof Compare compare
          && (compare.relation() == Compare.Relation.EQUAL
              || compare.relation() == Compare.Relation.UNEQUAL)
          && node.inputs().stream().anyMatch(this::isByRow)
          && node.inputs().stream().anyMatch(this::isByInstance);
    }
  }
}
