package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tacit.loss.Labels;
import org.tacit.spark.RoundTrip;

class WireTest {
  private static Run run(Labels kind, String... lines) {
    Columns columns = Columns.labelled("label", kind);
    LibSvmParser parser = new LibSvmParser(columns, Capacity.ofThisJvm());
    return new RunIterator<>(List.of(lines).iterator(), parser, Origin.ofText("/a/b", true)).next();
  }

  @ParameterizedTest
  @EnumSource
  void rowsAndSurveysArriveWhole(RoundTrip wire) {
    Run sparse = run(Labels.BINARY, "1 1:1 7:3", "", "7 1:1");
    assertThat(sparse.survey().badRows()).isEqualTo(1);
    assertThat(wire.of(sparse)).isNotSameAs(sparse).usingRecursiveComparison().isEqualTo(sparse);
    RunBuilder rows = new RunBuilder();
    rows.begin(1, 0.5, 0.25, new int[] {3});
    rows.name("north");
    rows.add(1);
    rows.add(2);
    rows.add(3);
    rows.end(3);
    sparse.survey().add(rows);
    assertThat(sparse.survey().names()).containsExactly("north");
    Run dense = new Run(sparse.survey(), rows);
    assertThat(wire.of(dense).name(0)).contains("north");
    assertThat(dense.isSparse()).isFalse();
    assertThat(wire.of(dense)).usingRecursiveComparison().isEqualTo(dense);
    assertThat(wire.of(sparse.survey())).usingRecursiveComparison().isEqualTo(sparse.survey());
  }
}
