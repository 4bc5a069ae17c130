package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** Sums of parts between zeros are written at once, and are what they were. */
class AssembledTest {
  private static final int N = 9;
  private static final Var X = Var.input("x", Shape.of(N, 1));
  private static final Map<String, Matrix> AT = Map.of("x", Matrix.column(N, i -> 0.3 * i - 1));

  private static Var part(int from, int to) {
    return X.slice(Side.ROWS, from, to).exp();
  }

  private static Var placed(int from, int to) {
    return part(from, to).pad(Side.ROWS, from, N - to);
  }

  /** What the driver does, by name. */
  private static List<String> work(Program program) {
    return Schedule.of(program).steps().stream()
        .map(step -> ((Schedule.OnDriver) step).way().operation().name())
        .collect(Collectors.toList());
  }

  private static Matrix value(Program program) {
    return Passes.none().evaluate(program, AT).get("y");
  }

  /** y = exp(x), to the last bit. */
  private static void assertIsExp(Program program) {
    assertThat(value(program)).isEqualTo(value(Program.of("y", X.exp().node())));
  }

  @Test
  void partsThatFillAValueFollowEachOther() {
    Program program = Program.of("y", placed(4, 6).plus(placed(0, 4)).plus(placed(6, 9)).node());
    assertThat(work(program)).contains("concatenate(rows)").doesNotContain("plus");
    assertThat(work(program)).noneMatch(name -> name.startsWith("pad"));
    assertIsExp(program);
  }

  @Test
  void gradientsInPartsAreSuch() {
    Var objective =
        part(0, 2).sum().plus(part(2, 4).sum()).plus(part(4, 7).sum()).plus(part(7, 9).sum());
    Program program = Program.of("y", Vjp.gradient(objective, X).node());
    assertThat(work(program)).contains("concatenate(rows)").doesNotContain("plus");
    assertIsExp(program);
  }

  @Test
  void whatIsAskedForBesideIsComputed() {
    Var two = placed(0, 4).plus(placed(4, 6));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("y", two.plus(placed(6, 9)).node());
    outputs.put("two", two.node());
    Program program = Program.of(outputs);
    assertIsExp(program);
    Matrix sum = Passes.none().evaluate(program, AT).get("two");
    assertThat(sum.rows(0, 6)).isEqualTo(value(program).rows(0, 6));
    assertThat(sum.rows(6, 9)).isEqualTo(Matrix.zeros(3, 1));
  }

  /** Two, parts that meet, and parts that leave rows out. */
  @Test
  void othersAreSums() {
    for (Var sum :
        List.of(
            placed(0, 4).plus(placed(4, 9)),
            placed(0, 4).plus(placed(3, 6)).plus(placed(6, 9)),
            placed(0, 4).plus(placed(5, 6)).plus(placed(6, 9)),
            placed(0, 4).plus(placed(4, 6)).plus(placed(6, 9).plus(X)))) {
      Program program = Program.of("y", sum.node());
      assertThat(work(program)).contains("plus").doesNotContain("concatenate(rows)");
    }
    Program meeting = Program.of("y", placed(0, 4).plus(placed(3, 6)).plus(placed(6, 9)).node());
    double once = value(Program.of("y", X.exp().node())).at(3);
    assertThat(value(meeting).at(3)).isEqualTo(2 * once);
  }
}
