package org.tacit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.primitive.Rows;
import org.tacit.program.Program;

/** Journals are told of every pass, what it is and that it ended. */
class JournalTest {
  private final GroupedLogistic model = new GroupedLogistic();
  private final Table table =
      TableFactory.inProcess(300).of(GroupedLogistic.SCHEMA, GroupedLogistic.data(100), 2);

  /** Every event in one list. */
  private static final class Written implements Journal {
    private final List<String> lines = new ArrayList<>();
    private final List<Pass> ended = new ArrayList<>();

    @Override
    public void passBegan(Pass pass) {
      lines.add("began " + pass.description());
    }

    @Override
    public void passEnded(Pass pass, double seconds) {
      assertThat(seconds).isPositive();
      lines.add("ended " + pass.description());
      ended.add(pass);
    }
  }

  @Test
  void passesAreToldAsTheyAre() {
    Written first = new Written();
    Written second = new Written();
    Passes passes = Passes.over("t", table).telling(first).in("fit").telling(second);
    passes.within("outer 3").evaluate(model.hessianProduct(), points(4));
    assertThat(first.lines)
        .containsExactly(
            "began outer 3, totals 1",
            "ended outer 3, totals 1",
            "began outer 3, fit 1",
            "ended outer 3, fit 1");
    assertThat(second.lines).isEqualTo(first.lines);
    Journal.Pass fit = first.ended.get(1);
    assertThat(fit)
        .extracting(
            Journal.Pass::table,
            Journal.Pass::phase,
            Journal.Pass::tasks,
            Journal.Pass::instances,
            Journal.Pass::rows)
        .containsExactly("t", "fit", 1, 4, 100L);
    assertThat(fit.bytes()).isGreaterThanOrEqualTo(4 * 2 * 6 * 8);
  }

  private static List<Map<String, Matrix>> points(int count) {
    return IntStream.range(0, count).mapToObj(GroupedLogistic::point).toList();
  }

  @Test
  void aPassThatFailsBegins() {
    Written journal = new Written();
    Rows rows = new Rows("t", GroupedLogistic.SCHEMA);
    Program logs = Program.of("y", rows.features().square().negate().log().sum().node());
    assertThatThrownBy(() -> Passes.over("t", table).telling(journal).evaluate(logs, Map.of()))
        .isInstanceOf(NotANumberException.class);
    assertThat(journal.lines).containsExactly("began passes 1");
  }

  @Test
  void partsOfTheWorkCountTheirPassesAndTheWholeOnes() {
    Passes passes = Passes.over("t", table);
    passes.evaluate(model.hessianProduct(), points(1));
    Passes part = passes.counted();
    part.in("fit").evaluate(model.hessianProduct(), points(1));
    assertThat(part.ledger().passes()).isEqualTo(Map.of("fit", 1L));
    assertThat(passes.ledger().total()).isEqualTo(3);
    assertThat(passes.ledger().of("fit")).isEqualTo(1);
  }
}
