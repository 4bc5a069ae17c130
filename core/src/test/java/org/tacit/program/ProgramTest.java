package org.tacit.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.primitive.Var;

class ProgramTest {
  private final Var x = Var.input("x", Shape.of(3, 1));
  private final Var features = Var.column("train", "features", 3);

  @Test
  void codeThatNoOutputNeedsIsNotInIt() {
    Var dead = x.exp();
    Program program = Program.of("y", x.sin().node());
    assertThat(program.nodes()).containsExactly(x.node(), x.sin().node());
    assertThat(program.nodes()).doesNotContain(dead.node());
  }

  @Test
  void everyNodeComesAfterItsInputs() {
    Program program =
        Program.of("y", features.matmul(x).softplus().meanRows().plus(x.square().sum()).node());
    List<Node> nodes = program.nodes();
    for (Node node : nodes) {
      assertThat(nodes.subList(0, nodes.indexOf(node))).containsAll(node.inputs());
    }
    assertThat(program.tables()).containsExactly("train");
    assertThat(program.inputs()).isEqualTo(Map.of("x", Shape.of(3, 1)));
  }

  @Test
  void outputsKeepTheirOrder() {
    Map<String, Node> outputs = new LinkedHashMap<>();
    for (int k = 20; k > 0; k--) {
      outputs.put("output " + k, x.times(k).node());
    }
    Program program = Program.of(outputs);
    assertThat(program.outputNames()).containsExactlyElementsOf(outputs.keySet());
    assertThat(program.outputs()).containsExactlyEntriesOf(outputs);
  }

  @Test
  void anInputHasOneShape() {
    Var other = Var.input("x", Shape.of(1, 1));
    assertThatThrownBy(() -> Program.of("y", x.times(other).node()))
        .hasMessage("Invalid inputs: x with two shapes, 3 x 1 and 1 x 1 (must have one)");
  }

  @Test
  void inputsAreMatricesOrRowValues() {
    Shape rows = Shape.rowsOf("t", 1);
    Var mask = Var.input("w", rows);
    assertThat(mask.shape()).isEqualTo(rows);
    assertThat(Program.of("y", mask.sum().node()).tables()).containsExactly("t");
    assertThatThrownBy(() -> Var.input("w", rows.transpose()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a row axis must come first");
  }

  @Test
  void unknownOutputsAreNamed() {
    assertThatThrownBy(() -> Program.of("y", x.node()).output("z"))
        .hasMessage("Unknown output: z (must be one of [y])");
  }

  @Test
  void printsOneLineANode() {
    assertThat(Program.of("y", features.matmul(x).node()))
        .hasToString(
            """
            %0 = train.features : rows(train) x 3
            %1 = x : 3 x 1
            %2 = matmul %0 %1 : rows(train) x 1
            y = %2
            """);
  }
}
