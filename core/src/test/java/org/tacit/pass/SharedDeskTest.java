package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import scala.util.Failure;

class SharedDeskTest {
  private static final int THREADS = 64;
  private static final Schema SCHEMA = Schema.of(new Schema.Field("x", 1, Storage.DENSE));

  private final Table table =
      InProcessTable.of(SCHEMA, new Block(3, Column.dense(3, 1, new double[] {1, 2, 3})));
  private final Var x = Var.column("t", "x", 1);
  private final Var w = Var.input("w", Shape.of(1, 1));
  private final Program product = Program.of("y", x.times(w).sum().node());
  private final Program log = Program.of("y", x.times(w).log().sum().node());
  private final Program kept = Program.of("y", x.times(w).node());

  /** Sums, keeps, fails, meets NaN, is interrupted or does nothing, as its number has it. */
  private double small(Passes passes, int number) {
    Map<String, Matrix> one = Map.of("w", Matrix.scalar(number));
    double sum = number % 7 == 0 ? 0 : passes.evaluate(product, one).get("y").value();
    switch (number % 11) {
      case 3 -> passes.evaluate(log, Map.of("w", Matrix.scalar(-1)));
      case 5 -> throw new IllegalStateException("no more");
      case 7 -> Thread.currentThread().interrupt();
      case 9 -> passes.keep(kept, one).values().forEach(RowValues::close);
      default -> sum = passes.evaluate(log, Map.of("w", Matrix.scalar(1))).get("y").value();
    }
    return number % 5 == 0 ? sum : sum + passes.evaluate(product, one).get("y").value();
  }

  private static double due(int number) {
    double sum = number % 7 == 0 ? 0 : 6 * number;
    sum = number % 11 == 9 ? sum : Math.log(6);
    return number % 5 == 0 ? sum : sum + 6 * number;
  }

  @Test
  @Timeout(600)
  void aThousandTimesSixtyFourThreadsEnd() {
    Passes passes = Passes.over("t", table);
    for (int time = 0; time < 1000; time++) {
      int first = time;
      List<Function<Passes, Double>> solves =
          IntStream.range(first, first + THREADS)
              .<Function<Passes, Double>>mapToObj(number -> own -> small(own, number))
              .toList();
      var ended = SharedDesk.solveAll(passes, solves);
      for (int k = 0; k < THREADS; k++) {
        int number = first + k;
        boolean fails =
            List.of(3, 5).contains(number % 11) || (number % 11 == 7 && number % 5 != 0);
        assertThat(ended.get(k).failure().isPresent()).isEqualTo(fails);
        if (!fails && number % 11 != 7) {
          assertThat(ended.get(k).orThrow()).isCloseTo(due(number), within(1e-11 * number));
        }
      }
    }
  }

  /** As methods written in Scala throw them, which name none. */
  @Test
  void aCheckedExceptionEndsItsOwnSolveAlone() {
    IOException gone = new IOException("no such file");
    List<Function<Passes, Double>> solves =
        List.of(own -> small(own, 4), own -> new Failure<Double>(gone).get(), own -> small(own, 4));
    var ended = SharedDesk.solveAll(Passes.over("t", table), solves);
    assertThat(ended.get(0).orThrow()).isEqualTo(ended.get(2).orThrow());
    assertThat(ended.get(1).failure().orElseThrow())
        .hasMessage("A solve failed: java.io.IOException: no such file")
        .hasCause(gone);
  }
}
