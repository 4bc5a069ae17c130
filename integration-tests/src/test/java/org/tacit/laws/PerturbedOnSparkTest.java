package org.tacit.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tacit.autodiff.Jvp;
import org.tacit.loss.Perturbed;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.program.Shape;
import org.tacit.spark.SparkExtension;
import org.tacit.spark.SparkTable;

/** Noise is made where the samples are: the same bits on Spark as in process. */
@ExtendWith(SparkExtension.class)
class PerturbedOnSparkTest {
  private static final int RUN = 250;

  @Test
  void samplesOnSparkGiveTheBitsOfSamplesInProcess(JavaSparkContext context) {
    List<Block> blocks =
        IntStream.range(0, 4)
            .mapToObj(p -> IntStream.range(p * RUN, (p + 1) * RUN).toArray())
            .map(numbers -> new Block(RUN, Column.keys(numbers)))
            .toList();
    Var s = Var.input("s", Shape.of(1, 3));
    Perturbed.Draws draws =
        Perturbed.Draws.overRows(Var.column("samples", Perturbed.Draws.NUMBER, 1), 5);
    Perturbed perturbed =
        Perturbed.of(Perturbed::largest, Perturbed.Noise.GUMBEL, 0.5).withControlVariate();
    Var argmax = perturbed.argmax(s, draws);
    Var slope = Jvp.of(argmax, s, Var.constant(Matrix.of(1, 3, 1, 2, -1)));
    Program program = Program.of(Map.of("argmax", argmax.node(), "slope", slope.node()));
    Map<String, Matrix> at = Map.of("s", Matrix.of(1, 3, 0.1, 0.4, -0.2));
    try (Table here = Perturbed.Draws.table(4 * RUN, 4);
        Table there = SparkTable.of(here.schema(), context.parallelize(blocks, 4))) {
      Passes onSpark = Passes.over("samples", there);
      assertThat(onSpark.evaluate(program, at))
          .isEqualTo(Passes.over("samples", here).evaluate(program, at));
      assertThat(onSpark.ledger().total()).isEqualTo(1);
    }
  }
}
