package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/**
 * Products with masks as one loop: where they are one, and that they give what products give, on
 * numbers that no sum rounds.
 */
class MaskedProductTest {
  private static final int ROWS = 50;

  private final Schema schema =
      Schema.of(
          new Schema.Field("x", 3, Storage.DENSE),
          new Schema.Field("c", 1, Storage.DENSE),
          new Schema.Field("key", 1, Storage.KEY));
  private final Rows rows = new Rows("table", schema);
  private final Var v = Var.input("v", Shape.of(3, 1));
  private final Var scale = Var.input("scale", Shape.SCALAR);
  private final Var key = Var.input("key", Shape.SCALAR);
  private final Var wide = rows.column("x").matmul(v);

  private List<Var> products() {
    Var mask = rows.column("key").unequalTo(key);
    Var row = rows.column("c");
    return List.of(
        scale.times(wide).times(row).times(mask),
        scale.times(wide.abs()).times(row).times(rows.column("key").equalTo(key)),
        wide.times(row).times(mask),
        mask.times(scale.times(wide)),
        key.unequalTo(rows.column("key")).times(wide),
        wide.times(row.times(mask)));
  }

  private Matrix table() {
    Random random = new Random(7);
    return Matrix.tabulate(
        ROWS, 5, (i, j) -> j == 4 ? random.nextInt(4) : random.nextInt(-8, 9) / 4.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 20, 33})
  void instancesHaveWhatEachHasAlone(int instances) {
    try (InProcessTable table = InProcessTable.of(schema, table(), 2, 20)) {
      Passes passes = Passes.over("table", table);
      Random random = new Random(8);
      List<Map<String, Matrix>> all = new ArrayList<>();
      for (int k = 0; k < instances; k++) {
        all.add(
            Map.of(
                "v", Matrix.tabulate(3, 1, (i, j) -> random.nextInt(-4, 5)),
                "scale", Matrix.scalar(random.nextInt(1, 9) / 8.0),
                "key", Matrix.scalar(k % 4)));
      }
      for (Var product : products()) {
        Program program = Program.of("sum", rows.column("x").transpose().matmul(product).node());
        List<Map<String, Matrix>> together = passes.evaluate(program, all);
        for (int k = 0; k < instances; k++) {
          assertThat(together.get(k)).isEqualTo(passes.evaluate(program, all.get(k)));
        }
      }
    }
  }

  @Test
  void aMaskWithItsFactorsIsOne() {
    Set<Node> differing = Set.of(v.node(), scale.node(), key.node());
    Set<Node> isWide =
        Set.copyOf(
            Program.dependents(
                Program.ancestors(products().stream().map(Var::node).toList()), differing));
    List<Integer> arities =
        products().stream()
            .map(product -> MaskedProduct.fused(product.node(), isWide::contains).inputs().size())
            .toList();
    assertThat(arities).containsExactly(5, 5, 4, 4, 3, 2);
  }

  @Test
  void whatEveryInstanceHasStaysAsItIs() {
    Node product = products().get(0).node();
    assertThat(MaskedProduct.fused(product, node -> false)).isSameAs(product);
  }
}
